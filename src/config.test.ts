import { ConfigError, loadConfig } from './config.ts';
import { defaultTableName, forEachTable } from './storage/tables.ts';

const minimal = { AWS_REGION: 'eu-west-1', TOKEN_ISSUER: 'https://issuer.example', TOKEN_CLIENT_ID: 'client' };

function errorsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.errors;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('uses the defaults of settings that are absent', () => {
    expect(loadConfig(minimal)).toEqual({
      http: { host: '127.0.0.1', port: 3000 },
      basePath: '',
      corsOrigins: [],
      corsHeaders: [],
      database: { tableNames: forEachTable(defaultTableName), region: 'eu-west-1' },
      tokens: {
        issuer: 'https://issuer.example',
        jwksUri: 'https://issuer.example/.well-known/jwks.json',
        clientId: 'client',
      },
      groups: { organizer: 'Organizers' },
    });
  });

  it('knows the version of the Lambda function', () => {
    expect(loadConfig({ ...minimal, AWS_LAMBDA_FUNCTION_VERSION: '7' }).version).toBe('7');
  });

  it('reads every setting', () => {
    const env = {
      HOST: '::1',
      PORT: '0',
      BASE_PATH: '/api/v1',
      CORS_ORIGINS: 'https://app.example.com, http://localhost:5173, capacitor://localhost, http://[::1]:5173',
      CORS_HEADERS: 'traceparent, X-Trace',
      EVENTS_TABLE_NAME: 'my_events.2',
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
      TOKEN_ISSUER: 'http://127.0.0.1:9000',
      TOKEN_JWKS_URI: 'http://127.0.0.1:9000/jwks',
      TOKEN_CLIENT_ID: 'local-client',
      ORGANIZERS_GROUP: 'Köln',
    };
    expect(loadConfig(env)).toEqual({
      http: { host: '::1', port: 0 },
      basePath: '/api/v1',
      corsOrigins: ['https://app.example.com', 'http://localhost:5173', 'capacitor://localhost', 'http://[::1]:5173'],
      corsHeaders: ['traceparent', 'X-Trace'],
      database: {
        tableNames: { ...forEachTable(defaultTableName), events: 'my_events.2' },
        region: 'us-east-1',
        endpoint: 'http://127.0.0.1:8000',
      },
      tokens: { issuer: 'http://127.0.0.1:9000', jwksUri: 'http://127.0.0.1:9000/jwks', clientId: 'local-client' },
      groups: { organizer: 'Köln' },
    });
  });

  it('keeps a trailing slash of the issuer and does not duplicate it in the URL of the key set', () => {
    const { tokens } = loadConfig({ ...minimal, TOKEN_ISSUER: 'https://issuer.example/pool/' });
    expect(tokens.issuer).toBe('https://issuer.example/pool/');
    expect(tokens.jwksUri).toBe('https://issuer.example/pool/.well-known/jwks.json');
  });

  it('names all missing settings at once', () => {
    expect(errorsOf({}).map((error) => error.split(':')[0])).toEqual([
      'AWS_REGION is missing',
      'TOKEN_ISSUER is missing',
      'TOKEN_CLIENT_ID is missing',
    ]);
  });

  it('names all invalid settings at once, in a message that can be printed', () => {
    expect(() => loadConfig({ ...minimal, PORT: '80a', BASE_PATH: 'api/', AWS_REGION: '' })).toThrow(
      new ConfigError([
        'AWS_REGION is missing: the region of the tables, such as us-east-1',
        'PORT must be a port from 0 to 65535, not "80a"',
        'BASE_PATH must be a path such as /api/v1, without a trailing slash, not "api/"',
      ]),
    );
  });

  it('treats an empty value as absent', () => {
    expect(loadConfig({ ...minimal, PORT: '', BASE_PATH: '', CORS_ORIGINS: '' })).toEqual(loadConfig(minimal));
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['PORT', 'a80'],
    ['HOST', 'http://localhost'],
    ['BASE_PATH', '/'],
    ['BASE_PATH', '/api/'],
    ['BASE_PATH', '/api//v1'],
    ['BASE_PATH', 'api/v1'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://app.example.com/'],
    ['CORS_ORIGINS', 'https://app.example.com,app.example.com'],
    ['CORS_ORIGINS', 'https://App.example.com'],
    ['CORS_ORIGINS', 'capacitor://localhost/'],
    ['CORS_ORIGINS', 'Capacitor://localhost'],
    ['CORS_ORIGINS', 'capacitor:localhost'],
    ['CORS_ORIGINS', 'file://localhost'],
    ['CORS_HEADERS', '*'],
    ['CORS_HEADERS', 'traceparent, X Trace'],
    ['DYNAMODB_ENDPOINT', 'localhost:8000'],
    ['EVENTS_TABLE_NAME', 'events table'],
    ['EVENTS_TABLE_NAME', 'x'.repeat(256)],
    ['AWS_REGION', 'europe'],
    ['AWS_REGION', 'eu-west-1 eu-west-2'],
    ['TOKEN_ISSUER', 'http://issuer.example'],
    ['TOKEN_ISSUER', 'http://localhost.evil.example'],
    ['TOKEN_ISSUER', 'http://127.0.0.1.evil.example'],
    ['TOKEN_ISSUER', 'issuer.example'],
    ['TOKEN_ISSUER', 'https://issuer.example?pool=1'],
    ['TOKEN_JWKS_URI', 'http://issuer.example/jwks'],
    ['TOKEN_JWKS_URI', 'https://user:word@issuer.example/jwks'],
    ['TOKEN_CLIENT_ID', 'my client'],
    ['TOKEN_CLIENT_ID', 'x'.repeat(129)],
    ['ORGANIZERS_GROUP', 'Event Organizers'],
    ['ORGANIZERS_GROUP', 'x'.repeat(129)],
    ['ORGANIZERS_GROUP', 'Köln\u200b'],
  ])('rejects %s=%s', (name, value) => {
    expect(errorsOf({ ...minimal, [name]: value })).toEqual([expect.stringMatching(`^${name} must `)]);
  });
});
