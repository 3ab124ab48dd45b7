import { readFileSync } from 'node:fs';
import { throwBreach } from './breaches.ts';
import { createChecker } from './checker.ts';
import { storedContract } from './contract-file.ts';
import { Breach, type Exchange } from './exchange.ts';
import { holdAgainstContract } from './hold.ts';

// Changed by the tests, so a copy of their own.
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
    date: 'today',
  },
  text: JSON.stringify(published),
};
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
  ...without(read, 'etag'),
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
    type: `urn:problem:event-management:${code}`,
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
const neverRead = problem('malformed-request', 400, {}, { connection: 'close' });

describe('the checker of a response in several media types', () => {
  const copy = structuredClone(contract);
  copy['paths']['/events'].get.responses['200'].content['text/csv'] = { schema: { type: 'string', pattern: '^id' } };
  const checkCopy = createChecker(copy);
  const csv = withHeader(
    { ...listed, text: 'id\r\n1\r\n' },
    { 'content-type': 'text/csv; charset=utf-8', vary: 'Accept' },
  );

  it('reads a body that is not JSON as text', () => {
    expect(checkCopy(csv)).toEqual(expect.arrayContaining(['listEvents 200 text/csv']));
    expect(() => checkCopy({ ...csv, text: 'name' })).toThrow(/must match pattern "\^id"/);
  });

  it('allows Vary only for them', () => {
    expect(() => check(withHeader(listed, { vary: 'Accept' }))).toThrow(/the header vary is not documented/);
  });
});

describe('the checker', () => {
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
    ['a creation', created, ['createEvent 201 application/json', 'createEvent 201 without Idempotency-Replayed']],
    [
      'a repeated creation',
      withHeader(created, { 'idempotency-replayed': 'true' }),
      ['createEvent 201 with Idempotency-Replayed'],
    ],
    ['a list', listed, ['listEvents parameter limit', 'listEvents parameter status', 'EventStatus draft']],
    ['a problem', problem('event-not-found', 404), ['getEvent 404 application/problem+json event-not-found']],
    [
      'its field errors',
      problem('invalid-request', 400, { errors: [{ pointer: '/a', code: 'unknown-field', detail: 'D' }] }),
      ['Problem.errors', 'FieldError.pointer', 'FieldErrorCode unknown-field'],
    ],
    ['HEAD', { ...read, method: 'HEAD', text: '' }, ['HEAD getEvent']],
    ['OPTIONS', options, ['OPTIONS /events/{eventId}']],
    ['an unknown path', { ...problem('route-not-found', 404), path: '/event' }, ['no operation route-not-found']],
    [
      'another method',
      { ...wrongMethod, method: 'PUT' },
      ['no operation method-not-allowed', 'another method /events/{eventId}'],
    ],
    ['what is no request', neverRead, ['no operation malformed-request']],
    [
      'a null',
      {
        ...read,
        method: 'PATCH',
        requestHeaders: created.requestHeaders,
        requestBody: Buffer.from('{"capacity":null}'),
      },
      ['EventUpdate.capacity', 'EventUpdate.capacity null'],
    ],
    [
      'headers for another origin',
      withHeader(
        { ...read, requestHeaders: { authorization, origin: 'https://a.example' } },
        { 'access-control-allow-origin': '*', vary: 'Origin' },
      ),
      [],
    ],
  ])('accepts %s, and names what it shows', (_title, exchange, entries) => {
    expect(check(exchange)).toEqual(expect.arrayContaining([...entries]));
  });

  it.each<[string, Exchange, RegExp, line: RegExp]>([
    ['an undocumented status', { ...read, status: 202 }, /status 202 is not documented/, /^ {6}responses:/],
    [
      "a status that is the gateway's",
      problem('forbidden', 403),
      /status 403 is the gateway's alone/,
      /^ {6}x-made-by: gateway/,
    ],
    [
      "a body that is the gateway's",
      {
        ...withHeader(problem('forbidden', 403), { 'content-type': 'application/json' }),
        method: 'DELETE',
        text: '{"message":"No"}',
      },
      /media type is the gateway's alone/,
      /^ {6}x-made-by: gateway/,
    ],
    [
      'an undocumented media type',
      withHeader(read, { 'content-type': 'text/html' }),
      /text\/html is not documented/,
      /^ {6}content:/,
    ],
    ['no media type', without(read, 'content-type'), /\(none\) is not documented/, /^ {6}content:/],
    [
      'a body where none is documented',
      { ...without(read, 'etag'), method: 'DELETE', status: 204 },
      /must have no body/,
      /'204':/,
    ],
    [
      'an undeclared member',
      withBody(read, { secret: 1 }),
      /additional properties/,
      /^ {6}additionalProperties: false/,
    ],
    ['a missing member', withBody(read, { etag: undefined }), /required property 'etag'/, /^ {6}required:/],
    ['a wrong member', withBody(read, { name: 'ab' }), /\/name must NOT have fewer than 3/, /^ {6}minLength: 3/],
    [
      'a wrong member of a branch',
      withBody(read, { location: { kind: 'online', url: 'http://a.example' } }),
      /\/location\/url must match pattern/,
      /^ {6}pattern: \^https:/,
    ],
    [
      'a member of another branch',
      withBody(read, { location: { kind: 'online', url: 'https://a.example', name: 'a' } }),
      /\/location must NOT have additional/,
      /additionalProperties: false/,
    ],
    [
      'a null that is not allowed',
      withBody(read, { capacity: null }),
      /\/capacity must be integer/,
      /^ {6}type: integer/,
    ],
    ['no body', { ...read, text: '' }, /the body is not valid: is missing/, /^ {4}Event:/],
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
      'an undeclared header',
      withHeader(read, { 'x-powered-by': 'luck' }),
      /the header x-powered-by is not documented/,
      /^ {4}EventRead:/,
    ],
    [
      'headers for another origin that nobody asked for',
      withHeader(read, { 'access-control-allow-origin': '*' }),
      /access-control-allow-origin is not documented/,
      /^ {4}EventRead:/,
    ],
    [
      'the end of what is not retired',
      withHeader(read, { sunset: 'soon' }),
      /sunset is not documented/,
      /^ {4}EventRead:/,
    ],
    ['no request id', without(read, 'x-request-id'), /X-Request-Id is not valid: is missing/, /^ {4}RequestId:/],
    [
      'a code of another status',
      { ...problem('event-cancelled', 404) },
      /\/code must be equal to one of/,
      /enum: \[event-not-found\]/,
    ],
    [
      'a problem of another status',
      problem('event-not-found', 404, { status: 400 }),
      /the problem says status 400/,
      /problem\+json:/,
    ],
    [
      'a problem of another request',
      problem('event-not-found', 404, { requestId: 'other' }),
      /another requestId/,
      /problem\+json:/,
    ],
    [
      'a problem of another type',
      problem('event-not-found', 404, { type: 'urn:problem:event-management:other' }),
      /type of the problem/,
      /problem\+json:/,
    ],
    [
      'a problem of another instance',
      problem('event-not-found', 404, { instance: 'urn:request:other' }),
      /instance of the problem/,
      /problem\+json:/,
    ],
    [
      'a field error that points nowhere',
      problem('invalid-request', 400, { errors: [{ code: 'unknown-field', detail: 'D' }] }),
      /fewer than 3 properties/,
      /^ {6}minProperties: 3/,
    ],
    ['a body of HEAD', { ...read, method: 'HEAD' }, /HEAD has no body/, /^ {4}EventRead:/],
    [
      'a body of HEAD without an operation',
      { ...problem('route-not-found', 404), path: '/event', method: 'HEAD' },
      /HEAD has no body/,
      /^ {2}route-not-found:/,
    ],
    ['an unknown path that is no 404', { ...read, path: '/event' }, /must be 404/, /^ {2}route-not-found: 404/],
    ['a fragment that is no 404', { ...read, path: `${path}?#x` }, /must be 404/, /^ {2}route-not-found: 404/],
    [
      'an unknown path that is no problem',
      {
        ...problem('route-not-found', 404),
        path: '/event',
        headers: { 'x-request-id': requestId, 'content-type': 'text/html' },
      },
      /must be application\/problem\+json/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unknown path with another code',
      { ...problem('event-not-found', 404), path: '/event' },
      /with the code route-not-found/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'an unknown path that shows the inside',
      { ...problem('route-not-found', 404, { stack: 'at' }), path: '/event' },
      /additional properties/,
      /additionalProperties: false/,
    ],
    [
      'an unknown path with a strange header',
      { ...problem('route-not-found', 404, {}, { 'x-inside': '1' }), path: '/event' },
      /x-inside is not documented/,
      /^ {2}route-not-found: 404/,
    ],
    [
      'another method without Allow',
      { ...problem('method-not-allowed', 405), method: 'PUT' },
      /must have Allow: DELETE, GET, HEAD, OPTIONS, PATCH/,
      /^ {2}\/events\/\{eventId\}:/,
    ],
    [
      'another method with the Allow of another path',
      { ...wrongMethod, path: '/events', method: 'PUT' },
      /must have Allow: GET, HEAD, OPTIONS, POST/,
      /^ {2}\/events:/,
    ],
    [
      'another method that is no 405',
      { ...wrongMethod, method: 'PUT', status: 404 },
      /must be 405/,
      /^ {2}method-not-allowed: 405/,
    ],
    ['a method in lower case', { ...read, method: 'get' }, /must have Allow/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS that is no 204', { ...options, status: 200 }, /must be 204/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS without Allow', without(options, 'allow'), /must have Allow/, /^ {2}\/events\/\{eventId\}:/],
    ['OPTIONS with a body', { ...options, text: '{}' }, /must have no body/, /^ {2}\/events\/\{eventId\}:/],
    [
      'OPTIONS with a strange header',
      withHeader(options, { server: 'x' }),
      /server is not documented/,
      /^ {2}\/events\/\{eventId\}:/,
    ],
    [
      'what is no request, behind the gateway',
      { ...neverRead, transport: 'lambda' },
      /the gateway has read this request/,
      /^ {2}malformed-request: 400/,
    ],
    [
      'what is no request, with more to come',
      without(neverRead, 'connection'),
      /must end the connection/,
      /^ {2}malformed-request: 400/,
    ],
    [
      'what is no request, with another status',
      { ...problem('malformed-request', 404), headers: neverRead.headers },
      /must be 400/,
      /^ {2}malformed-request: 400/,
    ],

    [
      'a request without a token that was accepted',
      { ...read, requestHeaders: {} },
      /accepted without a token/,
      /^security:/,
    ],
    [
      'an invalid body that was accepted',
      creating({ name: 'ab' }),
      /accepted, but its body is not valid: \/name/,
      /^ {6}minLength: 3/,
    ],
    [
      'an unknown member that was accepted',
      creating({ colour: 'red' }),
      /accepted, but its body is not valid/,
      /^ {6}additionalProperties: false/,
    ],
    [
      'a missing body that was accepted',
      { ...created, requestBody: Buffer.alloc(0) },
      /accepted without a body/,
      /^ {6}requestBody:/,
    ],
    [
      'a body that is no JSON and was accepted',
      { ...created, requestBody: Buffer.from('name=a') },
      /accepted, but its body is not valid: is missing/,
      /^ {4}EventCreate:/,
    ],
    [
      'another media type that was accepted',
      { ...created, requestHeaders: { authorization, 'content-type': 'text/plain' } },
      /accepted in an undocumented media type/,
      /^ {8}content:/,
    ],
    [
      'an invalid header that was accepted',
      { ...created, requestHeaders: { ...created.requestHeaders, 'idempotency-key': 'a b' } },
      /accepted, but Idempotency-Key/,
      /^ {6}pattern:/,
    ],
    [
      'an invalid path that was accepted',
      { ...read, path: '/events/5' },
      /accepted, but eventId/,
      /^ {6}(minLength|format|pattern):/,
    ],
    ['an unknown parameter that was accepted', { ...read, path: `${path}?x=1` }, /unknown parameter x/, /^paths:/],
    ['a broken escape that was accepted', listing('tag=%'), /not percent-encoded/, /^paths:/],
    ['a repeated parameter that was accepted', listing('limit=5&limit=5'), /limit given twice/, /^ {4}ListLimit:/],
    [
      'no number that was accepted',
      listing('limit=5.0'),
      /accepted, but limit is not valid: {2}must be integer/,
      /schema: \{ type: integer/,
    ],
    [
      'a wrong element that was accepted',
      listing('status=draft&status=open'),
      /accepted, but status is not valid: \/1/,
      /^ {6}enum: \[draft/,
    ],
    ['equal elements that were accepted', listing('status=draft&status=draft'), /duplicate items/, /uniqueItems: true/],
  ])('refuses %s, and names the line of the contract', (_title, exchange, message, line) => {
    const breach = breachOf(() => check(exchange));
    expect(breach).toMatch(message);
    expect(breach).toContain(`${exchange.method} ${exchange.path} -> ${exchange.status}`);
    const [, number] = /\(openapi\/openapi\.yaml:(\d+)\)/.exec(breach) ?? [];
    expect(lines[Number(number) - 1]).toMatch(line);
  });

  it('closes schemas that the contract leaves open, also in parts, lists and unions', () => {
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
      expect(breachOf(() => strict(exchange))).toMatch(/(additional|unevaluated) properties/);
    }
  });

  it('lets what is retired announce its end', () => {
    const retiring = structuredClone(contract);
    retiring['components'].schemas.EventCreate.properties.capacity = {
      ...retiring['components'].schemas.Capacity,
      deprecated: true,
    };
    const lenient = createChecker(retiring);
    expect(lenient(withHeader(created, { sunset: 'soon', deprecation: '@1' }))).toContain(
      'createEvent 201 application/json',
    );
    expect(breachOf(() => lenient(withHeader(read, { sunset: 'soon' })))).toMatch(/sunset is not documented/);
  });

  it('keeps a breach until the test hears of it, once', () => {
    holdAgainstContract({ ...read, status: 202 });
    holdAgainstContract({ ...read, path: `/api${path}` }, '/api');
    expect(throwBreach).toThrow(Breach);
    throwBreach();
    holdAgainstContract(read, '/api');
    expect(throwBreach).toThrow(/must be 404/);
  });

  function breachOf(action: () => unknown): string {
    try {
      action();
    } catch (error) {
      expect(error).toBeInstanceOf(Breach);
      return (error as Breach).message;
    }
    throw new Error('There was no breach.');
  }
});
