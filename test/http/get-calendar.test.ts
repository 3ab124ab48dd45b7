import type { EventRecord } from '../../src/domain/events/model.ts';
import { digestOf } from '../../src/domain/calendars/file-names.ts';
import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { entriesOf, readCalendar } from '../support/calendars.ts';
import { call, cancelled, concert, draft, published, succeed } from '../support/events.ts';
import { createFeed, deleteFeed, feedsOf, getFeed, myRegistrations, newFeed, publishedBy } from '../support/feeds.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, join, leave, newPerson, tokenOf } from '../support/registrations.ts';
import { recordOf, seed, seedFeed } from '../support/seed.ts';
import { startTestApp } from '../support/app.ts';
import { inFull } from '../support/sample.ts';

const day = 24 * 60 * 60 * 1_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().replace(/\.\d+/, '');
const online = { kind: 'online', url: 'https://meet.example.com/secret-meeting' } as const;

/** The entries of a feed; expects 200 with the headers of a calendar. */
function entriesIn({ status, headers, text }: TestResponse) {
  expect({ status, type: headers['content-type'], caching: headers['cache-control'] }).toEqual({
    status: 200,
    type: 'text/calendar; charset=utf-8',
    caching: 'private, max-age=900',
  });
  return entriesOf(text);
}

describe.each(transports)('getCalendar (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  /** Writes events of an organizer whom no other test knows. */
  async function eventsOf(...records: readonly Partial<EventRecord>[]): Promise<string> {
    const organizerId = newPerson();
    await seed(
      api.tables,
      records.map((record) => recordOf({ organizerId, ...record })),
    );
    return organizerId;
  }

  const namesIn = async (feed: Parameters<typeof getFeed>[1]) =>
    entriesIn(await getFeed(api, feed)).map(({ summary }) => summary);

  describe('of the published events of an organizer', () => {
    it('has the published and the cancelled ones of the last 30 days and of the future, by start', async () => {
      const organizerId = await eventsOf(
        { name: 'Next', startsAt: inDays(1), endsAt: inDays(2) },
        { name: 'Draft', status: 'draft', startsAt: inDays(1), endsAt: inDays(2) },
        { name: 'Running', startsAt: inDays(-3), endsAt: inDays(1) },
        { name: 'Recent', startsAt: inDays(-29), endsAt: inDays(-28) },
        { name: 'Past', startsAt: inDays(-40), endsAt: inDays(-31) },
        { name: 'Off', status: 'cancelled', startsAt: inDays(2), endsAt: inDays(3) },
        { name: 'Was off', status: 'cancelled', startsAt: inDays(-3), endsAt: inDays(-2) },
        { name: 'Unlisted', visibility: 'unlisted', startsAt: inDays(1), endsAt: inDays(2) },
        {
          name: 'Unlisted and off',
          status: 'cancelled',
          visibility: 'unlisted',
          startsAt: inDays(1),
          endsAt: inDays(2),
        },
        { name: 'Public', visibility: 'public', startsAt: inDays(4), endsAt: inDays(5) },
      );
      const feed = await newFeed(api, newPerson(), publishedBy(organizerId));
      const entries = entriesIn(await getFeed(api, feed));
      expect(entries.map(({ summary, status }) => [summary, status])).toEqual([
        ['Recent', 'CONFIRMED'],
        ['Running', 'CONFIRMED'],
        ['Next', 'CONFIRMED'],
        ['Cancelled: Off', 'CANCELLED'],
        ['Public', 'CONFIRMED'],
      ]);
    });

    it('has the name of the feed, and no file name', async () => {
      const created = await createFeed(api, newPerson(), {
        source: publishedBy(newPerson()),
        name: 'Konzerte; "live"',
      });
      const response = await getFeed(api, created.body as { calendarFile: string });
      expect(readCalendar(response.text)).toEqual({ name: 'Konzerte; "live"', entries: [] });
      expect(response.headers).not.toHaveProperty('content-disposition');
    });

    it('never has the URL of a meeting, not even for the organizer', async () => {
      await published(api, { ...concert, location: online });
      const feed = await newFeed(api, 'organizer');
      const response = await getFeed(api, feed);
      expect(entriesIn(response).some(({ location }) => location === 'Online')).toBe(true);
      expect(response.text).not.toContain('secret-meeting');
      await deleteFeed(api, 'organizer', feed.feedId);
    });

    it('has the own events of the one who created it with `me`', async () => {
      const event = await published(api, { ...concert, name: 'My own event' });
      const feed = await newFeed(api, 'organizer');
      expect(feed.source).toEqual({ kind: 'published-by', organizerId: testUsers.organizer });
      expect(entriesIn(await getFeed(api, feed)).map(({ uid }) => uid)).toContain(event.eventId);
      await deleteFeed(api, 'organizer', feed.feedId);
    });

    inFull(
      'has up to 500 events, the earliest',
      async () => {
        const starts = Array.from({ length: 502 }, (_, index) => ({
          startsAt: inDays(index + 1),
          name: `Event ${index}`,
        }));
        const feed = await newFeed(api, newPerson(), publishedBy(await eventsOf(...starts)));
        const names = await namesIn(feed);
        expect(names).toHaveLength(500);
        expect([names[0], names.at(-1)]).toEqual(['Event 0', 'Event 499']);
      },
      60_000,
    );

    inFull(
      'has fewer events if they are long, so that a function can return it',
      async () => {
        const description = '\\'.repeat(1_000);
        const image = `https://pictures.example.com/${'a'.repeat(1_990)}`;
        const location = { kind: 'venue', name: '\\'.repeat(100), address: '\\'.repeat(300) } as const;
        const long = Array.from({ length: 500 }, (_, index) => ({
          startsAt: inDays(index + 1),
          name: `Event ${index}`,
          description,
          location,
          imageUrl: image,
          tags: Array.from({ length: 10 }, (_, tag) => `${tag}${'\\'.repeat(49)}`),
          cancellation: { at: inDays(0), reason: '\\'.repeat(500) },
        }));
        const feed = await newFeed(api, newPerson(), publishedBy(await eventsOf(...long)));
        const { status, text } = await getFeed(api, feed);
        expect(status).toBe(200);
        expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(6 * 1024 * 1024);
        expect(Buffer.byteLength(text)).toBeLessThan(3_001_000);
        expect(readCalendar(text).entries.length).toBeGreaterThan(300);
      },
      60_000,
    );
  });

  describe('of the own registrations', () => {
    it('has those with a seat, with the meeting, and those on the waitlist, without it', async () => {
      const [person, first] = [newPerson(), newPerson()];
      const seat = await published(api, { ...concert, name: 'With a seat', location: online });
      const full = await published(api, { ...concert, name: 'Waiting', location: online, capacity: 1 });
      await join(api, seat, person);
      await join(api, full, first);
      await join(api, full, person);
      const feed = await newFeed(api, person, myRegistrations);
      const entries = entriesIn(await getFeed(api, feed));
      const shown = entries.map(({ summary, status, location, conference }) => ({
        summary,
        status,
        location,
        conference,
      }));
      expect(shown.sort((one, other) => (String(one.summary) < String(other.summary) ? -1 : 1))).toEqual([
        { summary: 'Waiting', status: 'TENTATIVE', location: 'Online', conference: undefined },
        { summary: 'With a seat', status: 'CONFIRMED', location: online.url, conference: online.url },
      ]);

      const before = entries.find(({ summary }) => summary === 'Waiting');
      await leave(api, full, first);
      const after = entriesIn(await getFeed(api, feed)).find(({ summary }) => summary === 'Waiting');
      expect(after).toMatchObject({ status: 'CONFIRMED', conference: online.url });
      // Apps replace an entry only by one with a greater number.
      expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
    });

    it('has no registration that is cancelled, nor those of other people', async () => {
      const [person, other] = [newPerson(), newPerson()];
      const [left, removed, kept] = [await published(api), await published(api), await published(api)];
      for (const event of [left, removed, kept]) await join(api, event, person);
      await join(api, await published(api), other);
      const feed = await newFeed(api, person, myRegistrations);
      expect(await namesIn(feed)).toHaveLength(3);
      await leave(api, left, person);
      expect((await callAs(api, 'organizer', 'cancelRegistration', removed, { number: 1 })).status).toBe(200);
      expect(entriesIn(await getFeed(api, feed)).map(({ uid }) => uid)).toEqual([kept.eventId]);
      await callAs(api, person, 'deleteMyRegistration', kept);
      expect(await namesIn(feed)).toEqual([]);
    });

    it('keeps an event that is cancelled, marked as such', async () => {
      const person = newPerson();
      const event = await published(api);
      await join(api, event, person);
      const feed = await newFeed(api, person, myRegistrations);
      await succeed(api, 'cancelEvent', event, { body: { reason: 'A storm is coming.' } });
      expect(entriesIn(await getFeed(api, feed))).toEqual([
        expect.objectContaining({
          uid: event.eventId,
          status: 'CANCELLED',
          summary: 'Cancelled: Riverside Jazz Night',
          description: 'A storm is coming.\n\nThree bands, one stage, and the river.',
        }),
      ]);
    });
  });

  it('is the same, byte for byte, until something changes', async () => {
    const feed = await newFeed(api, 'organizer');
    await published(api);
    const [one, other] = [await getFeed(api, feed), await getFeed(api, feed)];
    expect([other.text, other.headers['etag']]).toEqual([one.text, one.headers['etag']]);
    expect(one.headers['etag']).toMatch(/^"[\w-]{22}"$/);
    await published(api);
    const changed = await getFeed(api, feed);
    expect(changed.headers['etag']).not.toBe(one.headers['etag']);
    await deleteFeed(api, 'organizer', feed.feedId);
  });

  it('is sent again to those who have it, as soon as a seat changes it', async () => {
    const [person, first] = [newPerson(), newPerson()];
    const event = await published(api, { ...concert, location: online, capacity: 1 });
    for (const one of [first, person]) await join(api, event, one);
    const feed = await newFeed(api, person, myRegistrations);
    const known = { 'If-None-Match': (await getFeed(api, feed)).headers['etag'] ?? '' };
    expect((await getFeed(api, feed, known)).status).toBe(304);
    await leave(api, event, first);
    expect(entriesIn(await getFeed(api, feed, known))).toEqual([expect.objectContaining({ conference: online.url })]);
  });

  it('has no line that a text adds, not even one that was stored without validation', async () => {
    const added =
      'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTENDEE:mailto:x@example.com\rX-A:1\u2028X-B:2\u0085X-C;:,\\\0\u001b';
    const organizerId = await eventsOf({
      name: added,
      description: added,
      startsAt: inDays(1),
      endsAt: inDays(2),
      imageUrl: `https://pictures.example.com/${added}`,
      location: { kind: 'hybrid', name: added, address: added, url: `https://meet.example.com/${added}` },
      tags: [added, ','],
      cancellation: { at: inDays(0), reason: added },
    });
    const calendarFile = `${'I'.repeat(43)}.ics`;
    const source = publishedBy(organizerId);
    const feed = { userId: organizerId, source, name: added, fileDigest: digestOf(calendarFile) };
    await seedFeed(api.tables, feed);
    const { text } = await getFeed(api, { calendarFile });
    const lines = text.replaceAll('\r\n ', '').split('\r\n');
    expect(lines.map((line) => /^[A-Z-]*/.exec(line)?.[0])).toEqual([
      ...['BEGIN', 'VERSION', 'PRODID', 'NAME', 'X-WR-CALNAME', 'REFRESH-INTERVAL', 'X-PUBLISHED-TTL'],
      ...['BEGIN', 'UID', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'DTSTART', 'DTEND', 'SUMMARY', 'STATUS'],
      ...['LOCATION', 'DESCRIPTION', 'IMAGE', 'CATEGORIES', 'END', 'END', ''],
    ]);
    expect(lines.join('')).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
    expect(readCalendar(text).entries).toHaveLength(1);
  });

  it('returns 304 without a body to those who have the calendar', async () => {
    const feed = await newFeed(api, newPerson());
    const { etag = '' } = (await getFeed(api, feed)).headers;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers } = await getFeed(api, feed, { 'If-None-Match': known });
      expect({ status, text, etag: headers['etag'], caching: headers['cache-control'] }).toEqual({
        status: 304,
        text: '',
        etag,
        caching: 'private, max-age=900',
      });
    }
    for (const unknown of ['"other"', etag.slice(1, -1), 'W/"x"'])
      expect((await getFeed(api, feed, { 'If-None-Match': unknown })).status).toBe(200);
  });

  it('returns the headers to HEAD', async () => {
    const feed = await newFeed(api, newPerson());
    const whole = await getFeed(api, feed);
    const { status, headers, text } = await api.send({ method: 'HEAD', path: `/calendars/${feed.calendarFile}` });
    expect([status, text, headers['etag'], headers['content-type']]).toEqual([
      200,
      '',
      whole.headers['etag'],
      whole.headers['content-type'],
    ]);
  });

  it('needs no token, and reads none', async () => {
    const feed = await newFeed(api, newPerson());
    const whole = await getFeed(api, feed);
    for (const authorization of ['Bearer nonsense', (await tokenOf(api, newPerson())).authorization])
      expect((await getFeed(api, feed, { authorization })).text).toBe(whole.text);
  });

  it('returns 404 for a name that no feed has, however similar', async () => {
    const { calendarFile } = await newFeed(api, newPerson());
    const name = calendarFile.slice(0, -'.ics'.length);
    const otherEnd = (end: string) => `${name.slice(0, -1)}${end}`;
    // The last character has two bits that a decoder would ignore.
    const similar = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(otherEnd).filter((one) => one !== name);
    const otherCase = name.replace(/[A-Za-z]/, (one) => (/[A-Z]/.test(one) ? one.toLowerCase() : one.toUpperCase()));
    for (const one of [...similar.slice(0, 5), otherCase, digestOf(calendarFile), 'A'.repeat(43)])
      expectProblem(await getFeed(api, { calendarFile: `${one}.ics` }), 'calendar-not-found');
  });

  it('returns 404 as soon as the feed is deleted', async () => {
    const person = newPerson();
    const feed = await newFeed(api, person);
    expect((await getFeed(api, feed)).status).toBe(200);
    expect((await deleteFeed(api, person, feed.feedId)).status).toBe(204);
    const gone = await getFeed(api, feed, { 'If-None-Match': '*' });
    expectProblem(gone, 'calendar-not-found');
    expect(gone.headers['cache-control']).toBe('no-store');
    expect(await feedsOf(api, person)).toEqual([]);
  });

  it.each(['x.ics', 'A'.repeat(43), `${'A'.repeat(43)}.ICS`, `${'A'.repeat(42)}+.ics`, `${'A'.repeat(44)}.ics`])(
    'rejects the name %s',
    async (calendarFile) => {
      const response = await getFeed(api, { calendarFile });
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    },
  );

  it('leaves no secret in the log', async () => {
    api.log.splice(0);
    const person = newPerson();
    const created = await createFeed(
      api,
      person,
      { source: myRegistrations },
      { 'Idempotency-Key': 'key-of-the-feed' },
    );
    const { calendarFile, feedId } = created.body as { calendarFile: string; feedId: string };
    const name = calendarFile.slice(0, -'.ics'.length);
    const { headers } = await getFeed(api, { calendarFile });
    await getFeed(api, { calendarFile }, { 'If-None-Match': headers['etag'] ?? '' });
    await getFeed(api, { calendarFile: `${name}x.ics` });
    await api.send({ path: `/calendars/${calendarFile}?unknown=${calendarFile}` });
    await api.send({ path: `/calendars/${calendarFile}/more` });
    await api.send({ method: 'POST', path: `/calendars/${calendarFile}` });
    await deleteFeed(api, person, feedId);
    await getFeed(api, { calendarFile });
    expect(api.log.map(({ status }) => status)).toEqual([201, 200, 304, 400, 400, 404, 405, 204, 404]);
    const log = JSON.stringify(api.log);
    for (const secret of [name, name.slice(0, 10), digestOf(calendarFile), 'key-of-the-feed'])
      expect(log).not.toContain(secret);
  });

  it('leaves no secret in the log of a request that fails', async () => {
    const name = 'S'.repeat(43);
    const app = await startTestApp({ handlers: { getCalendar: () => Promise.reject(new Error('inside')) } });
    try {
      const { status, text } = await app.send(`/calendars/${name}.ics`);
      expect({ status, text }).toEqual({ status: 500, text: expect.not.stringContaining(name) });
      expect(app.log.map(({ level }) => level)).toContain('error');
      expect(JSON.stringify(app.log)).not.toContain(name);
    } finally {
      await app.stop();
    }
  });

  it('leaves no secret in a problem', async () => {
    const { calendarFile } = await newFeed(api, newPerson());
    const name = calendarFile.slice(0, -'.ics'.length);
    for (const path of [`/calendars/${name}x.ics`, `/calendars/${calendarFile}?a=b`, `/calendars/${calendarFile}/x`]) {
      const { status, text, headers } = await api.send({ path });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text + JSON.stringify(headers)).not.toContain(name.slice(0, 10));
    }
  });

  it('shows the event as its own calendar does', async () => {
    const event = await published(api);
    const feed = await newFeed(api, 'organizer');
    const [own] = entriesOf((await call(api, 'getEventCalendar', event.eventId, { as: 'attendee' })).text);
    expect(entriesIn(await getFeed(api, feed)).filter(({ uid }) => uid === event.eventId)).toEqual([own]);
    await deleteFeed(api, 'organizer', feed.feedId);
  });

  it('of a published event that becomes a draft again loses it', async () => {
    const event = await published(api, { ...concert, name: 'Comes and goes' });
    const feed = await newFeed(api, 'organizer');
    expect(await namesIn(feed)).toContain('Comes and goes');
    await succeed(api, 'unpublishEvent', event);
    expect(await namesIn(feed)).not.toContain('Comes and goes');
    for (const make of [draft, cancelled]) await make(api);
    await deleteFeed(api, 'organizer', feed.feedId);
  });
});
