import type { Page } from 'playwright-core';
import { listAddress, listServed, openPage, signIn } from '../browser.ts';
import { eventWith, tokenRejected, venue } from '../stack.ts';

const { stack, browser } = openPage();

/** Rejects the tokens of the first list requests. Returns the tokens that are sent, to which later requests are added. */
async function rejectTokens(page: Page, times: number): Promise<string[]> {
  const tokens: string[] = [];
  // Waits for the first list, which may still be loading.
  await page.getByText('No upcoming events').waitFor();
  await page.route(listAddress, async (route, request) => {
    tokens.push(request.headers()['authorization'] ?? '');
    if (tokens.length > times) await route.continue();
    else await route.fulfill(tokenRejected);
  });
  return tokens;
}

describe('the sign-in', () => {
  it('uses a code with PKCE, and keeps tokens out of storage, cookies and the address', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    const authorization = page.waitForRequest((request) => request.url().startsWith(`${stack.issuer}/authorize?`));
    await signIn(page, 'organizer');
    const query = new URL((await authorization).url()).searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('redirect_uri')).toBe(stack.page);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.search]),
    );
    expect(stored).toBe('[{},{},"",""]');
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('returns to the view that the visitor opened', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByRole('heading', { name: 'New event' }).waitFor();
    expect(page.url()).toBe(`${stack.page}#/new`);
  });

  it.each([
    ['names the event of a shared link that anyone can open', 'public', 'This link leads to “Jazz by the Lake”.'],
    ['does not name another one', 'signed-in', undefined],
  ] as const)('%s', async (_, visibility, text) => {
    const api = stack.as('organizer');
    const name = 'Jazz by the Lake';
    const event = await api.createEvent(eventWith({ name, location: venue, visibility }));
    const { eventId } = await api.publishEvent(event);
    const page = await browser.visit(stack, { user: 'signed-out' });
    const served = page.waitForResponse((response) => response.url().includes(eventId));
    await page.goto(`${stack.page}#/events/${eventId}/guests`);
    await page.reload();
    await served;
    if (text === undefined) expect(await page.locator('main').innerText()).not.toContain(name);
    else await page.getByText(text).waitFor();
    await signIn(page, 'organizer');
    await page.getByRole('link', { name }).waitFor();
    expect(page.url()).toContain(`#/events/${eventId}/guests`);
    // The other tests begin with an empty list.
    await api.deleteEvent(eventId);
  });

  it('reports that the visitor left without signing in, and can be retried', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Back without signing in' }).click();
    await page.getByRole('alert').filter({ hasText: 'You left without signing in.' }).waitFor();
    expect(page.url()).toBe(stack.page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
  });

  it('rejects a code that it did not request', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.goto(`${stack.page}?code=stolen&state=guessed`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
    await page.goto(`${stack.page}?code=stolen&state=guessed`);
    await page.getByText('The sign-in could not be completed').waitFor();
  });

  it('reports an issuer that does not respond', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The sign-in could not be completed').waitFor();
  });

  it('silently refreshes a token that is rejected', async () => {
    const page = await browser.visit(stack);
    const tokens = await rejectTokens(page, 1);
    const served = listServed(page);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await served;
    await page.getByText('No upcoming events').waitFor();
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).not.toBe(tokens[0]);
  });

  it('refreshes with the latest refresh token, if the issuer sends a new one each time', async () => {
    const page = await browser.visit(stack);
    await page.getByText('No upcoming events').waitFor();
    let lists = 0;
    await page.route(listAddress, (route) =>
      (lists += 1) % 2 === 1 ? route.fulfill(tokenRejected) : route.continue(),
    );
    const sent: string[] = [];
    await page.route(`${stack.issuer}/token`, async (route) => {
      const body = new URLSearchParams(route.request().postData() ?? '');
      sent.push(body.get('refresh_token') ?? '');
      body.set('refresh_token', sent[0] ?? '');
      const response = await route.fetch({ postData: body.toString() });
      const tokens = (await response.json()) as object;
      await route.fulfill({ response, json: { ...tokens, refresh_token: `refresh-${sent.length}` } });
    });
    for (const status of ['Draft', 'Cancelled']) {
      const served = listServed(page);
      await page.getByRole('checkbox', { name: status }).check();
      await served;
    }
    expect(sent).toEqual([expect.stringMatching(/^(?!refresh-1$)./), 'refresh-1']);
  });

  it('refreshes a token before it expires, once for all waiting requests', async () => {
    // The width is used by no other test, so this tab, whose clock stays wrong, is not reused.
    const page = await browser.visit(stack, { width: 1_001 });
    const tokens = await rejectTokens(page, 0);
    let refreshes = 0;
    await page.route(`${stack.issuer}/token`, async (route) => {
      refreshes += 1;
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.clock.setFixedTime(Date.now() + 3_590_000);
    const served = listServed(page);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('radio', { name: 'Mine' }).check();
    await served;
    expect(refreshes).toBe(1);
    expect(new Set(tokens).size).toBe(1);
  });

  it('is requested again when the session has ended, and returns to the same view', async () => {
    const page = await browser.visit(stack);
    await rejectTokens(page, 2);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await page.getByRole('radio', { name: "Everyone's", checked: true }).waitFor();
  });

  it('also ends the session at the issuer on sign-out', async () => {
    const page = await browser.visit(stack);
    const ended = page.waitForRequest((request) => request.url().startsWith(`${stack.issuer}/endsession?`));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await ended;
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('shows users without the organizer role all published events, without actions', async () => {
    const api = stack.as('rival');
    await api.publishEvent(await api.createEvent(eventWith({ name: 'Open Rehearsal', location: venue })));
    const page = await browser.visit(stack, { user: 'attendee' });
    const found = page.getByRole('link', { name: 'Open Rehearsal' });
    await found.waitFor();
    expect(await page.getByRole('link', { name: 'New event' }).count()).toBe(0);
    expect(await page.getByRole('radio', { name: 'Mine' }).count()).toBe(0);
    await found.click();
    await page.getByText('Uferstraße 12').waitFor();
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Publish|Cancel|Delete/ }).count()).toBe(0);
  });
});

describe('the page', () => {
  it('has a policy that forbids inline code, other hosts except for images, frames and HTML strings', async () => {
    const { headers } = await fetch(stack.page);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "img-src 'self' https:",
        `connect-src 'self' ${stack.issuer}`,
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
  });

  it('reports an incomplete configuration', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    await page.route('**/config.json', (route) =>
      route.fulfill({ status: 200, body: '{"issuer":"http://127.0.0.1"}' }),
    );
    await page.reload();
    await page.getByText('lacks clientId, apiBaseUrl, organizersGroup').waitFor();
  });
});
