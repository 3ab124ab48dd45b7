import { fillNew, listAddress, listServed, openPage } from './browser.ts';
import { type Cognito, startCognito } from './cognito.ts';
import { refuseToken } from './stack.ts';

let cognito: Cognito;
const { stack, browser } = openPage(async () => (cognito = await startCognito()));
beforeAll(() => cognito.allow(stack.page));

const askedOf = (path: string) => cognito.asked.filter((one) => one.path === path).map(({ parameters }) => parameters);

describe('with a Cognito user pool, the page', () => {
  it('finds everything in the discovery document, signs in, and reads and writes with the access token', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByText('organizer@example.com').waitFor();
    await fillNew(page, 'With Cognito');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'With Cognito' }).waitFor();
    const given = { client_id: cognito.clientId, redirect_uri: stack.page };
    expect(askedOf('/oauth2/authorize')).toEqual([
      expect.objectContaining({
        ...given,
        response_type: 'code',
        scope: 'openid email',
        code_challenge_method: 'S256',
      }),
    ]);
    expect(askedOf('/oauth2/token')).toEqual([expect.objectContaining({ ...given, grant_type: 'authorization_code' })]);
  });

  it('renews its tokens with a refresh token that stays the same', async () => {
    const page = await browser.visit(stack);
    const loaded = () => page.locator('.skeleton').waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await loaded();
    for (const whose of ["Everyone's", 'Mine']) {
      await page.route(listAddress, (route) => route.fulfill(refuseToken), { times: 1 });
      const served = listServed(page);
      await page.getByRole('radio', { name: whose }).check();
      await served;
      await loaded();
    }
    const renewals = askedOf('/oauth2/token').filter((one) => one['grant_type'] === 'refresh_token');
    expect(renewals).toHaveLength(2);
    expect(renewals[0]).toEqual(renewals[1]);
  });

  it('ends the session of the pool too, and comes back', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(page.url()).toBe(stack.page);
    expect(askedOf('/logout')).toEqual([
      expect.objectContaining({ client_id: cognito.clientId, logout_uri: stack.page }),
    ]);
  });

  it('says so where the app client does not have its scopes', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.route('**/oauth2/authorize?*', (route) =>
      route.continue({ url: route.request().url().replace('scope=openid+email', 'scope=openid+phone') }),
    );
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The issuer refused the sign-in: invalid_scope').waitFor();
  });

  it('may reach the API, the pool and its domain, and nothing else', async () => {
    const policy = (await fetch(stack.page)).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toContain(`connect-src 'self' ${new URL(cognito.issuer).origin} ${cognito.domain}`);
  });
});
