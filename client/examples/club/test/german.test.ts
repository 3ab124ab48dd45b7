/** The views in a German browser have no English text of ours: none of a text table whose German text is another one. */
import type { Page } from 'playwright-core';
import { problemCodes } from '../../../src/schemas.ts';
import type { ProblemCode } from '../../../src/index.ts';
import { openPage } from './browser.ts';
import { eventWith, venue } from './stack.ts';

const { stack, browser } = openPage();

const tables = [
  '../src/shared/texts.ts',
  '../src/shared/registration/texts.ts',
  '../src/shared/calendars/texts.ts',
  '../src/organizer/texts.ts',
  '../src/organizer/list/texts.ts',
  '../src/organizer/event/texts.ts',
  '../src/organizer/check-in/texts.ts',
  '../src/organizer/check-in/link-texts.ts',
  '../src/organizer/form/texts.ts',
  '../src/organizer/form/labels.ts',
  '../src/attend/texts.ts',
];

/** The texts of all tables as a browser with these languages has them, by their place. */
function textsIn(languages: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const collect = (place: string, value: unknown): void => {
    if (typeof value === 'string') found.set(place, value);
    // The text around what a function is given.
    else if (typeof value === 'function') collect(place, textAround(value as (...given: unknown[]) => unknown));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) collect(`${place}/${name}`, one);
  };
  const browserLike = { document: { documentElement: {} }, navigator: { languages } };
  const before = Object.getOwnPropertyDescriptors(globalThis);
  jest.isolateModules(() => {
    for (const [name, value] of Object.entries(browserLike))
      Object.defineProperty(globalThis, name, { value, configurable: true });
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- each language loads the modules again
    for (const table of tables) collect(table, require(table));
  });
  for (const name of Object.keys(browserLike)) {
    const descriptor = before[name as keyof typeof before];
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
  return found;
}

const textAround = (text: (...given: unknown[]) => unknown) => {
  try {
    return text('§', '§');
  } catch {
    return undefined;
  }
};

const english = textsIn(['en']);
const german = textsIn(['de']);
/** The parts of English texts that are long enough to be recognized, and are not German as well. */
const ours = [...english]
  .filter(([place, text]) => german.get(place) !== text)
  .flatMap(([, text]) => text.split(/§|NaN/))
  .map((part) => part.trim())
  .filter((part) => part.length > 3 && ![...german.values()].some((text) => text.includes(part)));

/** What a page says, also to screen readers. */
const shown = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['aria-label', 'placeholder', 'title', 'alt'];
    const named = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
    return [
      document.title,
      document.body.innerText,
      ...named.flatMap((one) => attributes.map((name) => one.getAttribute(name) ?? '')),
    ].join('\n');
  });

async function expectGerman(page: Page): Promise<void> {
  const text = await shown(page);
  const words = (part: string) =>
    new RegExp(`(?<![\\p{L}])${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'u');
  expect(ours.filter((part) => text.includes(part) && words(part).test(text))).toEqual([]);
}

/** Visits each address, waits for its heading, and checks the view. */
async function expectGermanAt(page: Page, home: string, views: readonly (readonly [string, string])[]): Promise<void> {
  for (const [at, heading] of views) {
    await page.goto(`${home}${at}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await expectGerman(page);
  }
}

it('finds English text', () => {
  expect(ours.length).toBeGreaterThan(200);
  expect(ours).toEqual(expect.arrayContaining(['Publish', 'Share', 'No events match these filters', 'Fully booked']));
});

it('are translated, except what is the same in both languages', () => {
  const same = [...english].filter(([place, text]) => german.get(place) === text && /\p{L}{2}/u.test(text));
  expect([...new Set(same.map(([, text]) => text))].sort()).toEqual(['Link', 'Name', 'Online', 'Status', 'Ticket']);
});

it('have a German message for each problem that people can meet', () => {
  // Those of programs, and those that a view handles by itself.
  const others: readonly ProblemCode[] = [
    'body-too-large',
    'calendar-not-found',
    'check-in-not-found',
    'headers-too-large',
    'idempotency-key-consumed',
    'idempotency-key-reused',
    'internal-error',
    'invalid-cursor',
    'malformed-body',
    'malformed-request',
    'method-not-allowed',
    'precondition-failed',
    'request-timeout',
    'route-not-found',
    'too-many-calendar-feeds',
    'unsupported-media-type',
  ];
  const has = (code: ProblemCode) =>
    ['problems', 'ownMessages'].some((kind) => german.has(`../src/shared/texts.ts/texts/${kind}/${code}/0`));
  expect(problemCodes.filter((code) => !has(code))).toEqual(others);
});

const names = { organizerName: 'Verein' };

async function publish(changes: object): Promise<string> {
  const api = stack.as('organizer');
  const event = await api.createEvent(eventWith({ ...names, location: venue, ...changes }));
  return (await api.publishEvent(event)).eventId;
}

it('of the organizer are German', async () => {
  await publish({ name: 'Fest' });
  const page = await browser.visit(stack, { locale: 'de-DE' });
  await page.getByRole('link', { name: 'Fest' }).waitFor();
  await expectGerman(page);
  await page.getByRole('searchbox', { name: 'Suche' }).fill('gibt es nicht');
  await page.getByRole('heading', { name: 'Keine Veranstaltung passt zu diesen Filtern' }).waitFor();
  await expectGerman(page);
  await expectGermanAt(page, stack.page, [
    ['#/?when=between&from=2030-06-02&to=2030-06-01', 'Keine Veranstaltung passt zu diesen Filtern'],
    ['#/?whose=everyone&q=nichts', 'Keine Veranstaltung passt zu diesen Filtern'],
    ['#/?view=month&month=2030-06', 'Juni 2030'],
    ['#/?view=month&month=2029-01', 'Keine Veranstaltung in diesem Monat'],
    ['#/calendars', 'Noch keine Abos'],
    ['#/events/abc', 'Veranstaltung nicht gefunden'],
  ]);
});

it('of the organizer about one event are German', async () => {
  const past = { startsAt: '2020-06-21T18:00:00Z', endsAt: '2020-06-21T22:00:00Z' };
  const draft = await stack.as('organizer').createEvent(eventWith({ ...names, ...past, name: 'Entwurf 1' }));
  const eventId = await publish({ name: 'Frühlingsfest' });
  await stack.as('organizer').createRegistration(eventId, { name: 'Mira Novak', email: 'mira@example.com' });
  const page = await browser.visit(stack, { locale: 'de-DE', at: '#/new' });
  await expectGermanAt(page, stack.page, [
    ['#/new', 'Neue Veranstaltung'],
    [`#/events/${draft.eventId}`, 'Vor dem Veröffentlichen'],
    [`#/events/${draft.eventId}/preview`, 'Entwurf 1'],
    [`#/events/${draft.eventId}/edit`, 'Veranstaltung bearbeiten'],
    [`#/events/${eventId}/guests`, 'Gäste'],
    [`#/events/${eventId}/guests/new`, 'Gast eintragen'],
    [`#/events/${eventId}/guests/1`, 'Mira Novak'],
    [`#/events/${eventId}/check-in`, 'Einlass'],
    [`#/events/${eventId}`, 'Frühlingsfest'],
  ]);
});

it('of the organizer are German in dialogs, too', async () => {
  const eventId = await publish({ name: 'Sommerfest' });
  const page = await browser.visit(stack, { locale: 'de-DE', at: `#/events/${eventId}` });
  await page.getByRole('heading', { level: 1, name: 'Sommerfest' }).waitFor();
  for (const [item, dialog] of [
    ['Duplizieren…', 'Diese Veranstaltung duplizieren'],
    ['Zurückziehen…', 'Veröffentlichung zurückziehen?'],
    ['Absagen…', 'Diese Veranstaltung absagen?'],
    ['Löschen…', 'Diese Veranstaltung löschen?'],
  ] as const) {
    await page.getByRole('button', { name: 'Mehr' }).click();
    await expectGerman(page);
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog', { name: dialog }).waitFor();
    await expectGerman(page);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Teilen' }).click();
  await page.getByRole('dialog', { name: 'Diese Veranstaltung teilen' }).getByRole('img').waitFor();
  await expectGerman(page);
});

it('of those who attend are German', async () => {
  const eventId = await publish({ name: 'Gartenfest' });
  const signedOut = await browser.visit({ page: stack.attend }, { user: 'signed-out', locale: 'de-DE' });
  await signedOut.getByRole('heading', { name: 'Zum Suchen bitte einloggen' }).waitFor();
  await expectGerman(signedOut);
  const page = await browser.visit({ page: stack.attend }, { user: 'attendee', locale: 'de-DE', width: 1_001 });
  await expectGermanAt(page, stack.attend, [
    ['#/', 'Gartenfest'],
    ['#/?q=gibt+es+nicht', 'Keine Veranstaltung gefunden'],
    ['#/registrations', 'Noch keine Anmeldungen'],
    ['#/calendars', 'Noch keine Abos'],
    [`#/tickets/${eventId}`, 'Ticket nicht gefunden'],
    [`#/events/${eventId}`, 'Gartenfest'],
  ]);
});

it('of those who attend are German from the registration to the ticket', async () => {
  const eventId = await publish({ name: 'Herbstfest', capacity: 5 });
  const page = await browser.visit(
    { page: stack.attend },
    { user: 'attendee', locale: 'de-DE', at: `#/events/${eventId}` },
  );
  await page.getByRole('button', { name: 'Teilnehmen' }).click();
  await page.getByLabel('Ihr Name').fill('Mira Novak');
  await expectGerman(page);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { name: 'Sie nehmen teil' }).waitFor();
  await expectGerman(page);
  await page.goto(`${stack.attend}#/tickets/${eventId}`);
  await page.getByRole('img', { name: /QR-Code/ }).waitFor();
  await expectGerman(page);
});
