import { randomUUID } from 'node:crypto';
import type { FaultCode } from '../../src/contract/generated/types.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { creation, leastEvent, publishedEvent } from '../support/writes.ts';

describe.each(transports)('parameters (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each<[query: string, ...(readonly [string, FaultCode])[]]>([
    ['colour=red', ['colour', 'unknown']],
    ['Limit=5', ['Limit', 'unknown']],
    ['colour', ['colour', 'unknown']],
    ['=5', ['(empty)', 'unknown']],
    ['a[b]=c', ['a[b]', 'unknown']],
    ['status[]=draft', ['status[]', 'unknown']],
    ['limit[$gt]=5', ['limit[$gt]', 'unknown']],
    ['__proto__=1&constructor=2', ['__proto__', 'unknown'], ['constructor', 'unknown']],
    ['%zz=1', ['%zz', 'unknown']],
    ['tag=%', ['tag', 'malformed']],
    ['tag=%zz', ['tag', 'malformed']],
    ['tag=%C3%28', ['tag', 'malformed']],
    ['tag=%ED%A0%80', ['tag', 'malformed']],
    ['tag=%E4', ['tag', 'malformed']],
    [`tag=${'x'.repeat(51)}`, ['tag', 'too-long']],
    ['tag=', ['tag', 'too-short']],
    ['tag', ['tag', 'too-short']],
    ['limit=', ['limit', 'wrong-type']],
    ['order=', ['order', 'not-allowed']],
    ['organizerId=', ['organizerId', 'too-short'], ['organizerId', 'bad-format']],
    ['cursor=', ['cursor', 'too-short']],
    ['limit=0x10', ['limit', 'wrong-type']],
    ['limit=1e1', ['limit', 'wrong-type']],
    ['limit=%205', ['limit', 'wrong-type']],
    ['limit=+5', ['limit', 'wrong-type']],
    ['limit=5.0', ['limit', 'wrong-type']],
    ['limit=true', ['limit', 'wrong-type']],
    ['limit=1.5', ['limit', 'wrong-type']],
    ['limit=all', ['limit', 'wrong-type']],
    ['limit=%D9%A5', ['limit', 'wrong-type']],
    ['limit=0', ['limit', 'too-small']],
    ['limit=-1', ['limit', 'too-small']],
    ['limit=101', ['limit', 'too-large']],
    ['limit=99999999999999999999999999', ['limit', 'too-large']],
    ['limit=5&limit=5', ['limit', 'repeated']],
    ['limit=5&%6Cimit=6', ['limit', 'repeated']],
    ['tag=a&tag=a', ['tag', 'repeated']],
    ['tag=music&tag=jazz', ['tag', 'repeated']],
    ['order=asc&order=asc', ['order', 'repeated']],
    ['order=ASC', ['order', 'not-allowed']],
    ['organizerId=me&organizerId=me', ['organizerId', 'repeated']],
    ['organizerId=a%20b', ['organizerId', 'bad-format']],
    [`organizerId=${'x'.repeat(129)}`, ['organizerId', 'too-long']],
    ['organizerId=me&status=open', ['status', 'not-allowed']],
    ['organizerId=me&status=Draft', ['status', 'not-allowed']],
    ['organizerId=me&status=draft,published', ['status', 'not-allowed']],
    ['organizerId=me&status=draft&status=draft', ['status', 'duplicate']],
    [`cursor=${'x'.repeat(1025)}`, ['cursor', 'too-long']],
    ['startsFrom=yesterday', ['startsFrom', 'too-short'], ['startsFrom', 'bad-format']],
    ['startsFrom=2031-01-01', ['startsFrom', 'too-short'], ['startsFrom', 'bad-format']],
    ['startsBefore=2031-01-01T24:00:00Z', ['startsBefore', 'bad-format']],
    [
      'limit=0&order=up&page=2&status=gone&startsFrom=now',
      ['limit', 'too-small'],
      ['order', 'not-allowed'],
      ['page', 'unknown'],
      ['status', 'not-allowed'],
      ['startsFrom', 'too-short'],
      ['startsFrom', 'bad-format'],
    ],
    [
      'colour=red&limit=0&order=up&tag=%',
      ['colour', 'unknown'],
      ['limit', 'too-small'],
      ['order', 'not-allowed'],
      ['tag', 'malformed'],
    ],
  ])('refuses the query %s', async (query, ...faults) => {
    expectProblem(await api.send({ path: `/events?${query}`, as: 'attendee' }), 'invalid-request', { faults });
  });

  it.each([
    '',
    '&&',
    'limit=1',
    'limit=100',
    'limit=007',
    'order=desc',
    'tag=a%20b+c',
    'tag=%F0%9F%8E%B7',
    'tag=a=b',
    'tag=a?b/c:@!$()*,;',
    'organizerId=a:b@c',
    'organizerId=me&status=draft&status=published',
  ])('takes the query %s', async (query) => {
    expect(await api.send({ path: `/events?${query}`, as: 'attendee' })).toMatchObject({
      status: 200,
      body: { items: [] },
    });
  });

  it('decodes a query once', async () => {
    const tag = `100%25 & more+${randomUUID()}`.slice(0, 50);
    await publishedEvent(api, { tags: [tag] });
    const response = await api.send({
      path: `/events?startsFrom=2030-01-01T00:00:00Z&tag=${encodeURIComponent(tag)}`,
      as: 'attendee',
    });
    expect(response).toMatchObject({ status: 200, body: { items: [{ tags: [tag] }] } });
  });

  it('refuses unknown parameters of every operation', async () => {
    const path = `/events/${randomUUID()}`;
    for (const [method, target] of [
      ['GET', '/health'],
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/publish`],
      ['POST', `${path}/cancel`],
    ] as const) {
      const response = await api.send({ method, path: `${target}?dryRun=true`, as: 'organizer' });
      expectProblem(response, 'invalid-request', { faults: [['dryRun', 'unknown']] });
    }
  });

  it.each([
    ['upper case', 'ABCDEFAB-2D5B-4C1A-9F64-7C0B7A1F2E31', ['bad-format']],
    ['braces', '{5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31}', ['too-long', 'bad-format']],
    ['a URN', 'urn:uuid:5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', ['too-long', 'bad-format']],
    ['no hyphens', '5f0c8f7e2d5b4c1a9f647c0b7a1f2e31', ['too-short', 'bad-format']],
    ['a blank at the end', '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31%20', ['too-long', 'bad-format']],
    ['a NUL', '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31%00', ['too-long', 'bad-format']],
  ] as const)('refuses an event id with %s', async (_, id, codes) => {
    const faults = codes.map((code) => ['eventId', code] as const);
    expectProblem(await api.send({ path: `/events/${id}`, as: 'attendee' }), 'invalid-request', { faults });
  });

  it.each<[what: string, key: string, ...FaultCode[]]>([
    ['256 characters', 'k'.repeat(256), 'too-long'],
    ['a blank inside', 'a b', 'bad-format'],
    ['nothing', '', 'too-short', 'bad-format'],
    ['a letter beyond ASCII', 'clé', 'bad-format'],
    ['a tab', 'a\tb', 'bad-format'],
  ])('refuses an Idempotency-Key with %s', async (_, key, ...codes) => {
    const faults = codes.map((code) => ['Idempotency-Key', code] as const);
    expectProblem(await api.send(creation(leastEvent, { 'Idempotency-Key': key })), 'invalid-request', { faults });
  });

  it('takes an Idempotency-Key of 1 and of 255 visible characters', async () => {
    for (const key of ['~', 'k'.repeat(255), '"\\{}|^`']) {
      expect((await api.send(creation(leastEvent, { 'idempotency-key': key }))).status).toBe(201);
    }
  });

  it.each<[what: string, tag: string, ...FaultCode[]]>([
    ['101 characters', 'x'.repeat(101), 'too-long'],
    ['nothing', '', 'too-short'],
  ])('refuses an If-Match with %s, whether or not the event exists', async (_, tag, ...codes) => {
    const path = await publishedEvent(api);
    const faults = codes.map((code) => ['If-Match', code] as const);
    for (const [method, target] of [
      ['DELETE', path],
      ['POST', `${path}/publish`],
      ['POST', `/events/${randomUUID()}/unpublish`],
      ['POST', `${path}/cancel`],
    ] as const) {
      expectProblem(
        await api.send({ method, path: target, headers: { 'If-Match': tag }, as: 'organizer' }),
        'invalid-request',
        { faults },
      );
    }
  });

  it('ignores headers that an operation does not declare', async () => {
    const response = await api.send({
      path: '/events',
      headers: { 'If-Match': '', 'Idempotency-Key': 'a b', Accept: 'text/html', 'X-Http-Method-Override': 'DELETE' },
      as: 'attendee',
    });
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  });
});
