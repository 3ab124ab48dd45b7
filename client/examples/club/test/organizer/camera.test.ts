/** Reading codes with the camera, by the browser itself or by the library; and a camera that is missing, or taken away. */
import type { Page } from 'playwright-core';
import { openPage } from '../browser.ts';
import { createFakeCamera, noCamera } from '../fake-camera.ts';
import { eventWith, venue } from '../stack.ts';

const camera = createFakeCamera();
afterAll(() => camera.remove());

interface Door {
  readonly isShown?: boolean;
  readonly isAllowed?: boolean;
  /** Changes the page before. */
  prepare?(page: Page, code: string): Promise<unknown>;
}

/** Opens the door of a new event with one guest, whose ticket the camera sees, if it is allowed. */
async function openDoor(
  { stack, browser }: ReturnType<typeof openPage>,
  { isShown = true, isAllowed = true, prepare }: Door = {},
): Promise<Page> {
  const api = stack.as('organizer');
  const { eventId } = await api.publishEvent(await api.createEvent(eventWith({ location: venue })));
  const { code = '' } = await api.createRegistration(eventId, { name: 'Mira Novak' });
  camera.show(isShown ? code : undefined);
  const page = await browser.visit(stack, { width: 390 });
  await (isAllowed ? page.context().grantPermissions(['camera']) : page.context().clearPermissions());
  await prepare?.(page, code);
  await page.evaluate((hash) => (location.hash = hash), `#/events/${eventId}/check-in`);
  return page;
}
const isCheckedIn = (page: Page) =>
  page.locator('.door-result').filter({ hasText: 'Mira Novak' }).filter({ hasText: 'Checked in' }).waitFor();
const problem = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();
const start = (page: Page, name = 'Start the camera') => page.getByRole('button', { name }).click();
const hasLibrary = (page: Page) =>
  page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/decode-')));

/** A `BarcodeDetector` like that of Chrome for Android; Chromium has none on Linux. */
interface FakeDetector {
  readonly formats: readonly string[];
  /** What it finds; undefined if it rejects all pictures. */
  readonly found: string | undefined;
}
const provide = (page: Page, detector: FakeDetector) =>
  page.evaluate(({ formats, found }) => {
    class BarcodeDetector {
      static getSupportedFormats = () => Promise.resolve(formats);
      detect(picture: { readonly width: number }) {
        if (found === undefined) return Promise.reject(new DOMException('No service', 'NotSupportedError'));
        // The page tries it with a small picture before it starts the camera.
        return Promise.resolve(picture.width > 100 ? [{ rawValue: found }] : []);
      }
    }
    Object.assign(globalThis, { BarcodeDetector });
  }, detector);

describe('a code', () => {
  const opened = openPage({ flags: camera.flags });

  it('is read by the browser, if it can', async () => {
    const page = await openDoor(opened, {
      isShown: false,
      prepare: (one, code) => provide(one, { formats: ['qr_code'], found: code }),
    });
    await isCheckedIn(page);
    expect(await hasLibrary(page)).toBe(false);
  });

  it.each([
    ['has no class for it', undefined],
    ['knows other codes only', { formats: ['ean_13'], found: 'other' }],
    ['lacks what the class needs', { formats: ['qr_code'], found: undefined }],
  ])('is read by the library if the browser %s', async (_, detector) => {
    const page = await openDoor(opened, {
      prepare: async (one) => (detector ? provide(one, detector) : one.evaluate('delete globalThis.BarcodeDetector')),
    });
    await isCheckedIn(page);
    expect(await hasLibrary(page)).toBe(true);
  });

  it('is not read, and the camera stays off, until the library can be loaded', async () => {
    const page = await openDoor(opened, {
      async prepare(one) {
        await one.route('**/decode-*.js', (route) => route.abort(), { times: 1 });
        await one.evaluate(() => {
          const { mediaDevices } = navigator;
          const open = mediaDevices.getUserMedia.bind(mediaDevices);
          mediaDevices.getUserMedia = async (constraints) => {
            document.documentElement.dataset['camera'] = 'on';
            return open(constraints);
          };
        });
      },
    });
    await problem(page, 'The code reader could not be loaded');
    expect(await page.locator('html[data-camera]').count()).toBe(0);
    await start(page, 'Try again');
    await isCheckedIn(page);
  });

  it('is read when the camera is allowed after it was refused', async () => {
    const page = await openDoor(opened, { isAllowed: false });
    await start(page);
    await problem(page, 'Access to the camera is not allowed');
    await page.context().grantPermissions(['camera']);
    await start(page, 'Try again');
    await isCheckedIn(page);
  });

  it('is read again after the camera was taken away: the page says so, and loses nothing', async () => {
    const page = await openDoor(opened);
    await isCheckedIn(page);
    await page.context().clearPermissions();
    await problem(page, 'The camera cannot be used');
    await page.getByText('1 of 1').waitFor();
    await page.locator('.door-scans li').filter({ hasText: 'Mira Novak' }).waitFor();
    await page.context().grantPermissions(['camera']);
    await start(page, 'Try again');
    await page.locator('.door-result').filter({ hasText: 'Already checked in' }).waitFor();
  });
});

describe('a device without a camera', () => {
  const opened = openPage({ flags: [noCamera] });

  it('says so, and people are checked in by number', async () => {
    const page = await openDoor(opened);
    await problem(page, 'There is no camera');
    await page.getByLabel('Name, number or code').fill('1');
    await page.keyboard.press('Enter');
    await isCheckedIn(page);
  });
});
