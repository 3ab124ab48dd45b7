/** Calendars as text (RFC 5545, RFC 7986). Times are in UTC, so that no time zone has to be described. */

/** A calendar as calendar apps show it. */
export interface Calendar {
  /** What a calendar that is subscribed to is called; absent for a file. */
  readonly name?: string;
  readonly entries: readonly CalendarEntry[];
}

/** One entry of a calendar. Times are UTC timestamps of the form `2030-06-21T18:00:00Z`. */
export interface CalendarEntry {
  /** Identifies the entry in all calendars that have it. */
  readonly uid: string;
  /** The version of the entry. Calendar apps replace one that they have by one with a greater number. */
  readonly sequence: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly summary: string;
  readonly description?: string | undefined;
  readonly location?: string | undefined;
  /** The URL of an online meeting. */
  readonly conferenceUrl?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly categories?: readonly string[] | undefined;
}

/** The maximum length of a line in octets, without its end (section 3.1). */
const maxOctets = 75;

const productId = '-//Event Management API//EN';

/** How often an app should look for changes. Few do: Google decides itself, and Outlook knows the older name only. */
const refreshInterval = 'PT1H';

/**
 * The text of a calendar. Equal calendars have equal texts: DTSTAMP is the time of the last change (section 3.8.7.2).
 *
 * @param maxBytes how many bytes of entries there can be: it ends before the first entry that exceeds them
 */
export function toICalendar({ name, entries }: Calendar, maxBytes = Infinity): string {
  const start = lines(['BEGIN', 'VCALENDAR'], ['VERSION', '2.0'], ['PRODID', productId], ...nameLines(name));
  // A calendar must have a component (section 3.6), and an empty one has no other.
  let content = '';
  let bytes = 0;
  for (const entry of entries) {
    const next = toICalendarEntry(entry);
    bytes += Buffer.byteLength(next);
    if (bytes > maxBytes) break;
    content += next;
  }
  return start + (content || emptyContent()) + lines(['END', 'VCALENDAR']);
}

function toICalendarEntry(entry: CalendarEntry): string {
  return lines(
    ['BEGIN', 'VEVENT'],
    ['UID', text(entry.uid)],
    ['DTSTAMP', time(entry.updatedAt)],
    ['CREATED', time(entry.createdAt)],
    ['LAST-MODIFIED', time(entry.updatedAt)],
    ['SEQUENCE', String(entry.sequence)],
    ['DTSTART', time(entry.startsAt)],
    ['DTEND', time(entry.endsAt)],
    ['SUMMARY', text(entry.summary)],
    ['STATUS', entry.status],
    ['LOCATION', mapped(entry.location, text)],
    ['CONFERENCE;VALUE=URI;FEATURE=VIDEO', mapped(entry.conferenceUrl, uri)],
    ['DESCRIPTION', mapped(entry.description, text)],
    ['IMAGE;VALUE=URI', mapped(entry.imageUrl, uri)],
    ['CATEGORIES', mapped(entry.categories, (names) => names.map(text).join(','))],
    ['END', 'VEVENT'],
  );
}

/** A property: its name with parameters, and its encoded value. Those without a value are left out. */
type Property = readonly [name: string, value: string | undefined];

function nameLines(name: string | undefined): Property[] {
  if (name === undefined) return [];
  return [
    ['NAME', text(name)],
    ['X-WR-CALNAME', text(name)],
    ['REFRESH-INTERVAL;VALUE=DURATION', refreshInterval],
    ['X-PUBLISHED-TTL', refreshInterval],
  ];
}

/** The time zone that all times have. */
function emptyContent(): string {
  return lines(
    ['BEGIN', 'VTIMEZONE'],
    ['TZID', 'UTC'],
    ['BEGIN', 'STANDARD'],
    ['DTSTART', '19700101T000000'],
    ['TZOFFSETFROM', '+0000'],
    ['TZOFFSETTO', '+0000'],
    ['END', 'STANDARD'],
    ['END', 'VTIMEZONE'],
  );
}

function lines(...properties: readonly Property[]): string {
  return properties.map(([name, value]) => (value ? `${folded(`${name}:${value}`)}\r\n` : '')).join('');
}

function mapped<Value>(value: Value | undefined, encode: (value: Value) => string): string | undefined {
  return value === undefined ? undefined : encode(value);
}

/** A UTC timestamp in the basic format (section 3.3.5): `20300621T180000Z`. */
function time(instant: string): string {
  return instant.replace(/[-:]/g, '');
}

/** A text (section 3.3.11). Every form of a line break becomes `\n`; other control characters, which are not allowed, are dropped. */
function text(value: string): string {
  return value
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\\n')
    .replace(controls, '');
}

/** A URI is not a text: nothing in it is escaped. What ends a line is dropped. */
function uri(value: string): string {
  return value.replace(/[\u2028\u2029]/g, '').replace(controls, '');
}

const controls = /[\0-\x08\x0a-\x1f\x7f-\x9f]/g;

/** Folds a line into several that are short enough, each of which but the first starts with a space. No character is split. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= maxOctets) return line;
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > maxOctets) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
