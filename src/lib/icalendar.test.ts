import fc from 'fast-check';
import { entriesOf, readCalendar } from '../../test/support/calendars.ts';
import { type CalendarEntry, toICalendar } from './icalendar.ts';

const entry: CalendarEntry = {
  uid: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  sequence: 4,
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-02T10:00:00Z',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  status: 'CONFIRMED',
  summary: 'Riverside Jazz Night',
};

const fileOf = (members: Partial<CalendarEntry>) => toICalendar({ entries: [{ ...entry, ...members }] });
const linesOf = (text: string) => text.split('\r\n');

/** The lines of a file with folded ones joined (RFC 5545, section 3.1). */
const unfolded = (text: string) => linesOf(text.replaceAll('\r\n ', ''));

describe('a calendar', () => {
  it('has exactly these lines', () => {
    expect(
      linesOf(
        toICalendar({
          name: 'Concerts',
          entries: [
            {
              ...entry,
              description: 'Three bands',
              location: 'Harbour Stage, Berlin',
              conferenceUrl: 'https://meet.example.com/a;b,c',
              imageUrl: 'https://pictures.example.com/a.jpg',
              categories: ['jazz', 'a,b'],
            },
          ],
        }),
      ),
    ).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Event Management API//EN',
      'NAME:Concerts',
      'X-WR-CALNAME:Concerts',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
      'DTSTAMP:20300302T100000Z',
      'CREATED:20300301T093000Z',
      'LAST-MODIFIED:20300302T100000Z',
      'SEQUENCE:4',
      'DTSTART:20300621T180000Z',
      'DTEND:20300621T220000Z',
      'SUMMARY:Riverside Jazz Night',
      'STATUS:CONFIRMED',
      'LOCATION:Harbour Stage\\, Berlin',
      'CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.com/a;b,c',
      'DESCRIPTION:Three bands',
      'IMAGE;VALUE=URI:https://pictures.example.com/a.jpg',
      'CATEGORIES:jazz,a\\,b',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('has no line for what is absent, and no name as a file', () => {
    const names = linesOf(fileOf({ description: undefined, categories: [] })).map((line) => /^[^:;]*/.exec(line)?.[0]);
    for (const absent of ['DESCRIPTION', 'LOCATION', 'CONFERENCE', 'IMAGE', 'CATEGORIES', 'NAME', 'X-WR-CALNAME'])
      expect(names).not.toContain(absent);
  });

  it('has a component if it has no entries, and parsers read it', () => {
    const empty = toICalendar({ name: 'Nothing yet', entries: [] });
    expect(empty).toContain('BEGIN:VTIMEZONE\r\n');
    expect(readCalendar(empty)).toEqual({ name: 'Nothing yet', entries: [] });
    expect(fileOf({})).not.toContain('VTIMEZONE');
  });

  it('has equal texts for equal entries', () => {
    expect(fileOf({ tags: ['a'] } as object)).toBe(fileOf({}));
  });
});

describe('a text', () => {
  it.each([
    ['a;b,c\\d', 'a\\;b\\,c\\\\d'],
    ['one\ntwo\r\nthree\rfour', 'one\\ntwo\\nthree\\nfour'],
    ['one\u2028two\u2029three\u0085four', 'one\\ntwo\\nthree\\nfour'],
    ['\0a\u0007b\u001bc\u007fd\u009fe', 'abcde'],
    ['a\tb', 'a\tb'],
    ['\\name', '\\\\name'],
    ['END:VEVENT\r\nBEGIN:VEVENT', 'END:VEVENT\\nBEGIN:VEVENT'],
  ])('%j is written as %j', (text, written) => {
    expect(unfolded(fileOf({ summary: text }))).toContain(`SUMMARY:${written}`);
  });

  it('a URL cannot end its line', () => {
    const lines = unfolded(fileOf({ imageUrl: 'https://example.com/\r\nATTENDEE:x' }));
    expect(lines).toContain('IMAGE;VALUE=URI:https://example.com/ATTENDEE:x');
  });
});

describe('a long line', () => {
  const octets = (line: string) => Buffer.byteLength(line);

  it.each([75, 76])('of %i octets is folded after 75', (length) => {
    const summary = 'x'.repeat(length - 'SUMMARY:'.length);
    const lines = linesOf(fileOf({ summary }));
    expect(lines.filter((line) => line.startsWith(' '))).toEqual(length === 75 ? [] : [' x']);
  });

  it('is folded before a character that would be split', () => {
    // Four octets, of which only three would fit.
    const summary = `${'x'.repeat(72 - 'SUMMARY:'.length)}🎷!`;
    expect(linesOf(fileOf({ summary }))).toEqual(
      expect.arrayContaining([`SUMMARY:${'x'.repeat(72 - 'SUMMARY:'.length)}`, ' 🎷!']),
    );
  });

  it('counts the space that it starts with', () => {
    const lines = linesOf(fileOf({ description: 'é'.repeat(1_000) }));
    expect(Math.max(...lines.map(octets))).toBeLessThanOrEqual(75);
    expect(
      lines
        .filter((line) => line.startsWith(' é'))
        .map(octets)
        .slice(0, -1),
    ).toEqual(expect.arrayContaining([75]));
  });
});

/** Texts as the API stores them: no control characters but tabs and line breaks, no lone surrogates. */
const text = fc
  .string({
    unit: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'abc ;,:\\"nN\n\t') },
      { weight: 2, arbitrary: fc.constantFrom('🎷', '👩‍👩‍👧‍👦', 'é', 'ß', '中', '\u200f') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    ),
    maxLength: 1_000,
  })
  // eslint-disable-next-line no-control-regex -- they are not stored
  .map((one) => one.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, ''));

/** Parsers remove spaces at the ends of what they read, or not. */
const inner = text.map((one) => `x${one}x`);

describe('two parsers', () => {
  it('read every text as it was written', () => {
    fc.assert(
      fc.property(inner, inner, inner, (summary, description, location) => {
        const file = fileOf({ summary, description, location });
        for (const line of linesOf(file)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(file).toString()).toBe(file);
        expect(entriesOf(file)).toEqual([expect.objectContaining({ summary, description, location })]);
      }),
      { numRuns: 300 },
    );
  });

  it('read all other members as they were written', () => {
    const [read] = entriesOf(
      fileOf({
        status: 'CANCELLED',
        conferenceUrl: 'https://meet.example.com/riverside?a=1;b=2,3',
        imageUrl: 'https://pictures.example.com/riverside.jpg',
        categories: ['jazz', 'a,b', 'c;d'],
      }),
    );
    expect(read).toEqual({
      uid: entry.uid,
      sequence: 4,
      status: 'CANCELLED',
      summary: entry.summary,
      description: undefined,
      location: undefined,
      start: '2030-06-21T18:00:00.000Z',
      end: '2030-06-21T22:00:00.000Z',
      stamp: '2030-03-02T10:00:00.000Z',
      created: '2030-03-01T09:30:00.000Z',
      modified: '2030-03-02T10:00:00.000Z',
      conference: 'https://meet.example.com/riverside?a=1;b=2,3',
      image: 'https://pictures.example.com/riverside.jpg',
      categories: ['jazz', 'a,b', 'c;d'],
    });
  });
});
