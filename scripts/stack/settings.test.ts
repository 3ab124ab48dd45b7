import { apiUrl, localSettings } from './settings.ts';

describe('the settings of the local stack', () => {
  it('have default values', () => {
    expect(localSettings({ PORT: '' })).toMatchObject({ port: 3000, databasePort: 8000, identityPort: 9000 });
  });

  it('allow the pages of Vite, others instead, or none', () => {
    const origins = [{}, { CORS_ORIGINS: 'http://localhost:4173' }, { CORS_ORIGINS: '' }];
    expect(origins.map((env) => localSettings(env).corsOrigins)).toEqual([
      'http://localhost:5173',
      'http://localhost:4173',
      '',
    ]);
  });

  it('name the variable that is not a port', () => {
    expect(() => localSettings({ IDENTITY_PORT: '70000' })).toThrow(
      'IDENTITY_PORT must be a port between 1 and 65535, not "70000".',
    );
  });

  it('refuse one port for two things', () => {
    expect(() => localSettings({ PORT: '8000' })).toThrow('must differ');
  });

  it('put the base path into the URL', () => {
    expect(apiUrl(localSettings({ PORT: '4000', BASE_PATH: '/api/v1' }))).toBe('http://127.0.0.1:4000/api/v1');
  });
});
