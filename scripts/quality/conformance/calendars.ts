/** Reads the calendars of a running API with Python's icalendar, and compares what it reads with what was written. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Event, EventCreate, NewCalendarFeed } from '../../../src/contract/generated/types.ts';
import { instantOf } from '../../../src/domain/shared/instants.ts';

/** Texts that break carelessly written calendars; each is longer than a line. */
const hostile = [
  `${'x'.repeat(66)}🎷${'y'.repeat(69)}👩‍👩‍👧‍👦`,
  'a;b,c:d\\e"f\\n"; one\ntwo, three\n\nfour',
  'é'.repeat(500),
  'مرحبا \u200f, שלום; '.repeat(10).trim(),
  'END:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:x@example.com',
];

const hours = (count: number) => instantOf(new Date(Date.now() + count * 3_600_000));

/** What an entry of an event must be, as the Python program prints it. */
function expectedOf({ eventId, name, description = '', startsAt, endsAt, updatedAt, status, tags = [] }: Event) {
  const time = (instant: string) => instant.replace('Z', '+00:00');
  return {
    uid: eventId,
    status: status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    summary: status === 'cancelled' ? `Cancelled: ${name}` : name,
    description,
    location: 'Harbour; Stage, Uferstraße 12, 10115 Berlin',
    conference: null,
    image: 'https://pictures.example.com/a.jpg?b=c;d,e',
    categories: tags,
    start: time(startsAt),
    end: time(endsAt),
    stamp: time(updatedAt),
  };
}

/**
 * @param url the URL of the API
 * @param token the access token of an organizer
 * @param python the path of the interpreter that has icalendar
 * @param folder where the calendars are kept
 * @returns how many entries were read
 * @throws Error if an entry is read differently, or a calendar cannot be read
 */
export async function readCalendars(url: string, token: string, python: string, folder: string): Promise<number> {
  async function send<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} ${path} failed with status ${response.status}.`);
    return (
      response.headers.get('content-type')?.includes('json') ? response.json() : response.text()
    ) as Promise<Body>;
  }

  const events: Event[] = [];
  for (const [index, description] of hostile.entries()) {
    const input: EventCreate = {
      name: description.replaceAll('\n', ' ').slice(0, 100),
      description,
      startsAt: hours(index + 1),
      endsAt: hours(index + 2),
      timeZone: 'Europe/Berlin',
      imageUrl: 'https://pictures.example.com/a.jpg?b=c;d,e',
      location: { kind: 'venue', name: 'Harbour; Stage', address: 'Uferstraße 12\n10115 Berlin' },
      tags: ['a,b', 'c;d\\', '🎷'],
    };
    const { eventId } = await send<Event>('POST', '/events', input);
    await send('POST', `/events/${eventId}/publish`);
    events.push(await send('GET', `/events/${eventId}`));
  }
  const [first] = events;
  if (first) events[0] = await send<Event>('POST', `/events/${first.eventId}/cancel`);

  const files: string[] = [];
  const save = (text: string) => {
    files.push(`${folder}/calendar-${files.length}.ics`);
    writeFileSync(files.at(-1) ?? '', text);
  };
  for (const { eventId } of events) save(await send('GET', `/events/${eventId}/calendar`));
  const feed = await send<NewCalendarFeed>('POST', '/calendar-feeds', {
    source: { kind: 'published-by', organizerId: 'me' },
    name: hostile[0]?.slice(0, 80),
  });
  save(await send('GET', `/calendars/${feed.calendarFile}`));
  await send('DELETE', `/calendar-feeds/${feed.feedId}`);

  const read = execFileSync(python, ['scripts/quality/conformance/read_calendars.py', ...files], { encoding: 'utf8' });
  const calendars = JSON.parse(read) as { readonly uid: string; readonly sequence: number }[][];
  const inFeed = new Map((calendars.pop() ?? []).map((entry) => [entry.uid, entry]));
  for (const [index, event] of events.entries()) {
    for (const found of [calendars[index]?.[0], inFeed.get(event.eventId)]) {
      const { sequence, ...entry } = found ?? { sequence: 0 };
      if (sequence < 2 || !isDeepStrictEqual(entry, expectedOf(event)))
        throw new Error(`icalendar reads ${JSON.stringify(found)}, not ${JSON.stringify(expectedOf(event))}.`);
    }
  }
  return calendars.length + inFeed.size;
}
