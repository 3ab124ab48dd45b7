/** Sharing, previewing and duplicating an event. */
import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import type { Event as ApiEvent, Question } from '../../../../src/index.ts';
import { choose, findings, openPage, shownId } from '../browser.ts';
import { readQrCode } from '../qr-reader.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();
const api = () => stack.as('organizer');

async function publish(changes: object = {}): Promise<ApiEvent> {
  return api().publishEvent(await api().createEvent(eventWith({ location: venue, ...changes })));
}
const addressOf = ({ eventId }: ApiEvent) => `#/events/${eventId}`;

async function saved(page: Page, button: string): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return file;
}

describe('a published event', () => {
  it('keeps its heading if the dialog for sharing cannot be loaded, which can be tried again', async () => {
    const event = await publish({ name: 'Far away' });
    const page = await browser.visit(stack, { at: addressOf(event) });
    await page.route('**/assets/share-dialog*.js', (route) => route.abort());
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('heading', { level: 2, name: 'This view could not be loaded' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([event.name]);
    expect(await findings(page)).toEqual([]);
    await page.unroute('**/assets/share-dialog*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('dialog', { name: 'Share this event' }).waitFor();
  });

  it('is shared by a link, which anyone can open whom the dialog names, and by its QR code', async () => {
    const event = await publish({ name: 'Shared / Evening', visibility: 'unlisted' });
    const page = await browser.visit(stack, { at: addressOf(event), width: 320 });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Share' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Share this event' });
    await dialog.getByText('Anyone who has this link can open it').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const link = await page.getByLabel('Link to the event').inputValue();
    await page.getByRole('button', { name: 'Copy link' }).press('Enter');
    await dialog.getByRole('status').filter({ hasText: 'The link has been copied.' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    expect(await readQrCode(page, await page.locator('.qr-code').screenshot())).toBe(link);
    const [svg, png] = [await saved(page, 'as SVG'), await saved(page, 'as PNG')];
    expect([svg.suggestedFilename(), png.suggestedFilename()]).toEqual(['Shared Evening.svg', 'Shared Evening.png']);
    expect(readFileSync(await svg.path(), 'utf8')).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"/);
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Share');

    const guest = await browser.visit({ page: link }, { user: 'signed-out', width: 1_001 });
    await guest.getByRole('heading', { level: 1, name: 'Shared / Evening' }).waitFor();
  });
});

const questions: Question[] = [{ questionId: 'meal', kind: 'text', label: 'Which meal?' }];

describe('a draft', () => {
  it('is previewed as guests will see it: without what only its organizer sees, and marked as a preview', async () => {
    const url = 'https://meet.example.com/secret';
    const event = await api().createEvent(
      eventWith({
        name: 'Not Yet Public',
        location: { kind: 'online', url },
        capacity: 7,
        visibility: 'public',
        questions,
      }),
    );
    const page = await browser.visit(stack, { at: addressOf(event) });
    await page.getByText(url).waitFor();
    // What guests do not see like this, but their organizer wants to check.
    const details = await page.locator('.details').innerText();
    for (const setting of [
      'Visible to\nOnly you. Once it is published: Everyone',
      'Waitlist\nOn',
      'Questions\n1. Which meal? (Short text)',
    ])
      expect(details.replaceAll('\t', '\n')).toContain(setting);
    await choose(page, 'Preview as a guest');
    await page.getByText('This is how guests will see the event.').waitFor();
    const form = page.getByRole('region', { name: 'What guests fill in when they register' });
    expect(await form.getByLabel('Which meal?').isDisabled()).toBe(true);
    expect(await findings(page)).toEqual([]);
    const shown = async (where: Page) => (await where.locator('.panel, .details').allInnerTexts()).join('\n');
    const preview = await shown(page);
    expect(preview).not.toContain(url);
    await page.getByRole('link', { name: 'Back to the event' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('button', { name: 'Share' }).waitFor();
    const guest = await browser.visit({ page: stack.attend }, { at: addressOf(event), user: 'rival', width: 1_001 });
    await guest.getByRole('button', { name: 'Register' }).waitFor();
    expect(await shown(guest)).toBe(preview);
  });
});

describe('a copy', () => {
  it('has a name, times in the future and a time zone of its own, and its end moves with its start', async () => {
    const event = await api().createEvent(
      eventWith({ name: 'Long Ago', startsAt: '2020-06-19T18:00:00Z', endsAt: '2020-06-19T22:00:00Z' }),
    );
    const page = await browser.visit(stack, { at: addressOf(event) });
    await choose(page, 'Duplicate…');
    const [name, starts, ends] = [page.getByLabel('Name'), page.getByLabel('Starts'), page.getByLabel('Ends')];
    expect(await name.inputValue()).toBe('Copy of Long Ago');
    const proposed = new Date(`${await starts.inputValue()}Z`);
    expect([proposed.getTime() > Date.now(), proposed.getUTCDay(), proposed.getUTCHours()]).toEqual([true, 5, 20]);
    await starts.fill('2031-06-20T19:00');
    expect(await ends.inputValue()).toBe('2031-06-20T23:00');
    await name.fill('ab');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByText('At least 3 characters, please.').waitFor();
    await page.locator('[name=name]:focus').waitFor();
    const before = (await api().listEvents({ organizerId: 'me', q: 'long ago' })).items.length;
    await name.fill('Long Ahead');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Tokyo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Long Ahead' }).waitFor();
    expect(await api().getEvent(shownId(page))).toMatchObject({
      name: 'Long Ahead',
      timeZone: 'Asia/Tokyo',
      startsAt: '2031-06-20T10:00:00Z',
      endsAt: '2031-06-20T14:00:00Z',
    });
    // What was refused has created nothing.
    expect((await api().listEvents({ organizerId: 'me', q: 'long ago' })).items).toHaveLength(before);
  });
});
