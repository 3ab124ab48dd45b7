import { fillNew, listAddress, listServed, openPage } from '../browser.ts';
import { type Cognito, startCognito } from '../cognito.ts';
import { tokenRejected } from '../stack.ts';

let cognito: Cognito;
const { stack, browser } = openPage({ startIssuer: async () => (cognito = await startCognito()) });
beforeAll(() => cognito.allow(stack.page));

const requestsTo = (path: string) =>
  cognito.requests.filter((one) => one.path === path).map(({ parameters }) => parameters);

describe('with a Cognito user pool, the page', () => {
  it('signs in as the discovery document describes, and reads and writes with the access token', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByText('organizer@example.com').waitFor();
    await fillNew(page, 'With Cognito');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'With Cognito' }).waitFor();
    const common = { client_id: cognito.clientId, redirect_uri: stack.page };
    expect(requestsTo('/oauth2/authorize')).toEqual([
      expect.objectContaining({
        ...common,
        response_type: 'code',
        scope: 'openid email',
        code_challenge_method: 'S256',
      }),
    ]);
    expect(requestsTo('/oauth2/token')).toEqual([
      expect.objectContaining({ ...common, grant_type: 'authorization_code' }),
    ]);
  });

  it('refreshes its tokens with the same refresh token each time', async () => {
    const page = await browser.visit(stack);
    const loaded = () => page.locator('.skeleton').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await loaded();
    // Each a list that was not loaded before.
    const changes = [
      () => page.getByRole('radio', { name: "Everyone's" }).check(),
      () => page.getByRole('searchbox', { name: 'Search' }).fill('jazz'),
    ];
    for (const change of changes) {
      await page.route(listAddress, (route) => route.fulfill(tokenRejected), { times: 1 });
      const served = listServed(page);
      await change();
      await served;
      await loaded();
    }
    const refreshes = requestsTo('/oauth2/token').filter((one) => one['grant_type'] === 'refresh_token');
    expect(refreshes).toHaveLength(2);
    expect(refreshes[0]).toEqual(refreshes[1]);
  });

  it('also ends the session of the pool on sign-out, and returns', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(page.url()).toBe(stack.page);
    expect(requestsTo('/logout')).toEqual([
      expect.objectContaining({ client_id: cognito.clientId, logout_uri: stack.page }),
    ]);
  });

  it('reports a scope that the app client does not allow', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.route('**/oauth2/authorize?*', (route) =>
      route.continue({ url: route.request().url().replace('scope=openid+email', 'scope=openid+phone') }),
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The sign-in service refused the sign-in: invalid_scope').waitFor();
  });

  it('can connect only to the API, the pool and its domain', async () => {
    const policy = (await fetch(stack.page)).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain(`connect-src 'self' ${new URL(cognito.issuer).origin} ${cognito.domain}`);
  });
});
