import { listen, type Listening } from '../../stack/listen.ts';
import { trySettings } from './settings.ts';

let issuer: Listening;
let found: unknown;
beforeAll(async () => {
  issuer = await listen(({ url }, response) => {
    response.writeHead(url === '/pool/.well-known/openid-configuration' ? 200 : 404).end(JSON.stringify(found));
  });
});
afterAll(() => issuer.close());

const endpoints = {
  authorization_endpoint: 'https://login.example.com/oauth2/authorize',
  token_endpoint: 'https://login.example.com/oauth2/token',
};
const settings = () => ({
  TRY_API_URL: 'https://api.example.com/v1',
  TRY_ISSUER: `${issuer.url}/pool`,
  TRY_CLIENT_ID: 'a-client',
});

describe('the settings of the try-it page', () => {
  it('are absent if none is set', async () => {
    expect(await trySettings({ TRY_API_URL: '', OTHER: 'x' })).toBeUndefined();
  });

  it('have the endpoints that the issuer names', async () => {
    found = endpoints;
    const expected = {
      apiUrl: 'https://api.example.com/v1',
      clientId: 'a-client',
      authorizationUrl: 'https://login.example.com/oauth2/authorize',
      tokenUrl: 'https://login.example.com/oauth2/token',
    };
    expect(await trySettings(settings())).toEqual(expected);
    expect(await trySettings({ ...settings(), TRY_ISSUER: `${issuer.url}/pool/` })).toEqual(expected);
  });

  it('name what is missing, with the output that has it', async () => {
    await expect(trySettings({ TRY_API_URL: 'https://api.example.com' })).rejects.toThrow(
      'The try-it page of a deployment also needs TRY_ISSUER (the output authorizer_issuer of Terraform) and TRY_CLIENT_ID (the output cognito_client_id of Terraform).',
    );
  });

  it('are refused with one sentence where they cannot work', async () => {
    await expect(trySettings({ ...settings(), TRY_API_URL: 'api.example.com' })).rejects.toThrow(
      'TRY_API_URL must be a URL, not "api.example.com".',
    );
    found = { ...endpoints, token_endpoint: undefined };
    await expect(trySettings(settings())).rejects.toThrow(
      'names no endpoints for a sign-in: the user pool needs a domain.',
    );
    const unknown = trySettings({ ...settings(), TRY_ISSUER: 'http://127.0.0.1:1' });
    await expect(unknown).rejects.toThrow(
      'The issuer did not send http://127.0.0.1:1/.well-known/openid-configuration: fetch failed.',
    );
  });
});
