import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { getPages, idsOf } from '../support/pages.ts';
import { sampled } from '../support/sample.ts';
import { recordOf, seed, sortKeyOf } from '../support/seed.ts';

/** Most events start at the same time, some shortly before or after it. */
const starts = [
  '2030-06-21T18:00:00Z',
  '2030-06-21T18:00:00Z',
  '2030-06-21T18:00:00Z',
  '2030-06-21T17:59:59Z',
  '2030-06-21T18:00:01Z',
];
const startOf = (index: number) => starts[index % starts.length] as string;

describe.each(transports)('a list that is read during writes (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  /** Creates and publishes events, and deletes or unpublishes some, until `isOver`; calls `changed` after each. */
  async function churn(writer: number, isOver: () => boolean, changed: () => void): Promise<void> {
    for (let turn = writer; !isOver(); turn += 1) {
      const startsAt = startOf(turn);
      const { location } = recordOf();
      const body = {
        name: `Transient ${turn}`,
        startsAt,
        endsAt: '2030-06-22T00:00:00Z',
        timeZone: 'UTC',
        location,
        tags: ['transient', 'music'],
      };
      const created = await api.send({ method: 'POST', path: '/events', body, as: 'rival' });
      const path = `/events/${created.body.eventId}`;
      const published = await api.send({ method: 'POST', path: `${path}/publish`, as: 'rival' });
      expect([created.status, published.status]).toEqual([201, 200]);
      if (turn % 3 === 0) expect((await api.send({ method: 'DELETE', path, as: 'rival' })).status).toBe(204);
      if (turn % 3 === 1)
        expect((await api.send({ method: 'POST', path: `${path}/unpublish`, as: 'rival' })).status).toBe(200);
      changed();
    }
  }

  const lists = [
    [{ limit: 4 }, 'asc'],
    [{ limit: 7 }, 'desc'],
    [{ limit: 6, tag: 'music' }, 'asc'],
    [{ limit: 5, tag: 'resident' }, 'desc'],
  ] as const;
  it.each(sampled(lists))('shows each event that exists throughout exactly once (%j, %s)', async (query, order) => {
    const residents = Array.from({ length: 40 }, (_, index) =>
      recordOf({ organizerId: `resident-${randomUUID()}`, startsAt: startOf(index), tags: ['resident', 'music'] }),
    );
    await seed(api.tables, residents);
    let over = false;
    let changes = 0;
    const anotherChange = async () => {
      for (const before = changes; changes === before && !over;) await sleep(1);
    };
    const churning = Promise.all(
      [0, 1, 2, 3].map((writer) =>
        churn(
          writer,
          () => over,
          () => (changes += 1),
        ),
      ),
    ).finally(() => (over = true));
    const pages = await getPages(
      api,
      { ...query, order, startsFrom: '2030-06-21T00:00:00Z' },
      'attendee',
      anotherChange,
    ).finally(() => (over = true));
    await churning;

    const ids = idsOf(pages);
    const own = new Set(residents.map(({ eventId }) => eventId));
    const keys = residents.map(sortKeyOf).sort();
    const expected = (order === 'asc' ? keys : keys.reverse()).map((key) => key.slice(key.indexOf('#') + 1));
    expect(ids.filter((id) => own.has(id))).toEqual(expected);
    expect(new Set(ids).size).toBe(ids.length);
    expect(changes).toBeGreaterThanOrEqual(pages.length - 1);
    await seed(
      api.tables,
      residents.map((one) => ({ ...one, status: 'draft' as const })),
    );
  });
});
