/** The conventions of openapi/lint-plugin.js that the contract has no case of: what they would say if it had. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { textPattern } from '../../openapi/lint-plugin.js';

const text = readFileSync('openapi/openapi.yaml', 'utf8');
const project = mkdtempSync(join(tmpdir(), 'lint-'));
beforeAll(() => {
  cpSync('openapi', join(project, 'openapi'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** The messages about a contract in which these members were set. */
function messagesAbout(
  changes: readonly (readonly [path: readonly string[], members: Record<string, unknown>])[],
): string[] {
  const document = parseDocument(text);
  for (const [path, members] of changes)
    for (const [name, value] of Object.entries(members)) document.setIn([...path, name], value);
  writeFileSync(join(project, 'openapi/openapi.yaml'), document.toString());
  const script = resolve('scripts/contract/lint.ts');
  const { FORCE_COLOR: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    encoding: 'utf8',
    cwd: project,
    env: { ...env, NO_COLOR: '1' },
  });
  expect(`${stdout}${stderr}`).not.toContain('Error:');
  return [...stdout.matchAll(/^\[\d+\] \S+ at \S+\n\n(.*)\n/gm)].map(([, message = '']) => message).sort();
}

const operation = ['paths', '/events/{eventId}', 'get'];
const parameter = ['components', 'parameters', 'ListStatus'];
const schemas = ['components', 'schemas'];

const noDay = 'A deprecated element must have x-deprecated-since, a date such as "2030-01-31".';
const alone = 'x-deprecated-since and x-sunset require deprecated: true.';
const notNormalized =
  'Strings are normalized in bodies and queries only, and not in allOf: x-text must be opaque or absent.';
const early = 'x-sunset must be a date such as "2030-12-31", not before x-deprecated-since.';

it('what is deprecated says since when, or no header would be sent; what is not says neither', () => {
  const messages = messagesAbout([
    [operation, { deprecated: true }],
    [parameter, { deprecated: true, 'x-deprecated-since': '2030-02-30' }],
    [[...schemas, 'EventName'], { deprecated: true, 'x-deprecated-since': '2030-01-31', 'x-sunset': '2030-01-30' }],
    [[...schemas, 'EventStatus'], { deprecated: true, 'x-deprecated-since': '2030-01-31', 'x-sunset': 'soon' }],
    [[...schemas, 'EventPhase'], { 'x-deprecated-since': '2030-01-31' }],
  ]);
  expect(messages).toEqual([noDay, noDay, alone, early, early].sort());
});

it('deprecations with their days are right, also where they go on the same day', () => {
  const right = { deprecated: true, 'x-deprecated-since': '2030-01-31' };
  expect(
    messagesAbout([
      [operation, right],
      [parameter, { ...right, 'x-sunset': '2030-01-31' }],
    ]),
  ).toEqual([]);
});

it('an operation is called by the verb of its method or of its path, and a noun', () => {
  const called = (path: string, method: string, operationId: string) =>
    [['paths', path, method], { operationId }] as const;
  expect(
    messagesAbout([
      called('/events', 'get', 'showEvents'),
      called('/events', 'post', 'addEvent'),
      called('/events/{eventId}', 'patch', 'updateevent'),
      called('/events/{eventId}', 'delete', 'removeEvent'),
      called('/events/{eventId}/cancel', 'post', 'stopEvent'),
      [['paths', '/health/now'], { get: { $ref: '#/paths/~1health/get' } }],
    ]),
  ).toEqual(
    expect.arrayContaining([
      'The operationId of GET /events must be get or list and a noun.',
      'The operationId of POST /events must be create and a noun.',
      'The operationId of PATCH /events/{eventId} must be update and a noun.',
      'The operationId of DELETE /events/{eventId} must be delete and a noun.',
      'The operationId of POST /events/{eventId}/cancel must be cancel and a noun.',
      'Only the last part of a path may be a singular, unlike health.',
    ]),
  );
});

it('a token is required, not read, or optional; where it is optional, the operation says what that takes', () => {
  const [schemes, none] = [[{ accessToken: [] }, { signIn: [] }], {}];
  const form = 'security must be absent, [] or [{"accessToken":[]},{"signIn":[]},{}].';
  const optional = ['paths', '/events/{eventId}', 'get'];
  expect(messagesAbout([[optional, { security: [none, ...schemes] }]])).toEqual([form]);
  expect(messagesAbout([[optional, { security: schemes }]])).toContain(form);
  expect(messagesAbout([[['paths', '/events', 'post'], { security: [...schemes, none] }]])).toEqual([
    'A token can be optional for get only.',
    'With an optional token, an operation must have an x-throttle.',
    'With an optional token, no role can be required.',
  ]);
});

it('a singular that can be written is what each caller has one of; one that can only be read is not', () => {
  const replace = {
    operationId: 'replaceEventCalendar',
    summary: 'Replace the calendar',
    'x-required-role': 'organizer',
  };
  const calendar = '/events/{eventId}/calendar';
  expect(
    messagesAbout([
      [['paths', calendar], { put: { ...parseDocument(text).toJS().paths['/events'].post, ...replace } }],
      [['paths', '/health'], { delete: { $ref: '#/paths/~1events~1{eventId}/delete' } }],
    ]),
  ).toEqual(
    expect.arrayContaining([
      `The operationId of GET ${calendar} must be get or list and My and a noun.`,
      `PUT ${calendar} must not have x-required-role.`,
      'health is a singular, so it cannot have put, patch or delete.',
    ]),
  );
});

it('writing needs the role, except for what belongs to the caller', () => {
  const feeds = ['paths', '/calendar-feeds'];
  const registrations = '/events/{eventId}/registrations';
  const notCallers = 'x-belongs-to must be caller, and no other resource can precede it.';
  expect(messagesAbout([[feeds, { 'x-belongs-to': 'everyone' }]])).toEqual([
    'POST /calendar-feeds must have x-required-role.',
    notCallers,
  ]);
  expect(
    messagesAbout([
      [[...feeds, 'post'], { 'x-required-role': 'organizer' }],
      [['paths', registrations], { 'x-belongs-to': 'caller' }],
    ]),
  ).toEqual(
    [
      'POST /calendar-feeds must not have x-required-role.',
      `POST ${registrations} must not have x-required-role.`,
      notCallers,
    ].sort(),
  );
});

it('a response with a resource that has an etag has it as a header', () => {
  const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
  const headers = {
    'X-Request-Id': header('RequestId'),
    'Cache-Control': header('NoStore'),
    'Dry-Run': header('DryRun'),
  };
  expect(messagesAbout([[['components', 'responses', 'EventUnpublished'], { headers }]])).toEqual([
    'A response with an etag must have the header ETag.',
  ]);
});

it('a webhook has a name instead of a path, and the responses to it are those of the client', () => {
  const webhook = {
    post: {
      operationId: 'onEventPublished',
      summary: 'An event is published',
      description: 'Sent when an event is published.',
      tags: ['Events'],
      security: [],
      requestBody: {
        description: 'The event.',
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Event' },
            examples: { published: { $ref: '#/components/examples/PublishedEvent' } },
          },
        },
      },
      responses: { '2XX': { description: 'Received.' } },
    },
  };
  expect(messagesAbout([[['webhooks'], { 'event.published': webhook }]])).toEqual([]);
});

it('what may be null is a schema with a type or null, and only prose is beside a reference', () => {
  const name = { $ref: '#/components/schemas/EventName' };
  const nothing = { type: 'null' };
  const members = {
    name: { ...name, maxLength: 5 },
    description: { anyOf: [nothing, name], description: 'It.' },
    imageUrl: { oneOf: [name, nothing], description: 'It.' },
    location: { anyOf: [{ allOf: [name, { type: 'string', maxLength: 5 }] }, nothing], description: 'It.' },
    capacity: { type: 'integer', nullable: true, minimum: 1, description: 'It.', example: 1 },
  };
  const messages = messagesAbout([[[...schemas, 'EventUpdate', 'properties'], members]]);
  expect(messages.filter((message) => !message.startsWith('Example value'))).toEqual(
    [
      'Not allowed next to a $ref: maxLength.',
      ...['description', 'imageUrl', 'location'].map(
        () => "A nullable schema must be anyOf of a schema with a type, and type: 'null'.",
      ),
      'A string of a request must have x-text, or a pattern or format with x-expected.',
      'Property `nullable` is not expected here.',
      notNormalized,
    ].sort(),
  );
});

it('paths are kebab-case, and responses name their request', () => {
  const messages = messagesAbout([
    [['paths'], { '/event_names': { get: { $ref: '#/paths/~1health/get' } } }],
    [
      ['components', 'responses', 'BodyTooLarge'],
      { headers: { 'Cache-Control': { $ref: '#/components/headers/NoStore' } } },
    ],
  ]);
  expect(messages).toContain('event_names must be kebab-case.');
  expect(messages).toContain('A response must have the header X-Request-Id.');
});

it('a summary starts with the verb of its operationId', () => {
  expect(messagesAbout([[['paths', '/events', 'get'], { summary: 'Show events' }]])).toEqual([
    'The summary of listEvents must start with its verb, list.',
  ]);
});

it('every string of a request is a text, a URL, opaque, or says what is expected', () => {
  const text = { type: 'string', minLength: 1, maxLength: 9, example: 'x', description: 'One more.' };
  const [single, multi] = ['single-line', 'multi-line'].map((kind) => (minLength: number) => ({
    'x-text': kind,
    minLength,
    pattern: textPattern(kind, minLength),
  })) as [(minLength: number) => object, (minLength: number) => object];
  const mustHave = 'A string of a request must have x-text, or a pattern or format with x-expected.';
  const complete = 'x-expected must complete "must be …", and end with ", such as" and the example.';
  const url = 'A URL must have x-text: url, format: uri and the pattern ^https://[^/?#].';
  const cases: [schema: object, ...messages: string[]][] = [
    [{}, mustHave],
    [{ type: ['string', 'null'] }, mustHave],
    [single(1)],
    [multi(0)],
    [{ 'x-text': 'opaque' }],
    [{ 'x-text': 'paragraph' }, 'x-text must be single-line, multi-line, url or opaque.'],
    [
      { ...single(1), pattern: undefined },
      `A single-line text of this minLength must have the pattern ${textPattern('single-line', 1)}.`,
    ],
    [
      { ...multi(1), minLength: 3 },
      `A multi-line text of this minLength must have the pattern ${textPattern('multi-line', 3)}.`,
    ],
    [
      { ...single(2), 'x-expected': 'a text, such as x' },
      'A single-line text must have neither a format nor x-expected.',
    ],
    [
      { 'x-text': 'opaque', pattern: '^x$' },
      'A string with x-text: opaque must have no pattern, no format and no x-expected.',
    ],
    [{ pattern: '^x$' }, complete],
    [{ pattern: '^x$', 'x-expected': 'a letter' }, complete],
    [{ pattern: '^x$', 'x-expected': 'a letter, such as x' }],
    [{ format: 'uri', 'x-expected': 'a URL, such as x' }, url],
    [{ format: 'uri', 'x-text': 'url', 'x-expected': 'a URL, such as x' }, url],
  ];
  // Within all that a request can contain: members, items, alternatives and referenced schemas, of bodies and of parameters.
  const members = cases.map(([schema], index) => [`case${index}`, { ...text, ...schema }] as const);
  const list = { type: 'array', maxItems: 9, description: 'A list.', items: text };
  const union = { description: 'Text or null.', anyOf: [text, { type: 'null' }] };
  const map = {
    type: 'object',
    description: 'A map.',
    propertyNames: text,
    additionalProperties: { ...text, description: 'A value.' },
    maxProperties: 9,
  };
  const own = messagesAbout([
    [[...schemas, 'EventCancel', 'properties'], { ...Object.fromEntries(members), list, union, map }],
    [[...schemas, 'VenueLocation', 'properties'], { inBranch: text }],
    [['components', 'parameters', 'ListTag'], { schema: text }],
    // The strings of responses are the server's own.
    [[...schemas, 'Health', 'properties'], { inResponse: text }],
  ]).filter((message) => /x-|URL must|must have the pattern/.test(message));
  const inOtherPlaces = Array.from({ length: 6 }, () => mustHave);
  expect(own).toEqual([...cases.flatMap(([, ...messages]) => messages), ...inOtherPlaces].sort());
});

describe('x-text', () => {
  const text = { $ref: '#/components/schemas/EventName' };
  it.each([
    ['a path', ['components', 'parameters', 'EventId'], { schema: text }],
    ['a header', ['components', 'parameters', 'IdempotencyKey'], { schema: text }],
    ['allOf', [...schemas, 'EventCancel', 'properties'], { part: { description: 'A text.', allOf: [text] } }],
  ])('is not allowed in %s, where nothing is normalized', (_, path, members) => {
    expect(messagesAbout([[path, members]])).toContain(notNormalized);
  });

  it('is allowed in a query', () => {
    expect(messagesAbout([[['components', 'parameters', 'ListTag'], { schema: text }]])).not.toContain(notNormalized);
  });
});

it('a parameter promises no reserved characters', () => {
  const messages = messagesAbout([[['components', 'parameters', 'ListTag'], { allowReserved: true }]]);
  expect(messages).toEqual([expect.stringMatching(/^allowReserved would promise/)]);
});

it('what is written to an event can be tried, and nothing else', () => {
  const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
  const headers = { ETag: header('ETag'), 'X-Request-Id': header('RequestId'), 'Cache-Control': header('NoStore') };
  const parameters = (...names: readonly string[]) =>
    names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  expect(
    messagesAbout([
      [['paths', '/events/{eventId}/publish', 'post'], { parameters: parameters('IfMatch') }],
      [['paths', '/health', 'get'], { parameters: parameters('DryRun') }],
      [['components', 'responses', 'EventUnpublished'], { headers }],
    ]),
  ).toEqual(
    [
      'POST /events/{eventId}/publish must have the parameter dryRun.',
      'GET /health must not have the parameter dryRun.',
      'POST /events/{eventId}/unpublish must have the header Dry-Run.',
    ].sort(),
  );
});

it('values of enumerations are kebab-case, or names of operations that write', () => {
  expect(
    messagesAbout([
      [[...schemas, 'EventPhase'], { enum: ['upcoming', 'onGoing', 'ended'] }],
      [[...schemas, 'EventActions'], { example: ['updateEvent'] }],
      [[...schemas, 'EventAction'], { enum: ['updateEvent', 'getEvent', 'removeEvent'] }],
    ]).filter((message) => !message.startsWith('Example')),
  ).toEqual(
    expect.arrayContaining([
      'onGoing must be kebab-case.',
      'getEvent must be the name of an operation that writes.',
      'removeEvent must be the name of an operation that writes.',
    ]),
  );
});
