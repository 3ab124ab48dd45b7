import fc from 'fast-check';
import { asRead, entriesOf, hardEntries, isMisreadByNodeIcal, readCalendar } from '../../test/support/calendars.ts';
import { type CalendarEntry, toICalendar } from './icalendar.ts';
import { scaled } from '../../test/support/sample.ts';

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
    const lines = linesOf(fileOf({ description: 'x'.repeat(1_000) }));
    const parts = lines.filter((line) => line.startsWith(' x'));
    expect(parts.slice(0, -1).map(octets)).toEqual(Array.from({ length: 12 }, () => 75));
    expect(octets(parts.at(-1) ?? '')).toBeLessThan(75);
  });
});

/** Splits the octets of a file into lines. Each must be UTF-8 by itself, so that no character is split. */
function physicalLines(file: string): string[] {
  const octets = Buffer.from(file);
  const lines: string[] = [];
  for (let start = 0; start < octets.length;) {
    const end = octets.indexOf('\r\n', start);
    lines.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets.subarray(start, end)));
    start = end + 2;
  }
  return lines;
}

describe('two parsers', () => {
  const numRuns = scaled({ all: 300, sample: 60 });

  it('read every entry as it was written, in lines of as many octets as are allowed', () => {
    let folds = 0;
    let readByBoth = 0;
    fc.assert(
      fc.property(hardEntries, (written) => {
        const file = toICalendar({ entries: [written] });
        const lines = physicalLines(file);
        expect(`${lines.join('\r\n')}\r\n`).toBe(file);
        for (const [index, line] of lines.entries()) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          const [, first] = /^ (.)/su.exec(lines[index + 1] ?? '') ?? [];
          if (first === undefined) continue;
          folds += 1;
          // The next character did not fit.
          expect(Buffer.byteLength(line + first)).toBeGreaterThan(75);
        }
        expect(entriesOf(file)).toEqual([asRead(written)]);
        if (!isMisreadByNodeIcal(file)) readByBoth += 1;
      }),
      { numRuns },
    );
    expect(folds).toBeGreaterThan(10 * numRuns);
    expect(readByBoth).toBeGreaterThan(numRuns / 5);
  });
});
