/** Calendars as independent parsers read them. */
import ICAL from 'ical.js';
import { sync } from 'node-ical';

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
  return Object.values(sync.parseICS(text)).flatMap((component) => {
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

/** The entries of a calendar, which both parsers must read in the same way. */
export function entriesOf(text: string): ReadDetails[] {
  const { entries } = readCalendar(text);
  const seen = entries.map(
    ({ created: _, modified: __, conference: ___, image: ____, categories: _____, ...entry }) => entry,
  );
  // It takes a backslash that precedes an n for a line break.
  if (!/\\\\n/i.test(text.replaceAll('\r\n ', ''))) expect(readWithNodeIcal(text)).toEqual(seen);
  return entries;
}
