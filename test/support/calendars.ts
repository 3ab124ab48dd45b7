/** Calendars as independent parsers read them, and entries that are hard to read. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import type { CalendarEntry } from '../../src/lib/icalendar.ts';
import { anyCharacter } from './characters.ts';

/** An entry as a parser reads it. Times are as `Date.toISOString` writes them; what is absent is undefined. */
export interface ReadEntry {
  readonly uid: unknown;
  readonly sequence: number;
  readonly status: unknown;
  readonly summary: unknown;
  readonly description: unknown;
  readonly location: unknown;
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
}

/** What only ical.js reads as it is written. */
export interface ReadDetails extends ReadEntry {
  readonly created: string;
  readonly modified: string;
  readonly conference: unknown;
  readonly image: unknown;
  readonly categories: readonly unknown[];
}

/** The calendar as ical.js reads it; it throws an error if the text is not a calendar. */
export function readCalendar(text: string): { readonly name: unknown; readonly entries: ReadDetails[] } {
  const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
  return {
    name: unescaped(calendar.getFirstPropertyValue('name')),
    entries: calendar.getAllSubcomponents('vevent').map((event) => {
      const value = (name: string): unknown => event.getFirstPropertyValue(name) ?? undefined;
      const time = (name: string) => (value(name) as ICAL.Time).toJSDate().toISOString();
      return {
        uid: value('uid'),
        sequence: Number(value('sequence')),
        status: value('status'),
        summary: value('summary'),
        description: value('description'),
        location: value('location'),
        start: time('dtstart'),
        end: time('dtend'),
        stamp: time('dtstamp'),
        created: time('created'),
        modified: time('last-modified'),
        conference: value('conference'),
        image: value('image'),
        categories: event.getFirstProperty('categories')?.getValues() ?? [],
      };
    }),
  };
}

/** ical.js does not know that the property NAME is a text (RFC 7986, section 5.1). */
function unescaped(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replace(/\\([\\;,])/g, '$1') : undefined;
}

/** The entries as node-ical reads them. */
export function readWithNodeIcal(text: string): ReadEntry[] {
  return Object.values(nodeIcal.sync.parseICS(text)).flatMap((component) => {
    if (component?.type !== 'VEVENT') return [];
    const { uid, sequence, status, summary, description, location, start, end, dtstamp } = component;
    return [
      {
        uid,
        sequence: Number(sequence),
        status,
        summary,
        description,
        location,
        start: start.toISOString(),
        end: (end as Date).toISOString(),
        stamp: dtstamp.toISOString(),
      },
    ];
  });
}

/** Whether node-ical misreads a calendar: it takes a backslash that precedes an n for a line break. */
export function isMisreadByNodeIcal(text: string): boolean {
  return /(?<!\\)(\\\\)+n/i.test(text.replaceAll('\r\n ', ''));
}

/** What all parsers read of an entry. */
export function commonOf({
  created: _,
  modified: __,
  conference: ___,
  image: ____,
  categories: _____,
  ...entry
}: ReadDetails): ReadEntry {
  return entry;
}

/** The entries of a calendar, which both parsers must read in the same way. */
export function entriesOf(text: string): ReadDetails[] {
  const { entries } = readCalendar(text);
  if (!isMisreadByNodeIcal(text)) expect(readWithNodeIcal(text)).toEqual(entries.map(commonOf));
  return entries;
}

/** An entry as it must be read. */
export function asRead(entry: CalendarEntry): ReadDetails {
  const time = (instant: string) => instant.replace('Z', '.000Z');
  const { uid, sequence, status, summary, description, location, conferenceUrl, imageUrl, categories = [] } = entry;
  return {
    uid,
    sequence,
    status,
    summary,
    description,
    location,
    start: time(entry.startsAt),
    end: time(entry.endsAt),
    stamp: time(entry.updatedAt),
    created: time(entry.createdAt),
    modified: time(entry.updatedAt),
    conference: conferenceUrl,
    image: imageUrl,
    categories,
  };
}

/**
 * Texts as the API stores them: no control characters but tabs and line breaks, no lone surrogates. Most take several lines. Parsers
 * remove spaces at the ends of what they read, or not, so there are none.
 */
const hardTexts = fc
  .string({
    unit: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'abc ;,:\\"nN\n\t') },
      { weight: 4, arbitrary: fc.constantFrom('🎷', '👩‍👩‍👧‍👦', 'é', 'ß', '中', '\u200f') },
      { weight: 1, arbitrary: anyCharacter },
    ),
    maxLength: 400,
    size: 'max',
  })
  .map((text) => `x${text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, '')}x`);

const entriesWith = (texts: fc.Arbitrary<string>): fc.Arbitrary<CalendarEntry> =>
  fc.record(
    {
      uid: fc.uuid(),
      sequence: fc.nat(),
      createdAt: fc.constant('2030-03-01T09:30:00Z'),
      updatedAt: fc.constantFrom('2030-03-02T10:00:00Z', '2030-03-31T23:59:59Z'),
      startsAt: fc.constantFrom('2030-03-31T01:30:00Z', '2032-02-29T00:00:00Z'),
      endsAt: fc.constantFrom('2032-02-29T23:59:59Z', '2033-01-01T00:00:00Z'),
      status: fc.constantFrom('CONFIRMED', 'TENTATIVE', 'CANCELLED'),
      summary: texts,
      description: texts,
      location: texts,
      conferenceUrl: fc.constant('https://meet.example.com/riverside?a=1;b=2,3#%2C'),
      imageUrl: fc.constant(`https://pictures.example.com/${'a'.repeat(200)}.jpg`),
      categories: fc.array(texts, { minLength: 1, maxLength: 3 }),
    },
    {
      requiredKeys: ['uid', 'sequence', 'createdAt', 'updatedAt', 'startsAt', 'endsAt', 'status', 'summary'],
    },
  );

/** Entries with texts that are hard to read; half of them have none that node-ical misreads. */
export const hardEntries: fc.Arbitrary<CalendarEntry> = fc.oneof(
  entriesWith(hardTexts),
  entriesWith(hardTexts.map((text) => text.replace(/\\+(?=n)/gi, ''))),
);
