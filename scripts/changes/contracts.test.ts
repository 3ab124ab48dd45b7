/** Small changes of a small contract, there and back, each with the judgement that is right, written by hand. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Tree } from '../generate-source.ts';
import { type Level, renderChanges } from './changes.ts';
import { compareContracts } from './contracts.ts';

const library = readFileSync('scripts/changes/library.yaml', 'utf8');

/** A piece of the contract, what replaces it, what the list says then, and how the change back is judged. */
type Row = readonly [change: string, before: string, after: string, list: string | readonly string[], back: Level | 'nothing'];

function levelOf(line: string): Level {
  if (line.startsWith('- **Breaking:**')) return 'breaking';
  return line.startsWith('- Words or examples:') ? 'words' : 'compatible';
}

const parsed = parse(library) as Tree;

function changesOf(before: Tree, after: Tree): string[] {
  const list = renderChanges(compareContracts(before, after));
  return list === '' ? [] : list.split('\n');
}

/** The highest level of a list. */
function judge(lines: readonly string[]): Level | 'nothing' {
  const levels = lines.map(levelOf);
  return (['breaking', 'compatible', 'words'] as const).find((level) => levels.includes(level)) ?? 'nothing';
}

function checkRow([, before, after, list, back]: Row): void {
  expect(library.split(before)).toHaveLength(2);
  const edited = parse(library.replace(before, () => after)) as Tree;
  const expected = typeof list === 'string' ? [list] : list;
  expect(changesOf(parsed, edited)).toEqual(expected.map((line) => `- ${line}`));
  expect(judge(changesOf(edited, parsed))).toBe(back);
}

const newOperation = `
  /authors:
    get: { operationId: listAuthors, responses: { '204': { description: None. } } }
`;

const operations: readonly Row[] = [
  ['a new operation', '\ncomponents:', `${newOperation}\ncomponents:`, '`listAuthors`: is new (GET /authors).', 'breaking'],
  ['another operationId', 'operationId: listSubjects', 'operationId: listTopics', '**Breaking:** `listSubjects`: is `listTopics` (was `listSubjects`).', 'breaking'],
  ['another path', '\n  /subjects:', '\n  /topics:', '**Breaking:** `listSubjects`: has the route `GET /topics` (was `GET /subjects`).', 'breaking'],
  ['another method', '    delete:', '    post:', '**Breaking:** `removeBook`: has the route `POST /books/{isbn}` (was `DELETE /books/{isbn}`).', 'breaking'],
  [
    'both another path and another operationId',
    '/subjects:\n    get:\n      operationId: listSubjects',
    '/topics:\n    get:\n      operationId: listTopics',
    ['**Breaking:** `listSubjects`: is gone (GET /subjects).', '`listTopics`: is new (GET /topics).'],
    'breaking',
  ],
  ['an operation that is deprecated', 'operationId: getBook\n', 'operationId: getBook\n      deprecated: true\n', '`getBook`: `deprecated` is new: `true`.', 'compatible'],
  ['an earlier sunset', "x-sunset: '2031-06-30'", "x-sunset: '2031-01-31'", '**Breaking:** `removeBook`: `x-sunset` is `2031-01-31` (was `2031-06-30`).', 'compatible'],
  ['another role', 'operationId: addBook\n      x-required-role: librarian', 'operationId: addBook\n      x-required-role: director', '**Breaking:** `addBook`: `x-required-role` is `director` (was `librarian`).', 'breaking'],
  ['no role any more', 'operationId: addBook\n      x-required-role: librarian', 'operationId: addBook', '**Breaking:** `addBook`: `x-required-role` is gone (was `librarian`).', 'breaking'],
  ['a token where none was needed', '      security: []\n', '', '**Breaking:** `getHealth`: needs `token` (was `nothing`).', 'breaking'],
  ['a second way to sign in', '      security: []\n', '      security: [{ token: [] }, {}]\n', '**Breaking:** `getHealth`: needs `nothing or token` (was `nothing`).', 'breaking'],
  ['a scope', 'security: [{ token: [] }]', 'security: [{ token: [read] }]', '**Breaking:** `listBooks`, `addBook`, `getBook`, `removeBook`, `listSubjects`: needs `token read` (was `token`).', 'breaking'],
  ['an extension that nobody knows', 'operationId: getBook\n', 'operationId: getBook\n      x-cost: 3\n', '**Breaking:** `getBook`: `x-cost` is new: `3`.', 'breaking'],
  ['another order of tags, another summary', 'tags: [Books]\n      summary: List books', 'tags: [Old]\n      summary: List them', 'Words or examples: `listBooks`.', 'words'],
];

const author = '        - { name: author, in: query, schema: { type: string, minLength: 2, maxLength: 80, pattern: ^\\w+$ } }\n';
const parameters: readonly Row[] = [
  ['a parameter is gone', author, '', '**Breaking:** `listBooks`: the query parameter `author` is gone.', 'compatible'],
  ['a parameter has another name', 'name: author,', 'name: writer,', ['**Breaking:** `listBooks`: the query parameter `author` is gone.', '`listBooks`: the query parameter `writer` is new.'], 'breaking'],
  ['a parameter stands elsewhere', '{ name: since, in: query, allowReserved: true,', '{ name: since, in: header,', ['**Breaking:** `listBooks`: the query parameter `since` is gone.', '`listBooks`: the header parameter `since` is new.'], 'breaking'],
  ['a new required parameter', author, `${author}${author.replace('author', 'topic').replace(' schema', ' required: true, schema')}`, '**Breaking:** `listBooks`: the query parameter `topic` is new, and required.', 'breaking'],
  ['a parameter is required', '{ name: author, in: query,', '{ name: author, in: query, required: true,', '**Breaking:** `listBooks`: the query parameter `author`: `required` is new: `true`.', 'compatible'],
  ['a parameter is deprecated', '{ name: author, in: query,', '{ name: author, in: query, deprecated: true,', '`listBooks`: the query parameter `author`: `deprecated` is new: `true`.', 'compatible'],
  ['a shorter text', 'maxLength: 80,', 'maxLength: 60,', '**Breaking:** `listBooks`: the query parameter `author`: `maxLength` is `60` (was `80`).', 'compatible'],
  ['no longest text any more', ' maxLength: 80,', '', '`listBooks`: the query parameter `author`: `maxLength` is gone (was `80`).', 'breaking'],
  ['a longer shortest text', 'minLength: 2,', 'minLength: 3,', '**Breaking:** `listBooks`: the query parameter `author`: `minLength` is `3` (was `2`).', 'compatible'],
  ['another pattern', 'pattern: ^\\w+$', 'pattern: ^\\w*$', '**Breaking:** `listBooks`: the query parameter `author`: `pattern` is `^\\w*$` (was `^\\w+$`).', 'breaking'],
  ['no pattern any more', ', pattern: ^\\w+$', '', '`listBooks`: the query parameter `author`: `pattern` is gone (was `^\\w+$`).', 'breaking'],
  ['no format any more', ', format: date', '', '`listBooks`: the query parameter `since`: `format` is gone (was `date`).', 'breaking'],
  ['another format', 'format: date', 'format: date-time', '**Breaking:** `listBooks`: the query parameter `since`: `format` is `date-time` (was `date`).', 'breaking'],
  ['a lower maximum', 'maximum: 100', 'maximum: 50', '**Breaking:** `listBooks`: the query parameter `limit`: `maximum` is `50` (was `100`).', 'compatible'],
  ['a lower minimum', 'minimum: 1, maximum: 100', 'minimum: 0, maximum: 100', '`listBooks`: the query parameter `limit`: `minimum` is `0` (was `1`).', 'breaking'],
  ['another default', 'default: 25', 'default: 50', '**Breaking:** `listBooks`: the query parameter `limit`: `default` is `50` (was `25`).', 'breaking'],
  ['fewer items', 'maxItems: 5', 'maxItems: 3', '**Breaking:** `listBooks`: the query parameter `genre`: `maxItems` is `3` (was `5`).', 'compatible'],
  ['a new value in a request', 'enum: [novel, poetry]', 'enum: [novel, poetry, drama]', '`listBooks`: the query parameter `genre` `/*`: the value `drama` is new.', 'breaking'],
  ['any value in a request', ', enum: [novel, poetry]', '', '`listBooks`: the query parameter `genre` `/*`: `enum` is gone.', 'breaking'],
  ['another way to write a list', 'style: form, explode: true,', 'style: form, explode: false,', '**Breaking:** `listBooks`: the query parameter `genre`: `explode` is `false` (was `true`).', 'breaking'],
  ['the same way, unsaid', ' style: form, explode: true,', '', [], 'nothing'],
  ['another style', 'style: form, explode: true', 'style: pipeDelimited, explode: true', '**Breaking:** `listBooks`: the query parameter `genre`: `style` is `pipeDelimited` (was `form`).', 'breaking'],
  ['reserved characters are refused', ' allowReserved: true,', '', '**Breaking:** `listBooks`: the query parameter `since`: `allowReserved` is gone (was `true`).', 'compatible'],
  ['another name in the path', '{ name: isbn,', '{ name: id,', ['**Breaking:** `getBook`, `removeBook`: the path parameter `isbn` is gone.', '**Breaking:** `getBook`, `removeBook`: the path parameter `id` is new, and required.'], 'breaking'],
];

const newBook = "          application/json: { schema: { $ref: '#/components/schemas/NewBook' } }\n";
const bodies: readonly Row[] = [
  ['a new optional member', '        weight: {', '        year: { type: integer }\n        weight: {', '`addBook`: the body `/year`: is new.', 'breaking'],
  ['a new required member', 'required: [isbn, title]\n      properties:\n        isbn: { type: string, maxLength: 20 }', 'required: [isbn, title, year]\n      properties:\n        year: { type: integer }\n        isbn: { type: string, maxLength: 20 }', '**Breaking:** `addBook`: the body `/year`: is new, and required.', 'breaking'],
  ['a member that is required', 'required: [isbn, title]\n', 'required: [isbn, title, language]\n', '**Breaking:** `addBook`: the body `/language`: is required now.', 'compatible'],
  ['a member with another name', '        language: {', '        tongue: {', ['**Breaking:** `addBook`: the body `/language`: is gone.', '`addBook`: the body `/tongue`: is new.'], 'breaking'],
  ['a longer text', 'maxLength: 250', 'maxLength: 280', '`addBook`: the body `/title`: `maxLength` is `280` (was `250`).', 'breaking'],
  ['a value that is refused', 'enum: [de, en, fr]', 'enum: [de, en]', '**Breaking:** `addBook`: the body `/language`: the value `fr` is gone.', 'compatible'],
  ['null is refused', 'maxLength: 70, nullable: true', 'maxLength: 70', '**Breaking:** `addBook`: the body `/subtitle`: `nullable` is gone (was `true`).', 'compatible'],
  ['null is refused as before, in other words', 'maxLength: 250', 'maxLength: 250, nullable: false', [], 'nothing'],
  ['a finer multiple', 'multipleOf: 5 ', 'multipleOf: 1 ', '`addBook`: the body `/weight`: `multipleOf` is `1` (was `5`).', 'breaking'],
  ['an unrelated multiple', 'multipleOf: 5 ', 'multipleOf: 3 ', '**Breaking:** `addBook`: the body `/weight`: `multipleOf` is `3` (was `5`).', 'breaking'],
  ['a narrower type', 'weight: { type: number', 'weight: { type: integer', '**Breaking:** `addBook`: the body `/weight`: `type` is `integer` (was `number`).', 'compatible'],
  ['another type', 'language: { type: string, enum: [de, en, fr] }', 'language: { type: object, properties: { code: {} } }', '**Breaking:** `addBook`: the body `/language`: `type` is `object` (was `string`).', 'breaking'],
  ['an object that is closed', 'additionalProperties: true,', 'additionalProperties: false,', '**Breaking:** `addBook`: the body `/extra`: `additionalProperties` allows less than before.', 'compatible'],
  ['an object whose members get a form', 'additionalProperties: true,', 'additionalProperties: { type: string },', '**Breaking:** `addBook`: the body `/extra`: `additionalProperties` allows less than before.', 'compatible'],
  ['a described member of an open object', 'additionalProperties: true,', 'additionalProperties: true, properties: { a: { type: string } },', '**Breaking:** `addBook`: the body `/extra/a`: is new.', 'breaking'],
  ['fewer members', 'maxProperties: 7', 'maxProperties: 6', '**Breaking:** `addBook`: the body `/extra`: `maxProperties` is `6` (was `7`).', 'compatible'],
  ['an alternative', 'anyOf: [{ type: integer, minimum: 10 },', 'anyOf: [{ type: boolean }, { type: integer, minimum: 10 },', '`addBook`: the body `/place`: an alternative is new.', 'breaking'],
  ['an alternative that is narrower', 'minimum: 10 }', 'minimum: 11 }', '**Breaking:** `addBook`: the body `/place`: `minimum` is `11` (was `10`).', 'compatible'],
  ['another order of alternatives', '[{ type: integer, minimum: 10 }, { type: string, maxLength: 15 }]', '[{ type: string, maxLength: 15 }, { type: integer, minimum: 10 }]', [], 'nothing'],
  ['a body is optional', 'requestBody:\n        required: true\n', 'requestBody:\n', '`addBook`: the body: `required` is gone (was `true`).', 'breaking'],
  ['another media type besides', newBook, `${newBook}${newBook.replace('json', 'xml')}`, '`addBook`: the body may be `application/xml`.', 'breaking'],
  ['a keyword that nobody knows', 'maxLength: 250', 'maxLength: 250, x-case: upper', '**Breaking:** `addBook`: the body `/title`: `x-case` is new: `upper`.', 'breaking'],
  [
    'no body any more',
    '      requestBody:\n        content:\n          application/json: { schema: { type: object, properties: { reason: { type: string } } } }\n',
    '',
    '**Breaking:** `removeBook`: the body is gone.',
    'compatible',
  ],
];

const allBooks = '`addBook`, `getBook`';
/** A change of Book shows in the list and in both answers that are one book. */
const book = (at: string, change: string, breaking = true) =>
  ['`listBooks`: 200 `/items/*', '`addBook`: 201 `', '`getBook`: 200 `'].map((answer) => `${breaking ? '**Breaking:** ' : ''}${answer}${at}\`: ${change}`);

const answers: readonly Row[] = [
  ['a new member', '        pages: {', '        cover: { type: string }\n        pages: {', book('/cover', 'is new.', false), 'breaking'],
  ['a new required member', 'required: [isbn, title, place]\n      properties:', 'required: [isbn, title, place, cover]\n      properties:\n        cover: { type: string }', book('/cover', 'is new, and required.', false), 'breaking'],
  ['a member that is always there', 'required: [isbn, title, place]', 'required: [isbn, title, place, pages]', book('/pages', 'is required now.', false), 'breaking'],
  ['a longer text', 'maxLength: 300', 'maxLength: 400', book('/title', '`maxLength` is `400` (was `300`).'), 'compatible'],
  ['a lower minimum', 'pages: { type: integer, minimum: 1 }', 'pages: { type: integer, minimum: 0 }', book('/pages', '`minimum` is `0` (was `1`).'), 'compatible'],
  ['a new value', 'enum: [there, lent, lost]', 'enum: [there, lent, lost, sold]', book('/state', 'the value `sold` is new.'), 'breaking'],
  ['any value', ', enum: [there, lent, lost]', '', book('/state', '`enum` is gone.'), 'compatible'],
  ['null where none was', 'pages: { type: integer, minimum: 1 }', 'pages: { type: integer, minimum: 1, nullable: true }', book('/pages', '`nullable` is new: `true`.'), 'compatible'],
  ['a wider type', 'pages: { type: integer', 'pages: { type: number', book('/pages', '`type` is `number` (was `integer`).'), 'compatible'],
  ['a bound that belongs to it', 'exclusiveMaximum: true, ', '', book('/price', '`exclusiveMaximum` is gone (was `true`).'), 'compatible'],
  ['items that may repeat', 'uniqueItems: true, ', '', book('/tags', '`uniqueItems` is gone (was `true`).'), 'compatible'],
  ['more about members without a name', 'maxLength: 90', 'maxLength: 70', book('/notes/*', '`maxLength` is `70` (was `90`).', false), 'breaking'],
  ['members that nobody described', 'description: A book on its shelf.\n      additionalProperties: false', 'description: A book on its shelf.', [
    '**Breaking:** `listBooks`: 200 `/items/*`: `additionalProperties` allows more than before.',
    '**Breaking:** `addBook`: 201 `additionalProperties` allows more than before.',
    '**Breaking:** `getBook`: 200 `additionalProperties` allows more than before.',
  ], 'compatible'],
  ['other words', 'A book on its shelf.', 'A book.', `Words or examples: \`listBooks\`, ${allBooks}.`, 'words'],
  ['another example', 'items: [] }', 'items: [], next: a }', 'Words or examples: `listBooks`.', 'words'],
  ['a page with more items', 'maxItems: 200', 'maxItems: 500', '**Breaking:** `listBooks`: 200 `/items`: `maxItems` is `500` (was `200`).', 'compatible'],
  [
    'a new alternative',
    "'#/components/schemas/Vault' }]\n      discriminator: { propertyName: kind, mapping: {",
    "'#/components/schemas/Vault' }, { $ref: '#/components/schemas/Subject' }]\n      discriminator: { propertyName: kind, mapping: { other: '#/components/schemas/Subject',",
    book('/place', 'the alternative `other` is new.'),
    'breaking',
  ],
  ['an alternative with another value', 'vault: ', 'safe: ', book('/place', 'the alternative `vault` is gone.').flatMap((line) => [line, line.replace('`vault` is gone', '`safe` is new')]), 'breaking'],
  ['a member of one alternative', 'lock: { type: string, maxLength: 33 }', 'lock: { type: string, maxLength: 34 }', book('/place/lock', '`maxLength` is `34` (was `33`).'), 'compatible'],
  ['another discriminator', 'propertyName: kind', 'propertyName: type', book('/place', '`propertyName` is `type` (was `kind`).'), 'breaking'],
  ['a schema that contains itself', 'maxLength: 44', 'maxLength: 45', '**Breaking:** `listSubjects`: 200 `/name`: `maxLength` is `45` (was `44`).', 'compatible'],
  ['a new answer', "        '204': { description: Gone. }", "        '202': { description: Soon. }\n        '204': { description: Gone. }", '**Breaking:** `removeBook`: 202 is a new answer.', 'breaking'],
  ['another status', "'204': { description: Gone. }", "'200': { description: Gone. }", ['**Breaking:** `removeBook`: 204 is no answer any more.', '**Breaking:** `removeBook`: 200 is a new answer.'], 'breaking'],
  ['another media type', 'text/plain: { schema: { type: string, enum: [ok] } }', 'text/html: { schema: { type: string, enum: [ok] } }', ['**Breaking:** `getHealth`: 200 is no `text/plain` any more.', '**Breaking:** `getHealth`: 200 may be `text/html`.'], 'breaking'],
  ['a second media type', '            text/plain: { schema: { type: string, enum: [ok] } }', '            text/plain: { schema: { type: string, enum: [ok] } }\n            text/html: {}', '**Breaking:** `getHealth`: 200 may be `text/html`.', 'breaking'],
  ['a problem code', 'code: { type: string, enum: [isbn-taken, shelf-full] }', 'code: { type: string, enum: [isbn-taken] }', '**Breaking:** `addBook`: 409 `/code`: the value `shelf-full` is gone.', 'breaking'],
  ['a code that no answer has', 'enum: [isbn-taken, shelf-full, no-such-route]', 'enum: [isbn-taken, shelf-full, no-such-route, other]', [], 'nothing'],
  ['another code of a gateway', 'x-problem-code: too-many-requests', 'x-problem-code: slow-down', '**Breaking:** `listBooks`: 429 `x-problem-code` is `slow-down` (was `too-many-requests`).', 'breaking'],
  ['a header that is gone', '            X-Total: { schema: { type: integer } }\n', '', '**Breaking:** `listBooks`: 200 the header `X-Total` is gone.', 'compatible'],
  ['a header that may be missing', 'X-Request-Id: { required: true,', 'X-Request-Id: {', '**Breaking:** `listBooks`: 200 the header `X-Request-Id`: `required` is gone (was `true`).', 'compatible'],
  ['a header that is always there', 'X-Total: { schema', 'X-Total: { required: true, schema', '`listBooks`: 200 the header `X-Total`: `required` is new: `true`.', 'breaking'],
  ['another form of a header', 'X-Total: { schema: { type: integer } }', 'X-Total: { schema: { type: string } }', '**Breaking:** `listBooks`: 200 the header `X-Total`: `type` is `string` (was `integer`).', 'breaking'],
  ['a link', '          links: { read: { operationId: getBook, parameters: { isbn: $response.body#/isbn } } }\n', '', '`addBook`: 201 `links` is gone (was `{"read":{"operationId":"getBook","parameters":{"isbn":"$response.body#/isbn"}}}`).', 'compatible'],
];

const everythingElse: readonly Row[] = [
  ['a status outside of the operations', 'no-such-route: 404', 'no-such-route: 410', '**Breaking:** the code `no-such-route` has the status `410` (was `404`).', 'breaking'],
  ['a code outside of the operations', 'no-such-route: 404', 'no-such-route: 404, bad-line: 400', '**Breaking:** the code `bad-line` has the status `400` (was `none`).', 'breaking'],
  ['another scheme of authentication', 'scheme: bearer', 'scheme: basic', '**Breaking:** the security scheme `token`: `scheme` is `basic` (was `bearer`).', 'breaking'],
  ['another server', 'url: https://library.example.com', 'url: https://books.example.com', '`servers` is `[{"url":"https://books.example.com"}]` (was `[{"url":"https://library.example.com"}]`).', 'compatible'],
  ['other words about everything', 'Books and who has them.', 'Books.', 'Words or examples: the contract.', 'words'],
  ['another version', 'version: 1.4.0', 'version: 1.5.0', [], 'nothing'],
  ['a schema with another name', '    Isbn:', '    BookNumber:', '**Breaking:** the schema `Isbn` is gone, or has another name.', 'breaking'],
  ['the same schema without a name', "{ $ref: '#/components/schemas/Shelf' }, {", "{ type: object, required: [kind], properties: { kind: { type: string, enum: [shelf] }, row: { type: integer, maximum: 400 } } }, {", [], 'nothing'],
];

describe('what changed in a contract', () => {
  it.each(operations)('of an operation: %s', (...row) => checkRow(row));
  it.each(parameters)('of a parameter: %s', (...row) => checkRow(row));
  it.each(bodies)('of a body: %s', (...row) => checkRow(row));
  it.each(answers)('of an answer: %s', (...row) => checkRow(row));
  it.each(everythingElse)('of everything else: %s', (...row) => checkRow(row));
});
