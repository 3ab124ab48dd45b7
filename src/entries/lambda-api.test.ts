import { listen } from '../../scripts/stack/listen.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { testConfig } from '../../test/support/config.ts';
import { type FunctionProcess, settingsOf, startFunctionSources } from '../../test/support/function.ts';
import { toGatewayEvent } from '../../test/support/gateway.ts';
import { type IssuerBehavior, startTestIssuer, type TestIssuer, testUsers } from '../../test/support/issuer.ts';
import { createTestTables, type TestTables } from '../../test/support/tables.ts';
import { sampled } from '../../test/support/sample.ts';

// For machines that are busy: the start of a process takes a second alone.
jest.setTimeout(60_000);

describe('the function at its start', () => {
  let issuer: TestIssuer;
  let tables: TestTables;
  let running: FunctionProcess | undefined;

  beforeAll(async () => {
    tables = await createTestTables();
  });
  beforeEach(async () => {
    issuer = await startTestIssuer();
  });
  afterEach(async () => {
    await running?.stop();
    await issuer.stop();
  });
  afterAll(() => tables.drop());

  async function start(settings: Readonly<Record<string, string>> = {}): Promise<FunctionProcess> {
    const { issuer: url, jwksUri, clientId } = issuer;
    const config = testConfig(tables, { issuer: url, jwksUri, clientId });
    return (running = await startFunctionSources({ ...settingsOf(config), ...settings }));
  }

  async function get(path: string): Promise<{ status: number | undefined; retryAfter: unknown }> {
    const token = await issuer.token({ sub: testUsers.organizer, exp: 9_999_999_999 });
    const headers = { authorization: `Bearer ${token}` };
    const result = await running?.send(toGatewayEvent({ method: 'GET', path, headers, bytes: undefined }));
    return { status: result?.statusCode, retryAfter: result?.headers?.['retry-after'] };
  }

  it('serves if the token issuer refuses connections, accepts tokens once it is up, and then a new key of it', async () => {
    const port = Number(new URL(issuer.issuer).port);
    await issuer.stop();
    const started = await start();
    expect(await get('/health')).toMatchObject({ status: 200 });
    expect(await get('/events')).toEqual({ status: 503, retryAfter: '1' });
    issuer = await startTestIssuer({ port });
    started.advance(1_000);
    expect(await get('/events')).toMatchObject({ status: 200 });
    await issuer.rotate();
    started.advance(30_000);
    expect(await get('/events')).toMatchObject({ status: 200 });
  });

  it.each(sampled<IssuerBehavior>(['resets', 'garbage', 'hangs']))(
    'serves if the token issuer is in the state "%s", and accepts tokens once it is up',
    async (behavior) => {
      issuer.behave(behavior);
      const started = await start();
      expect(await get('/health')).toMatchObject({ status: 200 });
      issuer.behave('up');
      started.advance(1_000);
      expect(await get('/events')).toMatchObject({ status: 200 });
    },
  );

  it('does not wait for a token issuer that hangs until its request times out', async () => {
    let timedOut = false;
    const hanging = await listen(({ socket }) => socket.once('close', () => (timedOut = true)));
    await start({ TOKEN_JWKS_URI: `${hanging.url}/keys` });
    expect(timedOut).toBe(false);
    await hanging.close();
  });

  it('serves if the database refuses connections', async () => {
    await start({ DYNAMODB_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
    expect(await get('/health')).toMatchObject({ status: 200 });
    expect(await get('/events')).toEqual({ status: 503, retryAfter: '1' });
  });

  it('verifies tokens with the keys whose fetch it started first, without a second one', async () => {
    await start();
    expect(await get('/events')).toMatchObject({ status: 200 });
    expect(issuer.hits).toBe(1);
  });

  it('ends with the names of all missing settings', async () => {
    const started = start({ TOKEN_ISSUER: '', TOKEN_CLIENT_ID: '' });
    await expect(started).rejects.toThrow(/TOKEN_ISSUER is missing[^]*TOKEN_CLIENT_ID is missing/);
  });
});
