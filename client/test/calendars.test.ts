import { calendarUrl, eventCalendarUrl } from '../src/calendars.ts';

const calendarFile = `${'A'.repeat(43)}.ics`;

describe('the URL of a feed', () => {
  it.each([
    ['https://api.example.com', `https://api.example.com/calendars/${calendarFile}`],
    ['https://api.example.com/', `https://api.example.com/calendars/${calendarFile}`],
    ['https://api.example.com/api/v1', `https://api.example.com/api/v1/calendars/${calendarFile}`],
    [new URL('https://api.example.com/api/v1/'), `https://api.example.com/api/v1/calendars/${calendarFile}`],
  ])('at %s is %s', (baseUrl, url) => {
    expect(calendarUrl(baseUrl, { calendarFile })).toBe(url);
  });

  it('is absolute in a page whose API has a relative URL', () => {
    const page = globalThis as { document?: unknown };
    page.document = { baseURI: 'https://example.com/page/' };
    try {
      expect(calendarUrl('/api', { calendarFile })).toBe(`https://example.com/api/calendars/${calendarFile}`);
    } finally {
      delete page.document;
    }
  });

  it('cannot be completed without an absolute URL elsewhere', () => {
    expect(() => calendarUrl('/api', { calendarFile })).toThrow('Invalid URL');
  });

  it('stays below the path of calendars', () => {
    expect(calendarUrl('https://api.example.com', { calendarFile: '../x?y' })).toBe(
      'https://api.example.com/calendars/..%2Fx%3Fy',
    );
  });
});

it('the URL of the calendar of an event is that of the event with its calendar', () => {
  expect(eventCalendarUrl('https://api.example.com/api/v1', { eventId: 'one' })).toBe(
    'https://api.example.com/api/v1/events/one/calendar',
  );
});
