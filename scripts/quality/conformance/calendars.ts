/**
 * Reads calendars with three parsers: ical.js, node-ical and Python's icalendar. What they read must be what was written. The calendars
 * are those of a running API, and generated ones.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Event, EventCreate, FeedSource, NewCalendarFeed } from '../../../src/contract/generated/types.ts';
import { instantOf } from '../../../src/domain/shared/instants.ts';
import { toICalendar } from '../../../src/lib/icalendar.ts';
import {
  asRead,
  commonOf,
  hardEntries,
  isMisreadByNodeIcal,
  type ReadDetails,
  readCalendar,
  readWithNodeIcal,
} from '../../../test/support/calendars.ts';

/** How many entries are generated, each in a calendar of its own. */
const generated = 300;

/** A calendar, and what a parser must read of it. */
interface Expected {
  readonly text: string;
  readonly name?: string;
  readonly entries: readonly ReadDetails[];
}

interface Options {
  /** The URL of the API. */
  readonly url: string;
  readonly tokens: Readonly<Record<'organizer' | 'attendee', string>>;
  /** The path of the interpreter that has icalendar. */
  readonly python: string;
  /** Where the calendars are kept. */
  readonly folder: string;
  /** Selects the generated entries. */
  readonly seed: number;
}

/** What was read; node-ical gets only what it does not misread. */
export interface Count {
  readonly calendars: number;
  readonly entries: number;
  readonly calendarsOfNodeIcal: number;
}

/**
 * @returns how many calendars and entries the parsers read
 * @throws Error if a calendar is read differently, or cannot be read
 */
export async function readCalendars(options: Options): Promise<Count> {
  const { python, folder, seed } = options;
  const written = [...(await calendarsOfApi(options)), ...generatedCalendars(seed)];
  const files = written.map(({ text }, index) => {
    const file = `${folder}/calendar-${index}.ics`;
    writeFileSync(file, text);
    return file;
  });
  const inPython = execFileSync(python, ['scripts/quality/conformance/read_calendars.py', ...files], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const read = JSON.parse(inPython) as object[];
  let calendarsOfNodeIcal = 0;
  for (const [index, { text, name, entries }] of written.entries()) {
    compare('icalendar', files[index], read[index], { name, entries });
    compare('ical.js', files[index], readCalendar(text), { name, entries });
    if (isMisreadByNodeIcal(text)) continue;
    compare('node-ical', files[index], readWithNodeIcal(text), entries.map(commonOf));
    calendarsOfNodeIcal += 1;
  }
  return { calendars: written.length, entries: written.flatMap(({ entries }) => entries).length, calendarsOfNodeIcal };
}

function compare(parser: string, file: string | undefined, read: object | undefined, expected: object): void {
  // What is absent is undefined in some of them.
  const [found, right] = [read, expected].map((one) => JSON.parse(JSON.stringify(one ?? null)) as object);
  if (isDeepStrictEqual(found, right)) return;
  throw new Error(`${parser} reads in ${file} ${JSON.stringify(found)}, not ${JSON.stringify(right)}.`);
}

function generatedCalendars(seed: number): Expected[] {
  return fc
    .sample(hardEntries, { seed, numRuns: generated })
    .map((entry) => ({ text: toICalendar({ entries: [entry] }), entries: [asRead(entry)] }));
}

/** Texts that break carelessly written calendars; each is longer than a line. */
const hostile = [
  `${'x'.repeat(66)}🎷${'y'.repeat(69)}👩‍👩‍👧‍👦`,
  'a;b,c:d\\e"f\\N"; one\ntwo, three\n\nfour',
  'é'.repeat(500),
  'مرحبا \u200f, שלום; '.repeat(10).trim(),
  'END:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:x@example.com',
];

const imageUrl = 'https://pictures.example.com/a.jpg?b=c;d,e';
const meetingUrl = 'https://meet.example.com/a?b=c;d,e';
const locations: readonly (readonly [EventCreate['location'], Pick<ReadDetails, 'location' | 'conference'>])[] = [
  [
    { kind: 'venue', name: 'Harbour; Stage', address: 'Uferstraße 12\n10115 Berlin' },
    { location: 'Harbour; Stage, Uferstraße 12, 10115 Berlin', conference: undefined },
  ],
  [
    { kind: 'online', url: meetingUrl },
    { location: meetingUrl, conference: meetingUrl },
  ],
];

/** The calendars of new events, as files and in feeds of each kind, and an empty feed. */
async function calendarsOfApi({ url, tokens }: Options): Promise<Expected[]> {
  async function send<Body>(method: string, path: string, body?: object, token = tokens.organizer): Promise<Body> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} ${path} failed with status ${response.status}.`);
    const isJson = response.headers.get('content-type')?.includes('json');
    return (isJson ? response.json() : response.text()) as Promise<Body>;
  }

  /** Publishes an event, for which the attendee registers; the first one is cancelled afterwards. */
  async function createEvent(description: string, index: number): Promise<Event> {
    const [location] = locations[index % locations.length] ?? [];
    const { eventId } = await send<Event>('POST', '/events', {
      name: description.replaceAll('\n', ' ').slice(0, 100),
      description,
      startsAt: inHours(index + 1),
      endsAt: inHours(index + 2),
      timeZone: 'Europe/Berlin',
      imageUrl,
      location,
      tags: ['a,b', 'c;d\\e', '🎷'],
    });
    await send('POST', `/events/${eventId}/publish`);
    await send('PUT', `/events/${eventId}/registration`, { name: 'Mira Novak' }, tokens.attendee);
    return send(index === 0 ? 'POST' : 'GET', `/events/${eventId}${index === 0 ? '/cancel' : ''}`);
  }

  async function readFeed(source: FeedSource, token: string): Promise<Pick<Expected, 'text' | 'name'>> {
    const name = `a,b;c\\d ${'🎷'.repeat(30)}`;
    const { feedId, calendarFile } = await send<NewCalendarFeed>('POST', '/calendar-feeds', { source, name }, token);
    const text = await send<string>('GET', `/calendars/${calendarFile}`);
    await send('DELETE', `/calendar-feeds/${feedId}`, undefined, token);
    return { text, name };
  }

  const emptyFeed = await readFeed({ kind: 'my-registrations' }, tokens.attendee);
  const events: Event[] = [];
  for (const [index, description] of hostile.entries()) events.push(await createEvent(description, index));
  const withMeeting = events.map((event, index) => entryOf(event, index, { withMeeting: true }));
  const withoutMeeting = events.map((event, index) => entryOf(event, index, { withMeeting: false }));

  const files = events.map(async ({ eventId }, index) => ({
    text: await send<string>('GET', `/events/${eventId}/calendar`),
    entries: withMeeting.slice(index, index + 1),
  }));
  return [
    ...(await Promise.all(files)),
    { ...emptyFeed, entries: [] },
    {
      ...(await readFeed({ kind: 'published-by', organizerId: 'me' }, tokens.organizer)),
      entries: withoutMeeting,
    },
    { ...(await readFeed({ kind: 'my-registrations' }, tokens.attendee)), entries: withMeeting },
  ];
}

const inHours = (count: number) => instantOf(new Date(Date.now() + count * 3_600_000));

/** What must be read of an event, to which nothing happened but what `createEvent` does. */
function entryOf(event: Event, index: number, { withMeeting }: { withMeeting: boolean }): ReadDetails {
  const { eventId, name, description, startsAt, endsAt, createdAt, updatedAt, tags = [] } = event;
  const isCancelled = event.status === 'cancelled';
  const [, place] = locations[index % locations.length] ?? [];
  const hidden = place?.conference === undefined ? place : { location: 'Online', conference: undefined };
  const entry = asRead({
    uid: eventId,
    sequence: 2 * (isCancelled ? 3 : 2) + (withMeeting ? 1 : 0),
    createdAt,
    updatedAt,
    startsAt,
    endsAt,
    status: isCancelled ? 'CANCELLED' : 'CONFIRMED',
    summary: isCancelled ? `Cancelled: ${name}` : name,
    description,
    imageUrl,
    categories: tags,
  });
  return { ...entry, ...(withMeeting ? place : hidden) };
}
