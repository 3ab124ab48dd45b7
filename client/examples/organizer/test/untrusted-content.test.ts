/** Content of other users is shown as text everywhere on the page. */
import { openPage } from './browser.ts';
import { eventWith } from './stack.ts';

const { stack, browser } = openPage();

const markup = (where: string) => `</dd><img src=x onerror="hit='${where}'"><script>hit='${where}'</script>`;

describe('the event of another user', () => {
  it('cannot run scripts or load files through its content', async () => {
    const rival = stack.as('rival');
    const url = 'https://meet.example.com/"onmouseover="hit=1';
    await expect(rival.createEvent(eventWith({ location: { kind: 'online', url } }))).rejects.toMatchObject({
      code: 'invalid-request',
    });
    const draft = await rival.createEvent(
      eventWith({
        name: markup('name'),
        description: `${markup('description')}javascript:hit=1`,
        location: {
          kind: 'hybrid',
          name: markup('venue'),
          address: markup('address'),
          url: "https://meet.example.com/?'onclick='hit=1#javascript:hit=1",
        },
        tags: ['<b onclick="hit=1">bold</b>'],
      }),
    );
    const { eventId } = await rival.cancelEvent(await rival.publishEvent(draft), { reason: markup('reason') });

    const page = await browser.visit(stack, { at: `#/events/${eventId}` });
    await page.getByRole('heading', { name: markup('name') }).waitFor();
    const shown = (await page.locator('main').textContent()) ?? '';
    for (const where of ['description', 'venue', 'address', 'reason']) expect(shown).toContain(markup(where));
    expect(await page.title()).toContain(markup('name'));
    expect(await page.getByRole('link', { name: 'https://meet.example.com' }).getAttribute('href')).toBe(
      "https://meet.example.com/?'onclick='hit=1#javascript:hit=1",
    );
    expect(await page.locator('main :is(img, script, b, [onclick], [onmouseover])').count()).toBe(0);
    expect(await page.evaluate('typeof hit')).toBe('undefined');
  });
});
