/** Tests the compiler's messages for handlers that do not match the contract: they are part of the binding. */
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = process.cwd();
const folder = join(root, 'src/contract/snippets');

const head = `
import type { Event } from '../generated/types.ts';
import type { Call, Handlers, OperationResult, SuccessOf } from '../binding.ts';
declare const event: Event;
declare const handlers: Handlers;
type Table = SuccessOf<{ 200: { headers: {}; content: { 'application/json': { rows: number }; 'text/csv': string } } }>;
export type Used = [Table, typeof handlers, typeof event, OperationResult<'getHealth'>, Call<'getHealth'>];
`;

/** The source of a handler that returns an expression. */
const returning = (id: string, result: string) =>
  `export async function ${id}(): Promise<OperationResult<'${id}'>> { return ${result}; }`;

/** The source of a handler that reads a part of its request. */
const reading = (id: string, expression: string) =>
  `export function ${id}(call: Call<'${id}'>) { return ${expression}; }`;

interface Case {
  /** What the compiler does with the error. */
  readonly title: string;
  readonly wrong: string;
  /** The message, or its start and end if the compiler may truncate the middle. */
  readonly message: string | readonly [start: string, end: string];
  /** The corrected source. */
  readonly right: string;
}

const createEventCodes =
  '"body-too-large" | "forbidden" | "idempotency-key-consumed" | "idempotency-key-reused" | "internal-error" | "invalid-event" | ' +
  '"invalid-request" | "malformed-body" | "service-unavailable" | "unauthenticated" | "unsupported-media-type"';

const created = `{ status: 201, headers: { Location: '/events/1', ETag: event.etag }, body: event }`;
const healthy = `{ status: 200, body: { status: 'ok', version: '1' } }`;

const cases: readonly Case[] = [
  {
    title: 'names an operation without a handler',
    wrong: 'const { getHealth: _, ...others } = handlers; export const table: Handlers = others;',
    message: ["Property 'getHealth' is missing in type '{ listEvents: ", "' but required in type 'Handlers'."],
    right: 'export const table: Handlers = handlers;',
  },
  {
    title: 'rejects the handler of another operation',
    wrong: 'export const table: Handlers = { ...handlers, cancelEvent: handlers.publishEvent };',
    message: [
      'Type \'(call: Call<"publishEvent">) => Promise<OperationResult<"publishEvent">>\' is not assignable to type \'(call: Call<"cancelEvent">',
      "Type '{ reason?: string; }' is not assignable to type 'undefined'.",
    ],
    right: 'export const table: Handlers = { ...handlers, publishEvent: handlers.publishEvent };',
  },
  {
    title: 'rejects an undocumented status, and lists the documented ones',
    wrong: returning(
      'createEvent',
      `{ status: 418, headers: { Location: '/events/1', ETag: event.etag }, body: event }`,
    ),
    message: "Type '418' is not assignable to type '201'.",
    right: returning('createEvent', created),
  },
  {
    title: "rejects another operation's status",
    wrong: returning('deleteEvent', '{ status: 200 }'),
    message: "Type '200' is not assignable to type '204'.",
    right: returning('deleteEvent', '{ status: 204 }'),
  },
  {
    title: 'rejects an undocumented code, and lists the documented ones',
    wrong: returning('createEvent', `{ problem: 'teapot' }`),
    message: `Type '"teapot"' is not assignable to type '${createEventCodes}'.`,
    right: returning('createEvent', `{ problem: 'invalid-event' }`),
  },
  {
    title: "rejects another operation's code",
    wrong: returning('createEvent', `{ problem: 'not-published' }`),
    message: `Type '"not-published"' is not assignable to type '${createEventCodes}'.`,
    right: returning('cancelEvent', `{ problem: 'not-published' }`),
  },
  {
    title: 'rejects a code that only the gateway produces',
    wrong: returning('getEvent', `{ problem: 'too-many-requests' }`),
    message:
      'Type \'"too-many-requests"\' is not assignable to type \'"event-not-found" | "internal-error" | "invalid-request" | ' +
      '"service-unavailable" | "unauthenticated"\'.',
    right: returning('getEvent', `{ problem: 'event-not-found' }`),
  },
  {
    title: 'names a missing required header',
    wrong: returning('createEvent', `{ status: 201, headers: { Location: '/events/1' }, body: event }`),
    message:
      "Property 'ETag' is missing in type '{ Location: string; }' but required in type " +
      '\'{ Location: string; ETag: string; "Idempotency-Replayed"?: "true"; "Dry-Run"?: "true"; }\'.',
    right: returning(
      'createEvent',
      `{ status: 201, headers: { Location: '/events/1', ETag: event.etag, 'Idempotency-Replayed': 'true' }, body: event }`,
    ),
  },
  {
    title: 'names the missing member headers',
    wrong: returning('getMyRegistration', '{ status: 200, body: event as never }'),
    message: [
      "Type '{ status: 200; body: never; }' is not assignable to type 'OperationResult<\"getMyRegistration\">'.\n" +
        "  Property 'headers' is missing in type '{ status: 200; body: never; }' but required in type " +
        "'{ status: 200; problem?: never; headers: { ETag: string; };",
      "}'.",
    ],
    right: returning('getMyRegistration', '{ status: 200, headers: { ETag: event.etag }, body: event as never }'),
  },
  {
    title: 'requires Cache-Control where caches may keep a response',
    wrong: returning('getEvent', '{ status: 304, headers: { ETag: event.etag } }'),
    message: [
      "Type '{ status: 304; headers: { ETag: string; }; }' is not assignable to type 'OperationResult<\"getEvent\">'.",
      "Property '\"Cache-Control\"' is missing in type '{ ETag: string; }' but required in type " +
        '\'{ ETag: string; "Cache-Control": "public, max-age=60"; }\'.',
    ],
    right: returning(
      'getEvent',
      `{ status: 304, headers: { ETag: event.etag, 'Cache-Control': 'public, max-age=60' } }`,
    ),
  },
  {
    title: 'leaves Cache-Control to the application elsewhere',
    wrong: returning(
      'getMyRegistration',
      `{ status: 200, headers: { ETag: event.etag, 'Cache-Control': 'no-store' }, body: event as never }`,
    ),
    message:
      "Object literal may only specify known properties, and ''Cache-Control'' does not exist in type '{ ETag: string; }'.",
    right: returning('getMyRegistration', '{ status: 200, headers: { ETag: event.etag }, body: event as never }'),
  },
  {
    title: 'has perhaps no caller where a token is optional',
    wrong: reading('getEvent', 'call.principal.sub'),
    message: "'call.principal' is possibly 'undefined'.",
    right: reading('getEvent', 'call.principal?.sub'),
  },
  {
    title: 'names an undocumented header',
    wrong: returning(
      'createEvent',
      `{ status: 201, headers: { Location: '/events/1', ETag: event.etag, Server: 'x' }, body: event }`,
    ),
    message:
      "Object literal may only specify known properties, and 'Server' does not exist in type " +
      '\'{ Location: string; ETag: string; "Idempotency-Replayed"?: "true"; "Dry-Run"?: "true"; }\'.',
    right: returning('createEvent', created),
  },
  {
    title: 'names a header that differs from the contract in case',
    wrong: returning('getMyRegistration', '{ status: 200, headers: { etag: event.etag }, body: event as never }'),
    message:
      "Object literal may only specify known properties, but 'etag' does not exist in type '{ ETag: string; }'. Did you mean to write 'ETag'?",
    right: returning('getMyRegistration', '{ status: 200, headers: { ETag: event.etag }, body: event as never }'),
  },
  {
    title: 'requires the media type of a body that is not JSON',
    wrong: `export const table: Table = { status: 200, body: 'a,b' };`,
    message: [
      "Type '{ status: 200; body: string; }' is not assignable to type",
      "Property 'mediaType' is missing in type '{ status: 200; body: string; }' but required in type '{ status: 200; problem?: never; mediaType: \"text/csv\"; mediaTypeParameters?: Readonly<Record<string, string>>; body: string; }'.",
    ],
    right: `export const table: Table = { status: 200, mediaType: 'text/csv', body: 'a,b' };`,
  },
  {
    title: 'rejects an undocumented media type',
    wrong: `export const table: Table = { status: 200, mediaType: 'text/plain', body: 'a,b' };`,
    message: 'Type \'"text/plain"\' is not assignable to type \'"application/json" | "text/csv"\'.',
    right: `export const table: Table = { status: 200, mediaType: 'application/json', body: { rows: 1 } };`,
  },
  {
    title: 'rejects a member of a body with an invalid value',
    wrong: returning('getHealth', `{ status: 200, body: { status: 'fine', version: '1' } }`),
    message: 'Type \'"fine"\' is not assignable to type \'"ok"\'.',
    right: returning('getHealth', healthy),
  },
  {
    title: 'names an undocumented member of a body',
    wrong: returning('getHealth', `{ status: 200, body: { status: 'ok', version: '1', uptime: 5 } }`),
    message:
      "Object literal may only specify known properties, and 'uptime' does not exist in type '{ status: \"ok\"; version: string; }'.",
    right: returning('getHealth', healthy),
  },
  {
    title: 'names a missing member of a body',
    wrong: returning('getHealth', `{ status: 200, body: { status: 'ok' } }`),
    message:
      "Property 'version' is missing in type '{ status: \"ok\"; }' but required in type '{ status: \"ok\"; version: string; }'.",
    right: returning('getHealth', healthy),
  },
  {
    title: 'names a missing body',
    wrong: returning('getHealth', '{ status: 200 }'),
    message:
      "Type '{ status: 200; }' is not assignable to type 'OperationResult<\"getHealth\">'.\n" +
      "  Property 'body' is missing in type '{ status: 200; }' but required in type " +
      '\'{ status: 200; problem?: never; body: { status: "ok"; version: string; }; }\'.',
    right: returning('getHealth', healthy),
  },
  {
    title: 'rejects a body for a status without one',
    wrong: returning('deleteEvent', '{ status: 204, body: event }'),
    message:
      "Object literal may only specify known properties, and 'body' does not exist in type 'OperationResult<\"deleteEvent\">'.",
    right: returning('deleteEvent', '{ status: 204 }'),
  },
  {
    title: "rejects another operation's body",
    wrong: returning('listEvents', '{ status: 200, body: event }'),
    message: ["Property 'items' is missing in type '{ eventId: string;", "'."],
    right: returning('listEvents', '{ status: 200, body: { items: [event] } }'),
  },
  {
    title: 'rejects a 412 without its headers',
    wrong: returning('updateEvent', `{ problem: 'precondition-failed' }`),
    message: [
      'Type \'{ problem: "precondition-failed"; }\' is not assignable to type \'OperationResult<"updateEvent">\'.\n' +
        "  Property 'headers' is missing in type '{ problem: \"precondition-failed\"; }' but required in type " +
        '\'{ problem: "precondition-failed"; headers: { ETag: string; };',
      "}'.",
    ],
    right: returning('updateEvent', `{ problem: 'precondition-failed', headers: { ETag: event.etag } }`),
  },
  {
    title: 'rejects a 412 without its ETag',
    wrong: returning('updateEvent', `{ problem: 'precondition-failed', headers: {} }`),
    message: "Property 'ETag' is missing in type '{}' but required in type '{ ETag: string; }'.",
    right: returning('updateEvent', `{ problem: 'precondition-failed', headers: { ETag: event.etag } }`),
  },
  {
    title: 'names a header of a problem without headers',
    wrong: returning('updateEvent', `{ problem: 'event-not-found', headers: { ETag: event.etag } }`),
    message: [
      "Object literal may only specify known properties, and 'headers' does not exist in type '{ problem: \"event-not-found\"; detail?: string;",
      "}'.",
    ],
    right: returning('updateEvent', `{ problem: 'event-not-found', detail: 'It is gone.' }`),
  },
  {
    title: "rejects a read of another operation's parameter",
    wrong: reading('getEvent', 'call.query.limit'),
    message: "Property 'limit' does not exist on type '{}'.",
    right: reading('listEvents', 'call.query.limit.toFixed()'),
  },
  {
    title: 'rejects a read of a header that the operation does not declare',
    wrong: reading('createEvent', `call.headers['If-Match']`),
    message: [
      "Element implicitly has an 'any' type",
      '\n  Property \'If-Match\' does not exist on type \'{ "Client-Version"?: string; "Idempotency-Key"?: string; }\'.',
    ],
    right: reading('createEvent', `call.headers['Idempotency-Key']?.length`),
  },
  {
    title: 'requires a check for a parameter without a default',
    wrong: reading('listEvents', 'call.query.tag.length'),
    message: "'call.query.tag' is possibly 'undefined'.",
    right: reading('listEvents', 'call.query.tag?.length'),
  },
  {
    title: 'rejects a read of the body if the operation has none',
    wrong: reading('getEvent', 'call.body.name'),
    message: "'call.body' is possibly 'undefined'.",
    right: reading('createEvent', 'call.body.name.length'),
  },
  {
    title: 'requires a check for an optional body',
    wrong: reading('cancelEvent', 'call.body.reason'),
    message: "'call.body' is possibly 'undefined'.",
    right: reading('cancelEvent', 'call.body?.reason'),
  },
  {
    title: 'rejects a read of the principal if the operation requires no token',
    wrong: reading('getHealth', 'call.principal.sub'),
    message: "'call.principal' is possibly 'undefined'.",
    right: reading('listEvents', 'call.principal.sub.length'),
  },
];

/** Compiles all sources in one program, with the options of the project, and returns the messages for each source. */
function messagesOf(sources: ReadonlyMap<string, string>): (name: string) => string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const texts = new Map([...sources].map(([name, text]) => [join(folder, `${name}.ts`), head + text]));
  const host = ts.createCompilerHost(options, true);
  const program = ts.createProgram(
    [...texts.keys()],
    { ...options, types: ['node'] },
    {
      ...host,
      fileExists: (path) => texts.has(path) || host.fileExists(path),
      readFile: (path) => texts.get(path) ?? host.readFile(path),
      directoryExists: (path) => path === folder || ts.sys.directoryExists(path),
      getSourceFile: (path, version, ...rest) => {
        const text = texts.get(path);
        return text === undefined
          ? host.getSourceFile(path, version, ...rest)
          : ts.createSourceFile(path, text, version, true);
      },
      getCurrentDirectory: () => dirname(folder),
    },
  );
  return (name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(join(folder, `${name}.ts`)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the compiler', () => {
  let messages: (name: string) => string[];

  beforeAll(() => {
    messages = messagesOf(
      new Map(
        cases.flatMap(
          ({ wrong, right }, index) =>
            [
              [`wrong-${index}`, wrong],
              [`right-${index}`, right],
            ] as const,
        ),
      ),
    );
  }, 60_000);

  it.each(cases.map(({ title, message }, index) => ({ title, message, index })))('$title', ({ message, index }) => {
    const [first] = messages(`wrong-${index}`);
    if (typeof message === 'string') {
      expect(first).toBe(message);
    } else {
      expect(first?.slice(0, message[0].length)).toBe(message[0]);
      expect(first?.slice(-message[1].length)).toBe(message[1]);
    }
  });

  it('accepts the corrected source of each case', () => {
    expect(cases.map(({ title }, index) => ({ title, messages: messages(`right-${index}`) }))).toEqual(
      cases.map(({ title }) => ({ title, messages: [] })),
    );
  });
});
