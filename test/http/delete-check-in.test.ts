import { randomUUID } from 'node:crypto';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { published } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  checkedInCount,
  checkIn,
  join,
  leave,
  newPerson,
  numbered,
  own,
  registrationsOf,
  scanOf,
  undo,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';

describe.each(transports)('deleteCheckIn (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  async function attended() {
    const event = await published(api);
    const person = newPerson();
    const { code = '', number } = await join(api, event, person);
    return { event, person, code, number };
  }

  it('undoes the only scan: the person is not checked in any more', async () => {
    const { event, person, code, number } = await attended();
    const before = await numbered(api, event, number);
    const scan = scanOf({ code });
    await checkIn(api, event, scan);
    const response = await undo(api, event, number, scan);
    expect(response).toMatchObject({ status: 204, text: '', headers: { 'cache-control': 'no-store' } });
    expect(await numbered(api, event, number)).toEqual(before);
    expect(await own(api, event, person)).not.toHaveProperty('checkedInAt');
    expect(await checkedInCount(api, event)).toBe(0);
  });

  it('leaves the person checked in while a scan is left, from the earliest of them', async () => {
    const { event, number } = await attended();
    api.advance(120_000);
    const at = (seconds: number) => new Date(Date.now() + 120_000 - seconds * 1_000).toISOString();
    const scans = [30, 90, 60].map((seconds) => scanOf({ number, scannedAt: at(seconds) }));
    await checkIn(api, event, ...scans);
    const [last, first, middle] = scans as [(typeof scans)[0], (typeof scans)[0], (typeof scans)[0]];
    const second = (scannedAt: string) => `${scannedAt.slice(0, 19)}Z`;
    expect(await numbered(api, event, number)).toMatchObject({ checkedInAt: second(first.scannedAt), scanCount: 3 });
    expect((await undo(api, event, number, first)).status).toBe(204);
    expect(await numbered(api, event, number)).toMatchObject({ checkedInAt: second(middle.scannedAt), scanCount: 2 });
    expect((await undo(api, event, number, middle)).status).toBe(204);
    expect(await numbered(api, event, number)).toMatchObject({ checkedInAt: second(last.scannedAt), scanCount: 1 });
    expect(await checkedInCount(api, event)).toBe(1);
    expect((await undo(api, event, number, last)).status).toBe(204);
    expect(await checkedInCount(api, event)).toBe(0);
  });

  it('changes nothing when it is repeated', async () => {
    const { event, number } = await attended();
    const [one, other] = [scanOf({ number }), scanOf({ number })];
    await checkIn(api, event, one, other);
    for (let again = 0; again < 3; again += 1) expect((await undo(api, event, number, one)).status).toBe(204);
    expect(await numbered(api, event, number)).toMatchObject({ scanCount: 1 });
    expect(await checkedInCount(api, event)).toBe(1);
  });

  it('undoes a scan of a cancelled registration that was admitted', async () => {
    const { event, person, code, number } = await attended();
    await leave(api, event, person);
    const scan = scanOf({ code, admitted: true });
    expect(await checkIn(api, event, scan)).toMatchObject([{ outcome: 'cancelled' }]);
    expect(await checkedInCount(api, event)).toBe(1);
    expect((await undo(api, event, number, scan)).status).toBe(204);
    expect(await numbered(api, event, number)).not.toHaveProperty('checkedInAt');
    expect(await checkedInCount(api, event)).toBe(0);
  });

  it('is 404 for scans, registrations and events that do not exist', async () => {
    const { event, number } = await attended();
    const scan = scanOf({ number });
    expectProblem(await undo(api, event, number, scan), 'check-in-not-found');
    await checkIn(api, event, scan);
    await join(api, event);
    expectProblem(await undo(api, event, number + 1, scan), 'check-in-not-found');
    expectProblem(await undo(api, event, number + 2, scan), 'registration-not-found');
    expectProblem(await undo(api, { eventId: nonexistentEventId }, number, scan), 'event-not-found');
    const byRival = await callAs(api, 'rival', 'deleteCheckIn', event, { number, scanId: scan.scanId });
    expectProblem(byRival, 'not-event-organizer');
    expectProblem(
      await callAs(api, 'organizer', 'deleteCheckIn', event, { number, scanId: randomUUID().toUpperCase() }),
      'invalid-request',
      { errors: [['scanId', 'invalid-format']] },
    );
    expect(await checkedInCount(api, event)).toBe(1);
  });

  it.each([
    ['true', [1, 3]],
    ['false', [2, 4]],
  ])('listRegistrations with checkedIn=%s returns numbers %j, page after page', async (checkedIn, numbers) => {
    const event = await published(api);
    for (let index = 0; index < 4; index += 1) await join(api, event);
    const undone = scanOf({ number: 4 });
    await checkIn(api, event, scanOf({ number: 1 }), scanOf({ number: 3 }), undone);
    await undo(api, event, 4, undone);
    const query = `checkedIn=${checkedIn}&limit=1`;
    const seen: number[] = [];
    let first: string | undefined;
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page = await registrationsOf(api, event, cursor === '' ? query : `${query}&cursor=${cursor}`);
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor;
      first ??= cursor;
    }
    expect(seen).toEqual(numbers);
    const other = `checkedIn=${checkedIn === 'true' ? 'false' : 'true'}&limit=1&cursor=${first}`;
    expectProblem(await callAs(api, 'organizer', 'listRegistrations', event, { query: other }), 'invalid-cursor');
  });

  it.each(['yes', '1', 'TRUE', ''])('listRegistrations rejects checkedIn=%s', async (value) => {
    const { event } = await attended();
    const query = `checkedIn=${value}`;
    const response = await callAs(api, 'organizer', 'listRegistrations', event, { query });
    expectProblem(response, 'invalid-request', { errors: [['checkedIn', 'invalid-type']] });
  });
});
