/** What the caller passes is understood or refused before anything is sent: for each operation of the contract. */
import { inspect } from 'node:util';
import { type ApiPromise, EventsApiError, type EventsClient, type OperationId } from '../src/index.ts';
import { operations } from '../src/generated/operations.ts';
import { resolve, responses } from '../../test/contract/contract.ts';
import { sampled } from '../../test/support/sample.ts';
import { prepare } from '../src/request.ts';
import type { OperationEntry } from '../src/types.ts';
import { baseUrl, event, eventId, fake, least, ok } from './fake.ts';

const all = Object.entries(operations) as [OperationId, OperationEntry][];
const idsOf = ({ path }: OperationEntry) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
const withIds = all.filter(([, entry]) => idsOf(entry).length > 0);
const guarded = all.filter(([, entry]) => entry.ifMatch);
const targetOf = (entry: OperationEntry) => Object.fromEntries(idsOf(entry).map((name) => [name, eventId]));

type AnyMethod = (...sent: readonly unknown[]) => ApiPromise<unknown, OperationId>;

/** Calls an operation with what is needed for a call that succeeds, except for what the test passes. */
function call(
  client: EventsClient,
  operation: OperationId,
  passed: Partial<Record<'target' | 'input' | 'options', unknown>>,
) {
  const entry = operations[operation];
  const standard = { target: targetOf(entry), input: entry.inputRequired ? {} : undefined, options: {} };
  const { target, input, options } = { ...standard, ...passed };
  const method = client[operation] as unknown as AnyMethod;
  return idsOf(entry).length > 0 ? method(target, input, options) : method(input, options);
}

/** Expects that `result()` has an error that says why, and that nothing is sent. */
async function expectRefused(operation: OperationId, passed: Parameters<typeof call>[2]): Promise<EventsApiError> {
  const { client, sent } = fake([ok()]);
  const { error } = await call(client, operation, passed).result();
  expect(error).toBeInstanceOf(EventsApiError);
  expect(error).toMatchObject({ code: 'invalid-request', operation, attempts: 0, cause: expect.any(Error) as Error });
  expect(error?.message).toBe(`${operation} - invalid-request - ${(error?.cause as Error).message}`);
  expect(sent).toEqual([]);
  return error as EventsApiError;
}

class Draft {
  name = 'Riverside Jazz Night';
}

/** Everything that is not a plain object. */
const notPlain: readonly (readonly [string, () => unknown])[] = [
  ['null', () => null],
  ['a string', () => 'text'],
  ['a number', () => 5],
  ['a boolean', () => true],
  ['a symbol', () => Symbol('input')],
  ['an array', () => [least]],
  ['a date', () => new Date()],
  ['a Map', () => new Map([['name', 'Jazz']])],
  ['a Set', () => new Set(['name'])],
  ['a form', () => new FormData()],
  ['a query', () => new URLSearchParams({ tag: 'music' })],
  ['a Blob', () => new Blob(['{}'])],
  ['a promise', () => Promise.resolve(least)],
  ['an instance of a class', () => new Draft()],
  ['an object that inherits its members', () => Object.create(least) as object],
];

describe.each(sampled(all))('%s', (operation, entry) => {
  it.each(notPlain)('refuses %s as its input', async (_what, input) => {
    await expectRefused(operation, { input: input() });
  });

  it.each(notPlain)('refuses %s as its options', async (_what, options) => {
    await expectRefused(operation, { options: options() });
  });

  if (!entry.readOperation)
    it('refuses a function as its input', async () => {
      await expectRefused(operation, { input: () => ({}) });
    });

  if (entry.inputRequired)
    it('refuses a missing input', async () => {
      await expectRefused(operation, { input: undefined });
    });

  it.each<[string, unknown]>([
    ['NaN, which JSON would turn into null', NaN],
    ['an infinite number', -Infinity],
    ['a bigint', 1n],
    ['a symbol', Symbol('value')],
    ['a function', () => 'value'],
    ['an invalid date', new Date('tomorrow')],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['a form', new FormData()],
    ['a promise', Promise.resolve('value')],
    ['an instance of a class', new Draft()],
    ['a boxed symbol', Object(Symbol('value'))],
    ['an array with a gap', ['a', undefined]],
    ['such a value in an array', [NaN]],
    ['such a value in an object', { inside: new Set() }],
  ])('refuses %s in its input, and names the member', async (_what, value) => {
    const { message } = await expectRefused(operation, { input: { member: value } });
    expect(message).toMatch(/- (member|inside|\d) cannot be sent as JSON$/);
  });

  it('refuses an input that contains itself', async () => {
    const input: Record<string, unknown> = {};
    input['member'] = input;
    await expectRefused(operation, { input });
  });

  it('sends a date as ISO text and a URL as its address, wherever they are in its input', async () => {
    const { client, sent } = fake([ok()]);
    const date = new Date('2030-06-21T20:00:00+02:00');
    const picture = new URL('https://pictures.example.com/riverside.jpg');
    await call(client, operation, { input: { date, dates: [date], picture } }).result();
    const [one] = sent;
    const found = entry.body ? one?.body : decodeURIComponent(new URL(one?.url ?? '').search);
    expect(found?.match(/2030-06-21T18:00:00\.000Z/g)).toHaveLength(2);
    expect(found).toContain(picture.href);
  });

  if (!entry.body)
    it.each<[string, unknown]>([
      ['no value', []],
      ['null', null],
      ['an object', { asc: true }],
      ['null among others', ['draft', null]],
      ['nested values', [['draft']]],
      ['half a character', '\ud800'],
    ])('refuses a filter with %s, which would be left out', async (_what, value) => {
      await expectRefused(operation, { input: { filter: value } });
    });

  it('encodes the names of filters, so that none adds another one', async () => {
    const { client, sent } = fake([ok()]);
    await call(client, operation, { input: { 'a&b=c': 'd' } }).result();
    expect(entry.body ? sent[0]?.body : new URL(sent[0]?.url ?? '').search).toBe(
      entry.body ? '{"a&b=c":"d"}' : '?a%26b%3Dc=d',
    );
  });

  it('sends a member with the name of the prototype, as JSON.parse makes it', async () => {
    const { client, sent } = fake([ok()]);
    await call(client, operation, { input: JSON.parse('{"__proto__":"x"}') as object }).result();
    expect(`${sent[0]?.url}${sent[0]?.body}`).toContain('__proto__');
  });

  it('takes a plain object without a prototype, and one of another realm', async () => {
    const { client, sent } = fake([ok(), ok()]);
    await call(client, operation, { input: Object.assign(Object.create(null) as object, { tag: 'a' }) }).result();
    // Jest runs tests in a realm of their own: structuredClone belongs to the outer one.
    await call(client, operation, { input: structuredClone({ tag: 'a' }) }).result();
    expect(sent.map(({ url, body }) => url + body)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('tag')),
    );
  });

  it.each<[string, unknown]>([
    ['an object', {}],
    ['a controller', new AbortController()],
    ['a string', 'aborted'],
    ['an EventTarget', new EventTarget()],
  ])('refuses %s as its signal', async (_what, signal) => {
    await expectRefused(operation, { options: { signal } });
  });

  it.each(['maxRetries', 'timeoutMs', 'deadlineMs'])('refuses %s that is not a number of at least 0', async (name) => {
    for (const value of [NaN, -1, 'soon', {}]) await expectRefused(operation, { options: { [name]: value } });
  });

  it('refuses such options and headers of the client', async () => {
    for (const options of [{ maxRetries: NaN }, { timeoutMs: -1 }, { deadlineMs: NaN }, { headers: 'X: 1' as never }]) {
      const { client, sent } = fake([ok()], options);
      const { error } = await call(client, operation, {}).result();
      expect(error).toMatchObject({ code: 'invalid-request', attempts: 0 });
      expect(sent).toEqual([]);
    }
  });

  it.each(['ifMatch', 'idempotencyKey', 'mediaType'])('refuses %s that is not a text', async (name) => {
    for (const value of ['', null, 5, {}, ['"1"']]) await expectRefused(operation, { options: { [name]: value } });
  });

  it('takes false and null as no signal', async () => {
    const { client, sent } = fake([ok(), ok()]);
    for (const signal of [false, null]) await call(client, operation, { options: { signal } }).result();
    expect(sent).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['a text', 'X-Trace: secret'],
    ['a number', 5],
    ['a promise', Promise.resolve({ 'X-Trace': 'secret' })],
    ['a date', new Date()],
    ['lines', ['X-Trace: secret']],
    ['an incomplete pair', [['X-Trace']]],
    ['a number as the value', { 'X-Trace': 5 }],
    ['null as the value', { 'X-Trace': null }],
    ['an empty value', { 'X-Trace': '' }],
    ['a line feed in a value', { 'X-Trace': 'a\nsecret' }],
    ['a name that no header has', { 'X Trace': 'secret' }],
  ])('refuses headers that are or contain %s, without repeating a value', async (_what, headers) => {
    const error = await expectRefused(operation, { options: { headers } });
    expect(inspect(error)).not.toContain('secret');
  });

  it.each<[string, unknown]>([
    ['Headers', new Headers({ 'X-Trace': '7' })],
    ['a Map', new Map([['X-Trace', '7']])],
    ['pairs', [['X-Trace', '7']]],
    ['an object', { 'X-Trace': '7', 'X-Other': undefined }],
  ])('takes %s as the headers of the call and of the client', async (_what, headers) => {
    const { client, sent } = fake([ok(), ok()], { headers: headers as Headers });
    await call(client, operation, {}).result();
    const other = fake([ok()]);
    await call(other.client, operation, { options: { headers } }).result();
    for (const { headers: received } of [...sent, ...other.sent]) {
      expect(received).toMatchObject({ 'x-trace': '7' });
      expect(received).not.toHaveProperty('x-other');
    }
    expect([sent.length, other.sent.length]).toEqual([1, 1]);
  });
});

describe.each(sampled(withIds))('%s', (operation, entry) => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 5],
    ['a boolean', true],
    ['an array', [eventId]],
    ['a promise', Promise.resolve({ eventId })],
    ['an empty string', ''],
    ['a dot', '.'],
    ['two dots', '..'],
    ['an object without the id', {}],
    ['half a character', '\ud800'],
    ...[undefined, null, '', 5, '..'].map((id): [string, unknown] => [
      `an object whose id is ${JSON.stringify(id)}`,
      Object.fromEntries(idsOf(entry).map((name) => [name, id])),
    ]),
  ])('refuses %s as its target', async (_what, target) => {
    await expectRefused(operation, { target });
  });

  if (entry.readOperation)
    it('refuses such a target before it reads', async () => {
      await expectRefused(operation, { target: undefined, input: () => ({}) });
      await expectRefused(operation, { input: () => ({}), options: { ifMatch: '' } });
    });
});

test('an id is not used twice, where an operation has two', () => {
  const entry = { method: 'get', path: '/events/{eventId}/registrations/{registrationId}' } as const;
  expect(() => prepare(baseUrl, entry, eventId, undefined, undefined, {}, {})).toThrow(
    new TypeError('eventId is undefined'),
  );
  expect(() => prepare(baseUrl, entry, { eventId }, undefined, undefined, {}, {})).toThrow(
    new TypeError('registrationId is undefined'),
  );
  const target = { eventId, registrationId: 'r1' };
  expect(prepare(baseUrl, entry, target, undefined, undefined, {}, {}).url).toBe(
    `${baseUrl}/events/${eventId}/registrations/r1`,
  );
});

test('members are in the query or in the body, as the contract says', () => {
  const entry = { method: 'post', path: '/events', body: 'application/json', query: ['notify'] } as const;
  const { url, body } = prepare(baseUrl, entry, undefined, { notify: ['a', 'b'], name: 'Jazz' }, undefined, {}, {});
  expect([url, body]).toEqual([`${baseUrl}/events?notify=a&notify=b`, '{"name":"Jazz"}']);
  expect(() => prepare(baseUrl, entry, undefined, { notify: [], name: 'Jazz' }, undefined, {}, {})).toThrow(
    new TypeError('notify has no value that can be sent in a query'),
  );
});

describe.each(sampled(guarded))('%s', (operation, entry) => {
  it.each([undefined, null, '', 5])(
    'refuses a revision that is %p: it would become a change of any revision',
    async (etag) => {
      await expectRefused(operation, { target: { ...targetOf(entry), etag } });
      await expectRefused(operation, { options: { ifMatch: etag } });
    },
  );

  it('applies to the revision of the target if the option is undefined', async () => {
    const { client, sent } = fake([ok()]);
    await call(client, operation, {
      target: { ...targetOf(entry), etag: event.etag },
      options: { ifMatch: undefined },
    }).result();
    expect(sent[0]?.headers['if-match']).toBe(event.etag);
  });

  it.each([
    ['W/"2-9c41d07be3f2"', '"2-9c41d07be3f2"'],
    ['"2-9c41d07be3f2-gzip"', '"2-9c41d07be3f2"'],
    ['W/"2-9c41d07be3f2--br"', '"2-9c41d07be3f2"'],
    ['"2-9c41d07be3f2;gzip"', '"2-9c41d07be3f2"'],
    ['"2-9c41d07be3f2:zstd"', '"2-9c41d07be3f2"'],
    ['"2-9c41d07be3f2", W/"3-9c41d07be3f2-gzip"', '"2-9c41d07be3f2", "3-9c41d07be3f2"'],
    ['*', '*'],
  ])('sends the revision %s, as a proxy made it, as %s', async (etag, sentAs) => {
    const { client, sent } = fake([ok(), ok()]);
    await call(client, operation, { options: { ifMatch: etag } }).result();
    await call(client, operation, { target: { ...targetOf(entry), etag } }).result();
    expect(sent.map(({ headers }) => headers['if-match'])).toEqual([sentAs, sentAs]);
  });
});

test.each(all.filter(([, { readOperation }]) => readOperation))(
  'what %s reads has its revision in the body, as the contract promises',
  (_operation, { readOperation }) => {
    const successes = responses.filter(
      ({ operation, status }) => operation.operationId === readOperation && status < 300,
    );
    const schemas = successes.map(({ response }) => response.content?.['application/json']?.schema);
    expect(schemas.map((schema) => schema && resolve(schema).required)).toEqual([expect.arrayContaining(['etag'])]);
  },
);

describe('Headers of the client', () => {
  it.each(all)('replace none that %s needs', async (operation, entry) => {
    const shared = {
      'Content-Type': 'text/plain',
      'If-Match': '*',
      'Idempotency-Key': 'shared',
      Authorization: 'Basic x',
    };
    const { client, sent } = fake([ok()], { headers: shared });
    const input = entry.body ? {} : undefined;
    await call(client, operation, { input, target: { ...targetOf(entry), etag: event.etag } }).result();
    const headers = sent[0]?.headers ?? {};
    if (entry.body) expect(headers['content-type']).toBe(entry.body);
    if (entry.ifMatch) expect(headers['if-match']).toBe(event.etag);
    if (entry.idempotent) expect(headers['idempotency-key']).toMatch(/^\d+(-\d+){3}$/);
    if (!entry.public) expect(headers['authorization']).toBe('Bearer token');
  });

  it('replace the name of the client', async () => {
    const { client, sent } = fake([ok()], { headers: { 'client-version': 'my-app/1.2' } });
    await client.getHealth();
    expect(sent[0]?.headers['client-version']).toBe('my-app/1.2');
  });
});

test('Headers of a call replace those that the client sends itself, except its token', async () => {
  const { client, sent } = fake([ok()], { headers: { 'X-App': 'organizer' } });
  const headers = { 'If-Match': '*', 'Content-Type': 'text/plain', Authorization: 'Basic x', 'x-app': 'call' };
  await client.updateEvent(event, {}, { headers });
  expect(sent[0]?.headers).toMatchObject({
    'if-match': '*',
    'content-type': 'text/plain',
    authorization: 'Bearer token',
    'x-app': 'call',
  });
});
