import { readFileSync } from 'node:fs';
import { throwViolation } from './violations.ts';
import { createChecker } from './checker.ts';
import { storedContract } from './contract-file.ts';
import { Violation, type Exchange } from './exchange.ts';
import { assertConforms } from './assert-conforms.ts';

// The tests change this copy.
type Tree = Record<string, any>;
const contract = storedContract() as Tree;
const lines = readFileSync('openapi/openapi.yaml', 'utf8').split('\n');
const check = createChecker(contract);
const published = contract['components'].examples.PublishedEvent.value as Tree;
const path = `/events/${published['eventId']}`;
const requestId = '7d5e2b0a-64f1-4c3b-8e7a-d1c9b2a3f4e5';
const authorization = 'Bearer a.b.c';

const read: Exchange = {
  transport: 'socket',
  method: 'GET',
  path,
  requestHeaders: { authorization },
  requestBody: undefined,
  status: 200,
  headers: {
    'content-type': 'application/json',
    etag: published['etag'] as string,
    'x-request-id': requestId,
    'cache-control': 'no-store',
    vary: 'Authorization, Origin',
    date: 'today',
  },
  text: JSON.stringify(published),
};
/** The same exchange without Vary, unless it is one of getEvent, where a token is optional. */
function ofOperation(exchange: Exchange): Exchange {
  const isGetEvent = /^(GET|HEAD)$/.test(exchange.method) && /^\/events\/[^/?#]+(\?[^#]*)?$/.test(exchange.path);
  return isGetEvent ? exchange : without(exchange, 'vary');
}
const body = { name: 'Jazz', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' };
const created: Exchange = {
  ...read,
  method: 'POST',
  path: '/events',
  requestHeaders: { authorization, 'content-type': 'application/json' },
  requestBody: Buffer.from(JSON.stringify(body)),
  status: 201,
  headers: { ...read.headers, location: path },
};
const listed: Exchange = {
  ...without(without(read, 'etag'), 'vary'),
  path: '/events?limit=5&status=draft&organizerId=me',
  text: '{"items":[]}',
};
const options: Exchange = {
  ...read,
  method: 'OPTIONS',
  status: 204,
  headers: { 'x-request-id': requestId, allow: 'DELETE, GET, HEAD, OPTIONS, PATCH' },
  text: '',
};

function problem(code: string, status: number, changes: Tree = {}, headers: Record<string, string> = {}): Exchange {
  const document = {
    type: `https://event-management-api.github.io/event-management-api/errors.html#${code}`,
    title: 'T',
    status,
    detail: 'D',
    instance: `urn:request:${requestId}`,
    code,
    requestId,
    ...changes,
  };
  const { etag: _, ...usual } = read.headers;
  return {
    ...read,
    status,
    headers: { ...usual, 'content-type': 'application/problem+json', ...headers },
    text: JSON.stringify(document),
  };
}
function without(exchange: Exchange, header: string): Exchange {
  return {
    ...exchange,
    headers: Object.fromEntries(Object.entries(exchange.headers).filter(([name]) => name !== header)),
  };
}
const withHeader = (exchange: Exchange, header: Record<string, string>): Exchange => ({
  ...exchange,
  headers: { ...exchange.headers, ...header },
});
const withBody = (exchange: Exchange, changes: Tree): Exchange => ({
  ...exchange,
  text: JSON.stringify({ ...published, ...changes }),
});
const creating = (changes: Tree): Exchange => ({
  ...created,
  requestBody: Buffer.from(JSON.stringify({ ...body, ...changes })),
});
const listing = (query: string): Exchange => ({ ...listed, path: `/events?${query}` });
const wrongMethod = problem('method-not-allowed', 405, {}, { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH' });
const malformedRequest = without(problem('malformed-request', 400, {}, { connection: 'close' }), 'vary');

describe('The conformance checker, given a response with several media types,', () => {
  const copy = structuredClone(contract);
  copy['paths']['/events'].get.responses['200'].content['text/csv'] = {
    'x-parameters': { header: ['present', 'absent'] },
    schema: { type: 'string', pattern: '^id' },
  };
  const checkCopy = createChecker(copy);
  const csv = withHeader(
    { ...listed, text: 'id\r\n1\r\n', requestHeaders: { authorization, accept: 'text/csv' } },
    { 'content-type': 'text/csv; charset=utf-8; header=present', vary: 'Accept' },
  );
  const accepting = (accept: string | undefined): Exchange => ({
    ...csv,
    requestHeaders: { authorization, ...(accept === undefined ? {} : { accept }) },
  });

  it('validates a body other than JSON as text', () => {
    expect(checkCopy(csv)).toEqual(
      expect.arrayContaining(['listEvents 200 text/csv', 'listEvents 200 text/csv header=present']),
    );
    expect(() => checkCopy({ ...csv, text: 'name' })).toThrow(/must match pattern "\^id"/);
  });

  it.each([
    ['text/csv', /the charset of a text is not utf-8/],
    ['text/csv; charset=latin1; header=present', /the charset of a text is not utf-8/],
    ['text/csv; charset=utf-8', /the parameter header of the media type is not as documented/],
    ['text/csv; charset=utf-8; header=maybe', /the parameter header of the media type is not as documented/],
    [
      'text/csv; charset=utf-8; header=absent; columns=2',
      /the parameter columns of the media type is not as documented/,
    ],
  ])('rejects the Content-Type %s', (type, message) => {
    expect(() => checkCopy(withHeader(csv, { 'content-type': type }))).toThrow(message);
  });

  it.each(['text/csv', 'application/json;q=0.1, TEXT/CSV; q=0.5', 'text/*', '*/*;q=0.1, text/*'])(
    'accepts a type other than the first for a client that asks for it: %s',
    (accept) => {
      expect(checkCopy(accepting(accept))).toContain('listEvents 200 text/csv');
    },
  );

  it.each([undefined, '*/*', 'application/json', 'text/plain'])(
    'rejects a type other than the first for a client that does not ask for it: %s',
    (accept) => {
      expect(() => checkCopy(accepting(accept))).toThrow(/the client did not ask for text\/csv/);
    },
  );

  it('requires Vary: Accept', () => {
    expect(checkCopy(withHeader(csv, { vary: 'Origin, Accept' }))).toContain('listEvents 200 text/csv');
    expect(() => checkCopy(without(csv, 'vary'))).toThrow(/the header vary does not contain Accept/);
    expect(() => checkCopy(withHeader(csv, { vary: 'Origin' }))).toThrow(/the header vary does not contain Accept/);
  });

  it('rejects Vary in a response with one media type', () => {
    expect(() => check(withHeader(listed, { vary: 'Accept' }))).toThrow(/the header vary is not documented/);
  });
});

describe('The conformance checker', () => {
  it.each<[string, Exchange, readonly string[]]>([
    [
      'a read',
      read,
      [
        'getEvent 200 application/json',
        'getEvent parameter eventId',
        'Event.location',
        'EventStatus published',
        'VenueLocation.kind venue',
      ],
    ],
    [
      'a createEvent exchange',
      created,
      ['createEvent 201 application/json', 'createEvent 201 without Idempotency-Replayed'],
    ],
    [
      'a replay of createEvent',
      withHeader(created, { 'idempotency-replayed': 'true' }),
      ['createEvent 201 with Idempotency-Replayed'],
    ],
    ['a list', listed, ['listEvents parameter limit', 'listEvents parameter status', 'EventStatus draft']],
    ['a problem', problem('event-not-found', 404), ['getEvent 404 application/problem+json event-not-found']],
    [
      'a problem with field errors',
      problem('invalid-request', 400, { errors: [{ pointer: '/a', code: 'unknown-field', detail: 'D' }] }),
      ['Problem.errors', 'FieldError.pointer', 'FieldErrorCode unknown-field'],
    ],
    ['a HEAD exchange', { ...read, method: 'HEAD', text: '' }, ['HEAD getEvent']],
    ['an OPTIONS exchange', options, ['OPTIONS /events/{eventId}']],
    ['an unknown path', { ...problem('route-not-found', 404), path: '/event' }, ['no operation route-not-found']],
    [
      'an unsupported method',
      { ...wrongMethod, method: 'PUT' },
      ['no operation method-not-allowed', 'unsupported method /events/{eventId}'],
    ],
    ['a malformed request', malformedRequest, ['no operation malformed-request']],
    [
      'null for a nullable field',
      {
        ...read,
        method: 'PATCH',
        requestHeaders: created.requestHeaders,
        requestBody: Buffer.from('{"capacity":null}'),
      },
      ['EventUpdate.capacity', 'EventUpdate.capacity null'],
    ],
    [
      'CORS headers in a cross-origin exchange',
      withHeader(
        { ...read, requestHeaders: { authorization, origin: 'https://a.example' } },
        { 'access-control-allow-origin': '*', vary: 'Origin, Authorization' },
      ),
      [],
    ],
    [
      'a response without a token that may be stored, where a token is optional',
      { ...withHeader(read, { 'cache-control': 'public, max-age=60' }), requestHeaders: {} },
      ['getEvent 200 application/json'],
    ],
    [
      'a response that says that nothing has changed',
      {
        ...withHeader(without(read, 'content-type'), { 'cache-control': 'public, max-age=60' }),
        requestHeaders: { 'if-none-match': '*' },
        status: 304,
        text: '',
      },
      ['getEvent 304', 'getEvent parameter If-None-Match'],
    ],
  ])('accepts %s, and returns its coverage items', (_title, exchange, items) => {
    expect(check(ofOperation(exchange))).toEqual(expect.arrayContaining([...items]));
  });

  it.each<[string, Exchange, RegExp, line: RegExp]>([
    ['an undocumented status', { ...read, status: 202 }, /status 202 is not documented/, /^ {6}responses:/],
    [
      'a status that only the gateway returns',
      { ...problem('forbidden', 403), path: '/registrations' },
      /status 403 can only come from the gateway/,
      /^ {6}x-made-by: gateway/,
    ],
    [
      'a media type that only the gateway returns',
      {
        ...withHeader(problem('forbidden', 403), { 'content-type': 'application/json' }),
        method: 'DELETE',
        text: '{"message":"No"}',
      },
      /media type can only come from the gateway/,
      /^ {6}x-made-by: gateway/,
    ],
    [
      'an undocumented media type',
      withHeader(read, { 'content-type': 'text/html' }),
      /text\/html is not documented/,
      /^ {6}content:/,
    ],
    ['a missing media type', without(read, 'content-type'), /\(none\) is not documented/, /^ {6}content:/],
    [
      'an undocumented body',
      { ...without(read, 'etag'), method: 'DELETE', status: 204 },
      /must have no body/,
      /'204':/,
    ],
    ['an undeclared field', withBody(read, { secret: 1 }), /additional properties/, /^ {6}additionalProperties: false/],
    ['a missing field', withBody(read, { etag: undefined }), /required property 'etag'/, /^ {6}required:/],
    ['an invalid field', withBody(read, { name: 'ab' }), /\/name must NOT have fewer than 3/, /^ {6}minLength: 3/],
    [
      'an invalid field of a oneOf branch',
      withBody(read, { location: { kind: 'online', url: 'http://a.example' } }),
      /\/location\/url must match pattern/,
      /^ {6}pattern: \^https:/,
    ],
    [
      'a field of another oneOf branch',
      withBody(read, { location: { kind: 'online', url: 'https://a.example', name: 'a' } }),
      /\/location must NOT have additional/,
      /additionalProperties: false/,
    ],
    [
      'null for a field that is not nullable',
      withBody(read, { capacity: null }),
      /\/capacity must be integer/,
      /^ {6}type: integer/,
    ],
    ['an empty body', { ...read, text: '' }, /the body is not valid: is missing/, /^ {4}Event:/],
    ['a missing header', without(read, 'etag'), /the header ETag is missing/, /^ {8}ETag:/],
    [
      'an invalid header',
      withHeader(read, { etag: 'W/"1"' }),
      /the header ETag is not valid/,
      /^ {6}(pattern|minLength)/,
    ],
    [
      'an ETag of another revision',
      withHeader(read, { etag: '"9-9c41d07be3f2"' }),
      /ETag is not the etag of the body/,
      /^ {4}EventRead:/,
    ],
    [
      'an invalid number in a header',
      { ...problem('service-unavailable', 503), headers: { ...problem('', 503).headers, 'retry-after': 'soon' } },
      /Retry-After is not valid/,
      /schema: \{ type: integer/,
    ],
    [
      'an undocumented header',
      withHeader(read, { 'x-powered-by': 'luck' }),
      /the header x-powered-by is not documented/,
      /^ {4}EventRead:/,
    ],
    [
      'CORS headers without an Origin in the request',
      withHeader(read, { 'access-control-allow-origin': '*' }),
      /access-control-allow-origin is not documented/,
      /^ {4}EventRead:/,
    ],
    [
      'a Sunset header for an operation that is not deprecated',
      withHeader(read, { sunset: 'soon' }),
      /sunset is not documented/,
      /^ {4}EventRead:/,
    ],
    ['a missing request id', without(read, 'x-request-id'), /X-Request-Id is not valid: is missing/, /^ {4}RequestId:/],
    [
      'a problem code of another status',
      { ...problem('event-cancelled', 404) },
      /\/code must be equal to constant/,
      /const: event-not-found/,
    ],
    [
      'a problem whose status is not that of the response',
      problem('event-not-found', 404, { status: 400 }),
      /the problem has the status 400/,
      /problem\+json:/,
    ],
    [
      'a problem with the id of another request',
      problem('event-not-found', 404, { requestId: 'other' }),
      /another requestId/,
      /problem\+json:/,
    ],
    [
      'a problem whose type does not match its code',
      problem('event-not-found', 404, {
        type: 'https://event-management-api.github.io/event-management-api/errors.html#other',
      }),
      /type of the problem/,
      /problem\+json:/,
    ],
    [
      'a problem whose instance does not match its request id',
      problem('event-not-found', 404, { instance: 'urn:request:other' }),
      /instance of the problem/,
      /problem\+json:/,
    ],
    [
      'a field error without a place',
      problem('invalid-request', 400, { errors: [{ code: 'unknown-field', detail: 'D' }] }),
      /fewer than 3 properties/,
      /^ {6}minProperties: 3/,
    ],
    [
      'two field errors in one place',
      problem('invalid-request', 400, {
        errors: [
          { pointer: '/a', code: 'too-short', detail: 'D' },
          { pointer: '/a', code: 'invalid-format', detail: 'D' },
        ],
      }),
      /several errors in one place: pointer \/a/,
      /problem\+json:/,
    ],
    [
      'a field error with a sentence of Ajv',
      problem('invalid-request', 400, {
        errors: [{ pointer: '/a', code: 'too-short', detail: 'must NOT have fewer than 3 characters' }],
      }),
      /explained by a library: must NOT/,
      /problem\+json:/,
    ],
    ['a HEAD response with a body', { ...read, method: 'HEAD' }, /HEAD has no body/, /^ {4}EventRead:/],
    [
      'a HEAD response with a body, for an unknown path',
      { ...problem('route-not-found', 404), path: '/event', method: 'HEAD' },
      /HEAD has no body/,
      /^ {2}route-not-found:/,
    ],
    [
      'an unknown path with a status other than 404',
      { ...read, path: '/event' },
      /must be 404/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'a fragment in the path with a status other than 404',
      { ...read, path: `${path}?#x` },
      /must be 404/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unknown path with a body other than a problem',
      {
        ...problem('route-not-found', 404),
        path: '/event',
        headers: { 'x-request-id': requestId, 'content-type': 'text/html' },
      },
      /must be application\/problem\+json/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unknown path with another problem code',
      { ...problem('event-not-found', 404), path: '/event' },
      /with the code route-not-found/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unknown path with internals in the problem',
      { ...problem('route-not-found', 404, { stack: 'at' }), path: '/event' },
      /additional properties/,
      /additionalProperties: false/,
    ],
    [
      'an unknown path with an undocumented header',
      { ...problem('route-not-found', 404, {}, { 'x-inside': '1' }), path: '/event' },
      /x-inside is not documented/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unsupported method without Allow',
      { ...problem('method-not-allowed', 405), method: 'PUT' },
      /must have Allow: DELETE, GET, HEAD, OPTIONS, PATCH/,
      /^ {2}\/events\/\{eventId\}:/,
    ],
    [
      'an unsupported method with the Allow of another path',
      { ...wrongMethod, path: '/events', method: 'PUT' },
      /must have Allow: GET, HEAD, OPTIONS, POST/,
      /^ {2}\/events:/,
    ],
    [
      'an unsupported method with a status other than 405',
      { ...wrongMethod, method: 'PUT', status: 404 },
      /must be 405/,
      /^ {2}method-not-allowed: 405/,
    ],
    ['a method in lower case', { ...read, method: 'get' }, /must have Allow/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS with a status other than 204', { ...options, status: 200 }, /must be 204/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS without Allow', without(options, 'allow'), /must have Allow/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS with a body', { ...options, text: '{}' }, /must have no body/, /^ {2}\/events\/\{eventId\}:/],
    [
      'OPTIONS with an undocumented header',
      withHeader(options, { server: 'x' }),
      /server is not documented/,
      /^ {2}\/events\/\{eventId\}:/,
    ],
    [
      'a malformed request that passed the gateway',
      { ...malformedRequest, transport: 'lambda' },
      /the gateway has parsed this request/,
      /^ {2}malformed-request: 400/,
    ],
    [
      'a malformed request without Connection: close',
      without(malformedRequest, 'connection'),
      /must close the connection/,
      /^ {2}malformed-request: 400/,
    ],
    [
      'a malformed request with a status other than 400',
      { ...problem('malformed-request', 404), headers: malformedRequest.headers },
      /must be 400/,
      /^ {2}malformed-request: 400/,
    ],

    [
      'an accepted request without a token',
      { ...listed, requestHeaders: {} },
      /accepted without a token/,
      /^security:/,
    ],
    [
      'a response that does not vary by an optional token',
      withHeader(read, { vary: 'Origin' }),
      /vary does not contain Authorization/,
      /^ {4}EventRead:/,
    ],
    [
      'a problem that does not vary by an optional token',
      without(problem('event-not-found', 404), 'vary'),
      /vary does not contain Authorization/,
      /^ {4}EventNotFound:/,
    ],
    [
      'a response to a request with a token that may be stored',
      withHeader(read, { 'cache-control': 'public, max-age=60' }),
      /the response to a request with a token may be stored/,
      /^ {4}EventRead:/,
    ],
    [
      'a response to an invalid token that may be stored',
      withHeader(problem('unauthenticated', 401), { 'cache-control': 'public, max-age=60' }),
      /the response to a request with a token may be stored/,
      /^ {4}InvalidToken:/,
    ],
    [
      'an accepted request with an invalid body',
      creating({ name: 'ab' }),
      /accepted, but its body is not valid: \/name/,
      /^ {6}minLength: 3/,
    ],
    [
      'an accepted request with an unknown field',
      creating({ color: 'red' }),
      /accepted, but its body is not valid/,
      /^ {6}additionalProperties: false/,
    ],
    [
      'an accepted request without a body',
      { ...created, requestBody: Buffer.alloc(0) },
      /accepted without a body/,
      /^ {6}requestBody:/,
    ],
    [
      'an accepted request with a body other than JSON',
      { ...created, requestBody: Buffer.from('name=a') },
      /accepted, but its body is not valid: is missing/,
      /^ {4}EventCreate:/,
    ],
    [
      'an accepted request with another media type',
      { ...created, requestHeaders: { authorization, 'content-type': 'text/plain' } },
      /accepted in an undocumented media type/,
      /^ {8}content:/,
    ],
    [
      'an accepted request with an invalid header',
      { ...created, requestHeaders: { ...created.requestHeaders, 'idempotency-key': 'a b' } },
      /accepted, but Idempotency-Key/,
      /^ {6}pattern:/,
    ],
    [
      'an accepted request with an invalid path parameter',
      { ...read, path: '/events/5' },
      /accepted, but eventId/,
      /^ {6}(minLength|format|pattern):/,
    ],
    [
      'an accepted request with an unknown parameter',
      { ...read, path: `${path}?x=1` },
      /unknown parameter x/,
      /^paths:/,
    ],
    ['an accepted request with an invalid percent-encoding', listing('tag=%'), /not percent-encoded/, /^paths:/],
    [
      'an accepted request with a repeated parameter',
      listing('limit=5&limit=5'),
      /limit given twice/,
      /^ {4}ListLimit:/,
    ],
    [
      'an accepted request with text instead of a number',
      listing('limit=5.0'),
      /accepted, but limit is not valid: {2}must be integer/,
      /schema: \{ type: integer/,
    ],
    [
      'an accepted request with an invalid element in a list',
      listing('status=draft&status=open'),
      /accepted, but status is not valid: \/1/,
      /^ {6}enum: \[draft/,
    ],
    [
      'an accepted request with duplicate elements in a list',
      listing('status=draft&status=draft'),
      /duplicate items/,
      /uniqueItems: true/,
    ],
  ])('rejects %s, with the line of the contract', (_title, exchange, message, line) => {
    const violation = violationOf(() => check(ofOperation(exchange)));
    expect(violation).toMatch(message);
    expect(violation).toContain(`${exchange.method} ${exchange.path} -> ${exchange.status}`);
    const [, number] = /\(openapi\/openapi\.yaml:(\d+)\)/.exec(violation) ?? [];
    expect(lines[Number(number) - 1]).toMatch(line);
  });

  it('rejects undeclared fields even if the contract omits additionalProperties, also in subschemas', () => {
    const open = structuredClone(contract);
    for (const schema of Object.values<Tree>(open['components'].schemas)) delete schema['additionalProperties'];
    const strict = createChecker(open);
    strict(read);
    strict(problem('event-not-found', 404));
    for (const exchange of [
      withBody(read, { secret: 1 }),
      withBody(read, { location: { ...published['location'], secret: 1 } }),
      { ...listed, text: JSON.stringify({ items: [{ ...published, secret: 1 }] }) },
      problem('event-not-found', 404, { secret: 1 }),
      problem('invalid-request', 400, { errors: [{ pointer: '', code: 'unknown-field', detail: 'D', secret: 1 }] }),
      creating({ secret: 1 }),
    ]) {
      expect(violationOf(() => strict(ofOperation(exchange)))).toMatch(/(additional|unevaluated) properties/);
    }
  });

  it('accepts Deprecation and Sunset headers if a field of the request is deprecated', () => {
    const deprecating = structuredClone(contract);
    deprecating['components'].schemas.EventCreate.properties.capacity = {
      ...deprecating['components'].schemas.Capacity,
      deprecated: true,
    };
    const lenient = createChecker(deprecating);
    expect(lenient(ofOperation(withHeader(created, { sunset: 'soon', deprecation: '@1' })))).toContain(
      'createEvent 201 application/json',
    );
    expect(violationOf(() => lenient(withHeader(read, { sunset: 'soon' })))).toMatch(/sunset is not documented/);
  });

  it('reports each recorded violation to the test once', () => {
    assertConforms({ ...read, status: 202 });
    assertConforms({ ...read, path: `/api${path}` }, '/api');
    expect(throwViolation).toThrow(/status 202 is not documented/);
    throwViolation();
    assertConforms(read, '/api');
    expect(throwViolation).toThrow(/must be 404/);
  });

  function violationOf(action: () => unknown): string {
    try {
      action();
    } catch (error) {
      expect(error).toBeInstanceOf(Violation);
      return (error as Violation).message;
    }
    throw new Error('No violation was thrown.');
  }
});
