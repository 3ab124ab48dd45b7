/** Small changes of a small contract, in both directions, each with its expected classification, written by hand in cases/. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EditableJsonObject, JsonObject } from '../../../src/openapi/document.ts';
import { type Level, renderChanges } from './changes.ts';
import { compareContracts } from './contracts.ts';
import { responses } from './cases/responses.ts';
import { bodies } from './cases/bodies.ts';
import { everythingElse } from './cases/everything-else.ts';
import { operations } from './cases/operations.ts';
import { parameters } from './cases/parameters.ts';
import type { Row } from './cases/row.ts';

const library = readFileSync('scripts/contract/diff/cases/library.yaml', 'utf8');

function levelOf(line: string): Level {
  if (line.startsWith('- **Breaking:**')) return 'breaking';
  return line.startsWith('- Documentation:') ? 'docs' : 'compatible';
}

const parsed = parse(library) as JsonObject;

function changesOf(before: JsonObject, after: JsonObject): string[] {
  const list = renderChanges(compareContracts(before, after));
  return list === '' ? [] : list.split('\n');
}

/** The highest level of a list. */
function highestLevel(lines: readonly string[]): Level | 'nothing' {
  const levels = lines.map(levelOf);
  return (['breaking', 'compatible', 'docs'] as const).find((level) => levels.includes(level)) ?? 'nothing';
}

function checkRow([, before, after, list, back]: Row): void {
  expect(library.split(before)).toHaveLength(2);
  const edited = parse(library.replace(before, () => after)) as JsonObject;
  const expected = typeof list === 'string' ? [list] : list;
  expect(changesOf(parsed, edited)).toEqual(expected.map((line) => `- ${line}`));
  expect(highestLevel(changesOf(edited, parsed))).toBe(back);
}

/** The same document in OpenAPI 3.1: lists of types, exclusive bounds as numbers, and constants. */
function in31<T>(node: T): T {
  if (Array.isArray(node)) return node.map((one: unknown) => in31(one)) as T;
  if (node === null || typeof node !== 'object') return node;
  const { nullable, exclusiveMaximum, ...rest } = node as JsonObject;
  const copy: EditableJsonObject = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, in31(value)]));
  if (copy['openapi'] !== undefined) copy['openapi'] = '3.1.1';
  if (nullable === true) copy['type'] = [copy['type'] ?? null, 'null'];
  if (exclusiveMaximum === true) {
    copy['exclusiveMaximum'] = copy['maximum'];
    delete copy['maximum'];
  }
  if (Array.isArray(copy['enum']) && copy['enum'].length === 1) {
    copy['const'] = copy['enum'][0];
    delete copy['enum'];
  }
  return copy as T;
}

/** Every row says the same about contracts in OpenAPI 3.1, and about one in 3.0 and one in 3.1. */
function checkRowIn31([, before, after, list, back]: Row): void {
  const edited = parse(library.replace(before, () => after)) as JsonObject;
  const expected = (typeof list === 'string' ? [list] : list).map((line) => `- ${line}`);
  const older = { ...parsed, openapi: '3.1.1' };
  expect(changesOf(in31(parsed), in31(edited))).toEqual(expected);
  expect(changesOf(older, in31(edited))).toEqual(expected);
  expect(highestLevel(changesOf(in31(edited), older))).toBe(back);
}

const everyRow = [...operations, ...parameters, ...bodies, ...responses, ...everythingElse];

describe('A contract in OpenAPI 3.1', () => {
  it('is the same as in 3.0, apart from the version', () => {
    expect(in31(parsed)).not.toEqual({ ...parsed, openapi: '3.1.1' });
    expect(changesOf(parsed, in31(parsed))).toEqual(['- `openapi` is `3.1.1` (was `3.0.3`).']);
  });

  it.each(everyRow)('changes as in 3.0: %s', (...row) => checkRowIn31(row));

  it('says the same by a reference or null as by nullable', () => {
    const text = library.replace('openapi: 3.0.3', 'openapi: 3.1.1');
    const inPlace = 'subtitle: { type: string, maxLength: 70, nullable: true }';
    const referred = "subtitle: { anyOf: [{ $ref: '#/components/schemas/Subtitle' }, { type: 'null' }] }";
    const named = text
      .replace(inPlace, referred)
      .replace('    NewBook:', '    Subtitle: { type: string, maxLength: 70 }\n    NewBook:');
    expect(changesOf(parse(text) as JsonObject, parse(named) as JsonObject)).toEqual([]);
  });

  it('has limits beside a reference, which 3.0 ignores', () => {
    const limited = library.replace(
      "place: { $ref: '#/components/schemas/NewPlace' }",
      "place: { $ref: '#/components/schemas/NewPlace', type: integer, description: Where. }",
    );
    const versions = ['3.0.3', '3.1.1'].map((version) =>
      [library, limited].map((text) => parse(text.replace('openapi: 3.0.3', `openapi: ${version}`)) as JsonObject),
    ) as [JsonObject, JsonObject][];
    expect(versions.map(([before, after]) => changesOf(before, after))).toEqual([
      [],
      ['- **Breaking:** `addBook`: the body `/place`: `type` is new: `integer`.', '- Documentation: `addBook`.'],
    ]);
  });
});

describe('Webhooks', () => {
  const webhook: JsonObject = {
    operationId: 'onBookLost',
    parameters: [{ name: 'webhook-id', in: 'header', required: true, schema: { type: 'string' } }],
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', properties: { isbn: { type: 'string' } } } } },
    },
    responses: { '2XX': { description: 'Received.' }, '410': { description: 'Gone.' } },
  };
  const withWebhooks = (webhooks: JsonObject) => ({ ...parsed, webhooks });
  const one = (change: JsonObject) => withWebhooks({ 'book.lost': { post: { ...webhook, ...change } } });
  const bodyOf = (schema: JsonObject) => ({ requestBody: { content: { 'application/json': { schema } } } });
  const [parameter] = webhook['parameters'] as [JsonObject];
  const { '410': _, ...fewer } = webhook['responses'] as JsonObject;

  it.each<[string, JsonObject, string, Level]>([
    [
      'a new member',
      one(bodyOf({ type: 'object', properties: { isbn: { type: 'string' }, at: { type: 'string' } } })),
      '`onBookLost`: the body `/at`: is new.',
      'breaking',
    ],
    [
      'a new header',
      one({ parameters: [parameter, { ...parameter, name: 'webhook-timestamp' }] }),
      '`onBookLost`: the header parameter `webhook-timestamp` is new.',
      'breaking',
    ],
    [
      'a response that is understood',
      one({ responses: { ...(webhook['responses'] as JsonObject), '404': { description: 'Gone.' } } }),
      '`onBookLost`: 404 is accepted now.',
      'breaking',
    ],
  ])('break no client by %s', (_title, after, line, back) => {
    expect(changesOf(one({}), after)).toEqual([`- ${line}`]);
    expect(highestLevel(changesOf(after, one({})))).toBe(back);
  });

  it('break no client if they are new, and their receivers if they are gone', () => {
    expect(changesOf(parsed, one({}))).toEqual(['- `onBookLost`: is a new webhook (POST book.lost).']);
    expect(changesOf(one({}), parsed)).toEqual([
      '- **Breaking:** `onBookLost`: is no longer a webhook (POST book.lost).',
    ]);
    expect(changesOf(one({}), one({}))).toEqual([]);
  });

  it.each<[string, JsonObject, string, Level]>([
    [
      'a wider value',
      one(bodyOf({ type: 'object', properties: { isbn: { type: ['string', 'null'] } } })),
      '**Breaking:** `onBookLost`: the body `/isbn`: `null` is allowed.',
      'compatible',
    ],
    [
      'a header that is not always sent',
      one({ parameters: [{ ...parameter, required: false }] }),
      '**Breaking:** `onBookLost`: the header parameter `webhook-id`: `required` is `false` (was `true`).',
      'compatible',
    ],
    [
      'a header that is gone',
      one({ parameters: [] }),
      '**Breaking:** `onBookLost`: the header parameter `webhook-id` is gone.',
      'compatible',
    ],
    [
      'a response that is not understood',
      one({ responses: fewer }),
      '**Breaking:** `onBookLost`: 410 is no longer accepted.',
      'compatible',
    ],
    [
      'another name',
      withWebhooks({ 'book.gone': { post: webhook } }),
      '**Breaking:** `onBookLost`: has the name `POST book.gone` (was `POST book.lost`).',
      'breaking',
    ],
    [
      'something that is not known here',
      one({ 'x-signed': true }),
      '**Breaking:** `onBookLost`: `x-signed` is new: `true`.',
      'breaking',
    ],
  ])('can break who receives them by %s', (_title, after, line, back) => {
    expect(changesOf(one({}), after)).toEqual([`- ${line}`]);
    expect(highestLevel(changesOf(after, one({})))).toBe(back);
  });
});

describe('what changed in a contract', () => {
  it.each(operations)('of an operation: %s', (...row) => checkRow(row));
  it.each(parameters)('of a parameter: %s', (...row) => checkRow(row));
  it.each(bodies)('of a body: %s', (...row) => checkRow(row));
  it.each(responses)('of a response: %s', (...row) => checkRow(row));
  it.each(everythingElse)('of everything else: %s', (...row) => checkRow(row));
});
