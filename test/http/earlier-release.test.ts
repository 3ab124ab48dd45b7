/**
 * What outlives a release: items in the table, ids and fingerprints that follow from requests, cursors and ETags. Version 0.1.0 wrote the
 * values below. They never change: while a release replaces another one, both read what either has written, and clients send their keys,
 * cursors and ETags again.
 */
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, nextYear } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';

const organizerId = '11111111-1111-4111-8111-111111111111';
const venue = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' };
const content = {
  name: 'Riverside Jazz Night',
  description: 'Three bands, one stage, and the river.',
  imageUrl: 'https://pictures.example.com/riverside.jpg',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: venue,
  capacity: 400,
  tags: ['music', 'jazz'],
};
const created = {
  createdAt: '2026-11-28T15:18:31Z',
  updatedAt: '2026-11-28T15:18:31Z',
  registeredCount: 0,
  organizerId,
};

/** The times with other offsets and fractions: the same instants, but another request. */
const otherSpelling = { ...concert, startsAt: '2030-06-21T20:00:00.5+02:00' };

/** An event that version 0.1.0 created with a key, with its item. */
const draft = {
  key: 'release-0.1/a',
  item: {
    ...content,
    ...created,
    eventId: 'cff1c5f3-74f7-5555-b6f9-bb9857170126',
    startsAtId: '2030-06-21T18:00:00Z#cff1c5f3-74f7-5555-b6f9-bb9857170126',
    status: 'draft',
    revision: 1,
    nonce: '7e6414c13220',
    fingerprint: '_GK-4AMWnGpkI6mhHR1e7Ov8MCKaMfpd9hhMPwG3qXo',
    requestId: '0ae222a2-ff1a-4b30-951a-3c63238cef49',
  },
};

const published = {
  key: 'release-0.1/b',
  item: {
    ...content,
    ...created,
    eventId: '87b8482a-3f47-5dfd-93af-445b5e5e6079',
    startsAtId: '2030-06-21T18:00:00Z#87b8482a-3f47-5dfd-93af-445b5e5e6079',
    listing: 'published#0',
    publishedBy: organizerId,
    status: 'published',
    revision: 2,
    nonce: '2d5c14e63580',
    fingerprint: '_yXk9XzUtXSofrtfTrjkPZfIfTmu7AM--JsuZWrb1F4',
    requestId: 'ce327086-431c-4b13-9872-e00415308499',
  },
};

/** A duplicate of the draft, cancelled. */
const cancelled = {
  key: 'release-0.1/d',
  item: {
    ...content,
    ...created,
    eventId: '5216a4b8-bbe9-51ef-9606-904f222645bb',
    startsAt: '2031-06-20T18:00:00Z',
    endsAt: '2031-06-20T22:00:00Z',
    startsAtId: '2031-06-20T18:00:00Z#5216a4b8-bbe9-51ef-9606-904f222645bb',
    status: 'cancelled',
    cancellation: { at: '2026-11-28T15:18:32Z', reason: 'A storm is coming.' },
    revision: 3,
    nonce: '5d8d71ed3e5c',
    fingerprint: 'gZbj3Kt7I2aaSbuwrvwPjklqNGphLx4dCul-QLR7ycc',
    requestId: 'f791a303-76d1-4849-b1b5-77fc1c65c3a9',
  },
};

const tombstone = {
  key: 'release-0.1/x',
  item: {
    eventId: '7d433eca-a019-5f38-b113-2659a5fed8c8',
    deletedBy: organizerId,
    deletedAt: '2026-11-28T15:18:32Z',
    // In 2100: the time to live of this tombstone must not pass.
    expiresAt: 4_102_444_800,
    requestId: '6cb9848d-7879-4874-87ac-0939e9450dee',
  },
};

const events = [draft, published, cancelled];

/** The first pages of two lists, with the cursor of the second page. */
const ownList =
  '/events?organizerId=me&startsFrom=2030-01-01T00:00:00Z&status=draft&status=published&order=desc&limit=1';
const ownCursor =
  'WzEsIjctS0E0bDZfWGE0dGdhNzQiLCIyMDI2LTExLTI4VDE1OjE4OjMyWiIsIjIwMzAtMDYtMjFUMTg6MDA6MDBaI2NmZjFjNWYzLTc0ZjctNTU1NS1iNmY5LWJiOTg1NzE3MDEyNiJd';
const publicCursor =
  'WzEsIlhYNTJUZzV1V3FZVTB0bGsiLCIyMDI2LTExLTI4VDE1OjE4OjMyWiIsIjIwMjktMDYtMjFUMTg6MDA6MDBaIzg3Yjg0ODJhLTNmNDctNWRmZC05M2FmLTQ0NWI1ZTVlNjA3OSJd';

const [transport = 'socket'] = transports;
const startApi = () => startTestApi(transport);

const create = (api: TestApi, key: string, body: object) =>
  call(api, 'createEvent', undefined, { body, headers: { 'Idempotency-Key': key } });
const duplicate = (api: TestApi, key: string, eventId: string) =>
  call(api, 'duplicateEvent', eventId, { body: nextYear, headers: { 'Idempotency-Key': key } });
const etagOf = ({ revision, nonce }: { readonly revision: number; readonly nonce: string }) => `"${revision}-${nonce}"`;

describe('what version 0.1.0 has written', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    const documents = DynamoDBDocumentClient.from(api.tables.client);
    for (const { item } of [...events, tombstone])
      await documents.send(new PutCommand({ TableName: api.tables.tableNames.events, Item: item }));
  });
  afterAll(() => api.stop());

  it('belongs to the organizer of the tests', () => {
    expect(testUsers.organizer).toBe(organizerId);
  });

  it.each(events)('is read as an event with its content, its status and its ETag: $item.status', async ({ item }) => {
    const { startsAtId: _a, fingerprint: _b, requestId: _c, revision, nonce, ...stored } = item;
    const { listing: _d, publishedBy: _e, ...members } = { listing: '', publishedBy: '', ...stored };
    const etag = etagOf({ revision, nonce });
    expect(await call(api, 'getEvent', item.eventId)).toMatchObject({
      status: 200,
      headers: { etag },
      body: { ...members, etag, phase: 'upcoming' },
    });
  });

  it('is in the lists', async () => {
    const ids = async (path: string) => {
      const { body } = await api.send({ path, as: 'organizer' });
      return (body as { items: { eventId: string }[] }).items.map(({ eventId }) => eventId);
    };
    expect(await ids('/events')).toEqual([published.item.eventId]);
    expect(await ids(`/events?organizerId=${organizerId}`)).toEqual(
      [published, draft, cancelled].map(({ item }) => item.eventId),
    );
    const { body } = await api.send({ path: `/events?organizerId=${organizerId}`, as: 'rival' });
    expect(body).toMatchObject({ items: [{ eventId: published.item.eventId }] });
  });

  it('is on the next page for a cursor of that version', async () => {
    const own = await api.send({ path: `${ownList}&cursor=${ownCursor}`, as: 'organizer' });
    expect(own).toMatchObject({ status: 200, body: { items: [{ eventId: published.item.eventId }] } });
    const all = await api.send({ path: `/events?limit=1&cursor=${publicCursor}`, as: 'organizer' });
    expect(all).toMatchObject({ status: 200, body: { items: [{ eventId: published.item.eventId }] } });
  });

  it('is returned to a retry with its key and its body', async () => {
    const retries = [
      [draft, await create(api, draft.key, concert)],
      [published, await create(api, published.key, otherSpelling)],
      [cancelled, await duplicate(api, cancelled.key, draft.item.eventId)],
    ] as const;
    for (const [{ item }, response] of retries) {
      expect(response).toMatchObject({
        status: 201,
        headers: { 'idempotency-replayed': 'true', etag: etagOf(item) },
        body: { eventId: item.eventId, status: item.status },
      });
    }
  });

  it('tells a retry from a request with the same key for other times, another spelling of them, or another operation', async () => {
    for (const response of [
      await create(api, draft.key, otherSpelling),
      await create(api, draft.key, { ...concert, ...nextYear }),
      await create(api, cancelled.key, { ...concert, ...nextYear }),
      await duplicate(api, draft.key, draft.item.eventId),
      await duplicate(api, cancelled.key, published.item.eventId),
    ])
      expectProblem(response, 'idempotency-key-reused');
  });

  it('keeps the key of a deleted event consumed', async () => {
    expectProblem(await create(api, tombstone.key, concert), 'idempotency-key-consumed');
    expectProblem(await call(api, 'getEvent', tombstone.item.eventId), 'event-not-found');
  });

  it('can be changed with its ETag', async () => {
    const changed = await call(api, 'updateEvent', published.item.eventId, {
      body: { capacity: 401 },
      ifMatch: etagOf(published.item),
    });
    expect(changed).toMatchObject({ status: 200, headers: { etag: etagOf({ ...published.item, revision: 3 }) } });
  });
});

describe('what this version writes', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const varying = {
    createdAt: anyTime,
    updatedAt: anyTime,
    nonce: expect.stringMatching(/^[0-9a-f]{12}$/),
    requestId: expect.any(String),
  };

  async function itemOf(eventId: string): Promise<unknown> {
    const documents = DynamoDBDocumentClient.from(api.tables.client);
    const key = { TableName: api.tables.tableNames.events, Key: { eventId } };
    return (await documents.send(new GetCommand(key))).Item;
  }

  it('is what version 0.1.0 wrote for the same requests, with the attributes for lists of this version', async () => {
    const searchText = 'riverside jazz night\nharbour stage\nuferstrasse 12, 10115 berlin\n\tmusic\tjazz\t';
    const listed = { listing: 'published#0#4h', publishedBy: `${organizerId} 4h` };
    await create(api, draft.key, concert);
    await create(api, published.key, otherSpelling);
    await duplicate(api, cancelled.key, draft.item.eventId);
    await call(api, 'publishEvent', published.item.eventId);
    await call(api, 'publishEvent', cancelled.item.eventId);
    await call(api, 'cancelEvent', cancelled.item.eventId, { body: { reason: 'A storm is coming.' } });
    await create(api, tombstone.key, concert);
    await call(api, 'deleteEvent', tombstone.item.eventId);

    expect(await itemOf(draft.item.eventId)).toEqual({ ...draft.item, ...varying, searchText });
    expect(await itemOf(published.item.eventId)).toEqual({ ...published.item, ...varying, ...listed, searchText });
    expect(await itemOf(cancelled.item.eventId)).toEqual({
      ...cancelled.item,
      ...varying,
      searchText,
      cancellation: { ...cancelled.item.cancellation, at: anyTime },
    });
    const deleted = (await itemOf(tombstone.item.eventId)) as { deletedAt: string };
    expect(deleted).toEqual({
      ...tombstone.item,
      deletedAt: anyTime,
      expiresAt: Date.parse(deleted.deletedAt) / 1000 + 24 * 60 * 60,
      requestId: expect.any(String),
    });
  });

  it('is a cursor that version 0.1.0 can read', async () => {
    const { body } = await api.send({ path: ownList, as: 'organizer' });
    const parts = (cursor: string) => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const [version, filters, , position] = parts(ownCursor);
    expect(parts((body as { nextCursor: string }).nextCursor)).toEqual([version, filters, anyTime, position]);
  });
});
