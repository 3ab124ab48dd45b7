import { randomUUID } from 'node:crypto';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { requestFor } from '../support/requests.ts';
import { createRequest, minimalEvent, publishedEvent } from '../support/writes.ts';

describe.each(transports)('the validation of parameters (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each<[query: string, ...(readonly [string, FieldErrorCode])[]]>([
    ['color=red', ['color', 'unknown-parameter']],
    ['Limit=5', ['Limit', 'unknown-parameter']],
    ['color', ['color', 'unknown-parameter']],
    ['=5', ['(empty)', 'unknown-parameter']],
    ['a[b]=c', ['a[b]', 'unknown-parameter']],
    ['status[]=draft', ['status[]', 'unknown-parameter']],
    ['limit[$gt]=5', ['limit[$gt]', 'unknown-parameter']],
    ['__proto__=1&constructor=2', ['__proto__', 'unknown-parameter'], ['constructor', 'unknown-parameter']],
    ['%zz=1', ['%zz', 'unknown-parameter']],
    ['tag=%', ['tag', 'invalid-encoding']],
    ['tag=%zz', ['tag', 'invalid-encoding']],
    ['tag=%C3%28', ['tag', 'invalid-encoding']],
    ['tag=%ED%A0%80', ['tag', 'invalid-encoding']],
    ['tag=%E4', ['tag', 'invalid-encoding']],
    [`tag=${'x'.repeat(51)}`, ['tag', 'too-long']],
    ['tag=', ['tag', 'too-short']],
    ['tag', ['tag', 'too-short']],
    ['limit=', ['limit', 'invalid-type']],
    ['order=', ['order', 'invalid-value']],
    ['organizerId=', ['organizerId', 'invalid-format']],
    ['cursor=', ['cursor', 'too-short']],
    ['limit=0x10', ['limit', 'invalid-type']],
    ['limit=1e1', ['limit', 'invalid-type']],
    ['limit=%205', ['limit', 'invalid-type']],
    ['limit=+5', ['limit', 'invalid-type']],
    ['limit=5.0', ['limit', 'invalid-type']],
    ['limit=true', ['limit', 'invalid-type']],
    ['limit=1.5', ['limit', 'invalid-type']],
    ['limit=all', ['limit', 'invalid-type']],
    ['limit=%D9%A5', ['limit', 'invalid-type']],
    ['limit=0', ['limit', 'too-small']],
    ['limit=-1', ['limit', 'too-small']],
    ['limit=101', ['limit', 'too-large']],
    ['limit=99999999999999999999999999', ['limit', 'too-large']],
    ['limit=5&limit=5', ['limit', 'duplicate-parameter']],
    ['limit=5&%6Cimit=6', ['limit', 'duplicate-parameter']],
    ['tag=a&tag=a', ['tag', 'duplicate-parameter']],
    ['tag=music&tag=jazz', ['tag', 'duplicate-parameter']],
    ['order=asc&order=asc', ['order', 'duplicate-parameter']],
    ['order=ASC', ['order', 'invalid-value']],
    ['organizerId=me&organizerId=me', ['organizerId', 'duplicate-parameter']],
    ['organizerId=a%20b', ['organizerId', 'invalid-format']],
    [`organizerId=${'x'.repeat(129)}`, ['organizerId', 'too-long']],
    ['organizerId=me&status=open', ['status', 'invalid-value']],
    ['organizerId=me&status=Draft', ['status', 'invalid-value']],
    ['organizerId=me&status=draft,published', ['status', 'invalid-value']],
    ['organizerId=me&status=draft&status=draft', ['status', 'duplicate-item']],
    [`cursor=${'x'.repeat(1025)}`, ['cursor', 'too-long']],
    ['startsFrom=yesterday', ['startsFrom', 'invalid-format']],
    ['startsFrom=2031-01-01', ['startsFrom', 'invalid-format']],
    ['startsBefore=2031-01-01T24:00:00Z', ['startsBefore', 'invalid-format']],
    [
      'limit=0&order=up&page=2&status=gone&startsFrom=now',
      ['limit', 'too-small'],
      ['order', 'invalid-value'],
      ['page', 'unknown-parameter'],
      ['status', 'invalid-value'],
      ['startsFrom', 'invalid-format'],
    ],
    [
      'color=red&limit=0&order=up&tag=%',
      ['color', 'unknown-parameter'],
      ['limit', 'too-small'],
      ['order', 'invalid-value'],
      ['tag', 'invalid-encoding'],
    ],
  ])('rejects the query %s', async (query, ...errors) => {
    expectProblem(await api.send({ path: `/events?${query}`, as: 'attendee' }), 'invalid-request', { errors });
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
  ])('accepts the query %s', async (query) => {
    expect(await api.send({ path: `/events?${query}`, as: 'attendee' })).toMatchObject({
      status: 200,
      body: { items: [] },
    });
  });

  it('reads a + as HTML forms send it, and refuses one where no space can be meant', async () => {
    await publishedEvent(api, { tags: ['c++', 'free jazz'] });
    const list = (tag: string) => api.send({ path: `/events?startsFrom=2030-01-01T00:00:00Z&${tag}`, as: 'attendee' });
    for (const query of ['tag=c%2B%2B', 'tag=free+jazz', String(new URLSearchParams({ tag: 'c++' }))])
      expect((await list(query)).body).toMatchObject({ items: [{ tags: ['c++', 'free jazz'] }] });
    expectProblem(await list('tag=c++'), 'invalid-request', { errors: [['tag', 'invalid-encoding']] });
  });

  it('decodes the query exactly once', async () => {
    const tag = `100%25 & more+${randomUUID()}`.slice(0, 50);
    await publishedEvent(api, { tags: [tag] });
    const response = await api.send({
      path: `/events?startsFrom=2030-01-01T00:00:00Z&tag=${encodeURIComponent(tag)}`,
      as: 'attendee',
    });
    expect(response).toMatchObject({ status: 200, body: { items: [{ tags: [tag] }] } });
  });

  it('rejects unknown parameters of every operation', async () => {
    const path = `/events/${randomUUID()}`;
    for (const [method, target] of [
      ['GET', '/health'],
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/publish`],
      ['POST', `${path}/cancel`],
    ] as const) {
      const response = await api.send({ method, path: `${target}?expand=all`, as: 'organizer' });
      expectProblem(response, 'invalid-request', { errors: [['expand', 'unknown-parameter']] });
    }
  });

  it.each([
    ['upper case', 'ABCDEFAB-2D5B-4C1A-9F64-7C0B7A1F2E31', ['invalid-format']],
    ['braces', '{5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31}', ['invalid-format']],
    ['a URN', 'urn:uuid:5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', ['invalid-format']],
    ['no hyphens', '5f0c8f7e2d5b4c1a9f647c0b7a1f2e31', ['invalid-format']],
    ['a trailing space', '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31%20', ['invalid-format']],
    ['a NUL', '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31%00', ['invalid-format']],
  ] as const)('rejects an event id with %s', async (_, id, codes) => {
    const errors = codes.map((code) => ['eventId', code] as const);
    expectProblem(await api.send({ path: `/events/${id}`, as: 'attendee' }), 'invalid-request', { errors });
  });

  it.each<[what: string, key: string, ...FieldErrorCode[]]>([
    ['256 characters', 'k'.repeat(256), 'too-long'],
    ['a space', 'a b', 'invalid-format'],
    ['no characters', '', 'invalid-format'],
    ['a non-ASCII letter', 'clé', 'invalid-format'],
    ['a tab', 'a\tb', 'invalid-format'],
  ])('rejects an Idempotency-Key with %s', async (_, key, ...codes) => {
    const errors = codes.map((code) => ['Idempotency-Key', code] as const);
    expectProblem(await api.send(createRequest(minimalEvent, { 'Idempotency-Key': key })), 'invalid-request', {
      errors,
    });
  });

  it('accepts an Idempotency-Key of 1 to 255 visible characters', async () => {
    for (const key of ['~', 'k'.repeat(255), '"\\{}|^`']) {
      expect((await api.send(createRequest(minimalEvent, { 'idempotency-key': key }))).status).toBe(201);
    }
  });

  it.each<[what: string, tag: string, ...FieldErrorCode[]]>([['no characters', '', 'too-short']])(
    'rejects an If-Match with %s, whether or not the event exists',
    async (_, tag, ...codes) => {
      const path = await publishedEvent(api);
      const errors = codes.map((code) => ['If-Match', code] as const);
      for (const [method, target] of [
        ['DELETE', path],
        ['POST', `${path}/publish`],
        ['POST', `/events/${randomUUID()}/unpublish`],
        ['POST', `${path}/cancel`],
      ] as const) {
        expectProblem(
          await api.send({ method, path: target, headers: { 'If-Match': tag }, as: 'organizer' }),
          'invalid-request',
          { errors },
        );
      }
    },
  );

  const numbered = operations
    .filter(({ path }) => path.includes('{number}'))
    .map((operation) => [operation.operationId, operation] as const);
  it.each(numbered)('has one spelling for the number of a registration: %s', async (_id, operation) => {
    const { path, ...request } = requestFor(operation);
    for (const number of ['01', '1e0', '+1', '1.0', '0x1', '-0', '%201', '1%20', '1%00', 'x1', '1x', '%EF%BC%91']) {
      const other = path.replace(/(\/registrations\/)[^/]+/, `$1${number}`);
      const { status, body } = await api.send({ ...request, path: other, as: 'organizer' });
      expect([number, status, body]).toMatchObject([
        number,
        400,
        { errors: [{ parameter: 'number', code: 'invalid-type' }] },
      ]);
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
