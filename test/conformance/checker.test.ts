import { contract, lookUp } from '../contract/contract.ts';
import { createChecker, type Exchange } from './checker.ts';

const check = createChecker(contract as never);
const published = (lookUp('#/components/examples/PublishedEvent') as { value: Record<string, unknown> }).value;
const path = `/events/${String(published['eventId'])}`;
const requestId = '7d5e2b0a-64f1-4c3b-8e7a-d1c9b2a3f4e5';

const read: Exchange = {
  method: 'GET',
  path,
  requestHeaders: {},
  requestBody: undefined,
  status: 200,
  headers: { 'content-type': 'application/json', etag: String(published['etag']), 'x-request-id': requestId, 'cache-control': 'no-store' },
  text: JSON.stringify(published),
};
const created: Exchange = {
  ...read,
  method: 'POST',
  path: '/events',
  requestHeaders: { 'content-type': 'application/json' },
  requestBody: Buffer.from(JSON.stringify({ name: 'Jazz', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' })),
  status: 201,
  headers: { ...read.headers, location: path },
};

function problem(code: string, status: number): Exchange {
  const body = { type: `urn:problem:event-management:${code}`, title: 'T', status, detail: 'D', instance: `urn:request:${requestId}`, code, requestId };
  return { ...read, status, headers: { ...read.headers, 'content-type': 'application/problem+json' }, text: JSON.stringify(body) };
}

const without = (exchange: Exchange, header: string): Exchange => ({
  ...exchange,
  headers: Object.fromEntries(Object.entries(exchange.headers).filter(([name]) => name !== header)),
});

describe('the checker', () => {
  it('accepts what the contract says and names the entry', () => {
    expect(check(read)).toEqual({ operationId: 'getEvent', status: 200, mediaType: 'application/json', code: '', parameters: ['eventId'] });
    expect(check(created)).toMatchObject({ operationId: 'createEvent', status: 201 });
    expect(check(problem('event-not-found', 404))).toMatchObject({ status: 404, code: 'event-not-found' });
    expect(check({ ...read, method: 'HEAD', text: '' })).toMatchObject({ operationId: 'getEvent' });
  });

  it.each<[string, Exchange, RegExp]>([
    ['an undocumented status', { ...read, status: 202 }, /status 202 is not documented \(openapi\/openapi\.yaml:\d+\)/],
    ['an undocumented media type', { ...read, headers: { ...read.headers, 'content-type': 'text/html' } }, /text\/html is not documented/],
    ['an undeclared member', { ...read, text: JSON.stringify({ ...published, secret: 1 }) }, /additional properties/],
    ['a missing member', { ...read, text: JSON.stringify({ ...published, etag: undefined }) }, /required property 'etag'/],
    ['a missing header', without(read, 'etag'), /header ETag is missing/],
    ['an invalid header', { ...read, headers: { ...read.headers, etag: 'W/"1"' } }, /header ETag is not valid/],
    ['no request id', without(read, 'x-request-id'), /no X-Request-Id/],
    ['a code of another status', problem('event-cancelled', 404), /body is not valid/],
    ["the gateway's own answer", { ...problem('forbidden', 403), text: '{"message":"Forbidden"}' }, /gateway's alone/],
    ['a body of HEAD', { ...read, method: 'HEAD' }, /HEAD has no body/],
    ['an invalid request that was accepted', { ...created, requestBody: Buffer.from('{}') }, /accepted although its body/],
    ['an invalid parameter that was accepted', { ...created, requestHeaders: { ...created.requestHeaders, 'idempotency-key': 'a b' } }, /Idempotency-Key/],
    ['an unknown parameter that was accepted', { ...read, path: `${path}?x=1` }, /unknown parameter x/],
    ['an unknown path that is no 404', { ...read, path: '/event' }, /must be 404/],
    ['another method without Allow', { ...problem('method-not-allowed', 405), method: 'PUT' }, /must have Allow: DELETE, GET, HEAD, OPTIONS, PATCH/],
    ['OPTIONS with a body', { ...read, method: 'OPTIONS' }, /must be 204/],
  ])('refuses %s', (_title, exchange, message) => {
    expect(() => check(exchange)).toThrow(message);
  });

  it('knows every operation of the contract', () => {
    expect(Object.keys(contract.paths)).toHaveLength(6);
  });
});
