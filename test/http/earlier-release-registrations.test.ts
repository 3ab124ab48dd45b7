/**
 * What outlives a release of registrations: their items, the numbers that keys name, fingerprints, cursors and, above all, the codes of
 * tickets, which people have printed. As in earlier-release.test.ts, version 0.1.0 wrote the values below, and they never change.
 */
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, read } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, mira, own, registrationFrom } from '../support/registrations.ts';

const eventId = '13cff6ad-d544-576c-afa1-c2b21b6eefc2';
const eventKey = 'release-0.1/r';
const walkInKey = 'release-0.1/w';
const attendeeId = '33333333-3333-4333-8333-333333333333';
const rivalId = '22222222-2222-4222-8222-222222222222';
const scanId = '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924';
const jonas = { name: 'Jonas Weber' };

const code = 'ARPP9q3VRFdsr6HCshtu78IAAAABjuSQPT4cBx2x5HKp';
const codeDigest = 'JZXscLOK9fVzPDjw-JiZ3rqSziBfADzDcJmJOKC4B0c';
const registered = { registeredAt: '2026-11-28T22:07:16Z', updatedAt: '2026-11-28T22:07:16Z' };

const first = {
  scope: eventId,
  number: 1,
  userId: attendeeId,
  registeredAtId: `2026-11-28T22:07:16Z#${eventId}#1`,
  ...mira,
  secret: 'juSQPT4cBx2x5HKp',
  ...registered,
  revision: 1,
  nonce: '411d5d106607',
  requestId: '7fe7a6b4-35b7-4b66-b357-747d06bb0740',
  scans: {
    [scanId]: { outcome: 'checked-in', scannedAt: '2026-11-28T22:07:16Z', receivedAt: '2026-11-28T22:07:17Z' },
  },
  scanCount: 1,
  scanRevision: 1,
  checkedInAt: '2026-11-28T22:07:16Z',
};

const walkIn = {
  scope: eventId,
  number: 2,
  ...jonas,
  secret: '7fZX5edozSshmZ54',
  ...registered,
  revision: 1,
  nonce: '18ec16ac75bf',
  requestId: '504ec69c-7f87-468c-a0f3-39e98aed26fa',
  fingerprint: 'Ow63R4gHLrqckkLGvC3gTqSHzDb-oXDqgaoouUX8LOg',
};

const cancelled = {
  scope: eventId,
  number: 3,
  userId: rivalId,
  registeredAtId: `2026-11-28T22:07:16Z#${eventId}#3`,
  name: 'Rita Rival',
  codeDigest: 'sZM98j_KaYSjk4sRSpB7G8Ilre7PvTAx0yIjDk0Zsdk',
  ...registered,
  revision: 2,
  nonce: 'c68fed1c2043',
  requestId: 'e199994d-b390-4dd0-9457-384e8642de71',
  cancellation: { at: '2026-11-28T22:07:18Z', by: 'attendee', reason: 'Ill' },
  toSettle: true,
};

const others = [
  { scope: `${eventId}/attendee/${attendeeId}`, number: 0, latest: 1, numbers: new Set([1]) },
  { scope: `${eventId}/attendee/${rivalId}`, number: 0, latest: 3, numbers: new Set([3]) },
  { scope: `${eventId}/key/3633fea1-e186-58c6-9dda-dc10fe32adf1`, number: 0, latest: 2 },
  { scope: `${eventId}/check-ins`, number: 1, checkedIn: 1 },
];

const seats = {
  scope: `${eventId}/seats`,
  number: 0,
  lastNumber: 3,
  lastNumberAt: '2026-11-28T22:07:17Z',
  lastMark: '87def560-03c0-49cb-a900-21f98652aee7',
  lookedAt: '2026-11-28T22:07:17Z',
  confirmedUpTo: 2,
  released: 0,
  withdrawn: 1,
  reclaimedUpTo: 2,
  waitlist: true,
  accepting: true,
  closesAt: '2030-06-21T22:00:00Z',
};

/** The cursors of the second pages of lists with `limit=1`. */
const cursors = {
  json: 'WzEsIlEwT2hEUHhTa2pGNWxqOUsiLCIyMDI2LTExLTI4VDIyOjA3OjE4WiIsIjEiXQ',
  csv: 'WzEsInZXb2VYVHhQbTlpY3NaMVgiLCIyMDI2LTExLTI4VDIyOjA3OjE5WiIsIjEiXQ',
  own: 'WzEsIlJCTnZvMVd6WjRvUlJxMFciLCIyMDI2LTExLTI4VDIyOjA3OjE5WiIsIjIwMjYtMTEtMjhUMjI6MDc6MTZaIzEzY2ZmNmFkLWQ1NDQtNTc2Yy1hZmExLWMyYjIxYjZlZWZjMiMxIl0',
};

const [transport = 'socket'] = transports;
const event = { eventId };

const createEvent = (api: TestApi) =>
  call(api, 'createEvent', undefined, {
    body: { ...concert, capacity: 2 },
    headers: { 'Idempotency-Key': eventKey },
  });
const createWalkIn = (api: TestApi, body: object = jonas) =>
  callAs(api, 'organizer', 'createRegistration', event, { body, headers: { 'Idempotency-Key': walkInKey } });
const scan = (api: TestApi, id: string) =>
  callAs(api, 'organizer', 'createCheckIns', event, {
    body: { scans: [{ scanId: id, code, scannedAt: '2026-01-01T00:00:00Z' }] },
  });

describe('the registrations that version 0.1.0 has written', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
    await createEvent(api);
    await call(api, 'publishEvent', eventId);
    const documents = DynamoDBDocumentClient.from(api.tables.client);
    for (const item of [first, walkIn, cancelled, ...others, seats])
      await documents.send(new PutCommand({ TableName: api.tables.tableNames.registrations, Item: item }));
  });
  afterAll(() => api.stop());

  it('are of the users of the tests', () => {
    expect(testUsers).toMatchObject({ attendee: attendeeId, rival: rivalId });
  });

  it('are shown with their tickets and their counts', async () => {
    expect(await own(api, event, 'attendee')).toMatchObject({ number: 1, status: 'confirmed', code, ...mira });
    expect(await registrationFrom(callAs(api, 'organizer', 'getRegistration', event, { number: 1 }))).toMatchObject({
      etag: '"1-411d5d106607"',
      codeDigest,
    });
    expect(await own(api, event, 'rival')).toMatchObject({ number: 3, status: 'cancelled' });
    expect(await read(api, event)).toMatchObject({ registeredCount: 2, seatsLeft: 0, checkedInCount: 1 });
  });

  it('are on the next pages for cursors of that version', async () => {
    const json = await callAs(api, 'organizer', 'listRegistrations', event, {
      query: `limit=1&cursor=${cursors.json}`,
    });
    expect(json).toMatchObject({ status: 200, body: { items: [{ number: 2 }] } });
    const csv = await callAs(api, 'organizer', 'listRegistrations', event, {
      query: `limit=1&order=asc&cursor=${cursors.csv}`,
      headers: { accept: 'text/csv' },
    });
    expect(csv.text).toMatch(/^"2","confirmed","Jonas Weber"/);
    const mine = await callAs(api, 'attendee', 'listMyRegistrations', undefined, {
      query: `limit=1&cursor=${cursors.own}`,
    });
    expect(mine).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('are returned to a retry with its key and its body', async () => {
    expect(await createWalkIn(api)).toMatchObject({
      status: 201,
      headers: { 'idempotency-replayed': 'true' },
      body: { number: 2, name: jonas.name },
    });
    expectProblem(await createWalkIn(api, { name: 'Jonas' }), 'idempotency-key-reused');
  });

  it('are checked in with the tickets of that version, and recognize its scans', async () => {
    expect((await scan(api, scanId)).body).toMatchObject({ outcomes: [{ outcome: 'checked-in' }] });
    expect((await scan(api, '0d7e35a9-61bc-4f28-b7d4-2c9a80f1e653')).body).toMatchObject({
      outcomes: [{ outcome: 'already-checked-in', number: 1, checkedInAt: first.checkedInAt }],
    });
  });
});

describe('the registrations that this version writes', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const varying = {
    registeredAt: anyTime,
    updatedAt: anyTime,
    nonce: expect.stringMatching(/^[0-9a-f]{12}$/),
    requestId: expect.any(String),
  };

  it('are what version 0.1.0 wrote for the same requests', async () => {
    await createEvent(api);
    await call(api, 'publishEvent', eventId);
    const { body: created } = await callAs(api, 'attendee', 'registerForEvent', event, { body: mira });
    await createWalkIn(api);
    await callAs(api, 'organizer', 'createCheckIns', event, {
      body: { scans: [{ scanId, code: (created as { code: string }).code, scannedAt: '2026-01-01T00:00:00Z' }] },
    });
    await callAs(api, 'rival', 'registerForEvent', event, { body: { name: cancelled.name } });
    await callAs(api, 'rival', 'cancelMyRegistration', event, { body: { reason: 'Ill' } });

    const documents = DynamoDBDocumentClient.from(api.tables.client);
    const { Items: items = [] } = await documents.send(
      new ScanCommand({ TableName: api.tables.tableNames.registrations }),
    );
    const sorted = (all: readonly object[]) =>
      (all as { scope: string; number: number }[]).toSorted((one, other) =>
        `${one.scope}#${one.number}` < `${other.scope}#${other.number}` ? -1 : 1,
      );
    const secret = expect.stringMatching(/^[\w-]{16}$/);
    const registeredAtId = (number: number) => expect.stringMatching(new RegExp(`^2\\d{3}-.*Z#${eventId}#${number}$`));
    expect(sorted(items)).toEqual(
      sorted([
        {
          ...first,
          ...varying,
          secret,
          registeredAtId: registeredAtId(1),
          checkedInAt: anyTime,
          scans: { [scanId]: { outcome: 'checked-in', scannedAt: anyTime, receivedAt: anyTime } },
        },
        { ...walkIn, ...varying, secret },
        {
          ...cancelled,
          ...varying,
          registeredAtId: registeredAtId(3),
          codeDigest: expect.stringMatching(/^[\w-]{43}$/),
          cancellation: { ...cancelled.cancellation, at: anyTime },
        },
        ...others,
        { ...seats, lastNumberAt: anyTime, lastMark: expect.any(String), lookedAt: anyTime },
      ]),
    );
  });
});
