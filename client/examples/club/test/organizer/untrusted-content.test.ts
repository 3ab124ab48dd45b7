/** Content of other users is shown as text everywhere on the page. */
import { choose, openPage } from '../browser.ts';
import { eventWith } from '../stack.ts';

const { stack, browser } = openPage();

const markup = (where: string) => `</dd><img src=x onerror="hit='${where}'"><script>hit='${where}'</script>`;

describe('the event of another user', () => {
  it('cannot run scripts or load files through its content', async () => {
    const rival = stack.as('rival');
    const url = 'https://meet.example.com/"onmouseover="hit=1';
    // The API stores URLs in their normal form, without quotation marks.
    const { location } = await rival.createEvent(eventWith({ location: { kind: 'online', url } }));
    expect(location).toEqual({ kind: 'online', url: 'https://meet.example.com/%22onmouseover=%22hit=1' });
    const draft = await rival.createEvent(
      eventWith({
        name: markup('name'),
        description: `${markup('description')}javascript:hit=1`,
        location: {
          kind: 'hybrid',
          name: markup('venue'),
          address: markup('address'),
          url: "https://meet.example.com/#'onclick='hit=1;javascript:hit=1",
        },
        tags: ['<b onclick="hit=1">bold</b>'],
      }),
    );
    const { eventId } = await rival.publishEvent(draft);
    // Only those who attend see the address of the meeting.
    await stack.as('organizer').registerForEvent(eventId, { name: 'Mira Novak' });
    await rival.cancelEvent(eventId, { reason: markup('reason') });

    const page = await browser.visit(stack, { at: `#/events/${eventId}` });
    await page.getByRole('heading', { name: markup('name') }).waitFor();
    const shown = (await page.locator('main').textContent()) ?? '';
    for (const where of ['description', 'venue', 'address', 'reason']) expect(shown).toContain(markup(where));
    expect(await page.title()).toContain(markup('name'));
    expect(await page.getByRole('link', { name: 'https://meet.example.com' }).getAttribute('href')).toBe(
      "https://meet.example.com/#'onclick='hit=1;javascript:hit=1",
    );
    expect(await page.locator('main :is(img, script, b, [onclick], [onmouseover])').count()).toBe(0);
    expect(await page.evaluate('typeof hit')).toBe('undefined');
  });

  it('has links for the addresses in its description, which lead to what they show, and for nothing else', async () => {
    const description =
      'See https://example.com/a?b=c#d, javascript:hit=1 (http://localhost:1/) or HTTPS://EXAMPLE.COM.';
    const { eventId } = await stack.as('organizer').createEvent(eventWith({ name: 'Linked', description }));
    const page = await browser.visit(stack, { at: `#/events/${eventId}` });
    await page.getByText('javascript:hit=1').waitFor();
    const links = page.locator('.prose a');
    expect(await links.allInnerTexts()).toEqual([
      'https://example.com/a?b=c#d',
      'http://localhost:1/',
      'HTTPS://EXAMPLE.COM',
    ]);
    expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual(
      await links.allInnerTexts(),
    );
    expect(await page.locator('.prose').innerText()).toBe(description);
  });

  it('cannot reorder the sentences of the page with text from right to left', async () => {
    const name = '\u05e4\u05e1\u05d8\u05d9\u05d1\u05dc 2030';
    const rival = stack.as('rival');
    const event = await rival.createEvent(
      eventWith({ name, tags: [name], location: { kind: 'hybrid', name, address: name, url: 'https://a.example' } }),
    );
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}`, user: 'rival' });
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await page.title()).toBe(`\u2068${name}\u2069 – Organizer`);
    await page.getByText(`\u2068${name}\u2069, \u2068${name}\u2069, and online`).waitFor();
    await choose(page, 'Delete…');
    expect(await page.locator('dialog bdi').textContent()).toBe(name);
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `“\u2068${name}\u2069” has been deleted.` })
      .waitFor();
  });

  it('shows its name isolated in the list and above its form', async () => {
    const name = '\u0645\u0647\u0631\u062c\u0627\u0646';
    const event = await stack.as('rival').createEvent(eventWith({ name }));
    const page = await browser.visit(stack, { user: 'rival' });
    await page.getByRole('link', { name }).locator('bdi').waitFor();
    await page.goto(`${stack.page}#/events/${event.eventId}/edit`);
    await page.getByRole('link', { name }).locator('bdi').waitFor();
    expect(await page.getByLabel('Name').getAttribute('dir')).toBe('auto');
  });
});
