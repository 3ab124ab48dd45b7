import type { Row } from './row.ts';

/** Changes of what belongs to no operation. */
export const everythingElse: readonly Row[] = [
  [
    'a status outside of the operations',
    'no-such-route: 404',
    'no-such-route: 410',
    '**Breaking:** the code `no-such-route` has the status `410` (was `404`).',
    'breaking',
  ],
  [
    'a code outside of the operations',
    'no-such-route: 404',
    'no-such-route: 404, bad-line: 400',
    '**Breaking:** the code `bad-line` has the status `400` (was `none`).',
    'breaking',
  ],
  [
    'another scheme of authentication',
    'scheme: bearer',
    'scheme: basic',
    '**Breaking:** the security scheme `token`: `scheme` is `basic` (was `bearer`).',
    'breaking',
  ],
  [
    'another format of tokens, which no program reads',
    'bearerFormat: JWT',
    'bearerFormat: opaque',
    'Documentation: the contract.',
    'docs',
  ],
  [
    'a scheme that no operation names',
    '    card:\n',
    '    badge:\n',
    ['the security scheme `card` is gone.', 'the security scheme `badge` is new.'],
    'compatible',
  ],
  [
    'another address of the issuer',
    'tokenUrl: https://login.example.com/token',
    'tokenUrl: https://id.example.com/token',
    'the security scheme `card`: the flow `authorizationCode`: `tokenUrl` is `https://id.example.com/token` (was `https://login.example.com/token`).',
    'compatible',
  ],
  [
    'a flow that is gone',
    '        implicit: { authorizationUrl: https://login.example.com/card, scopes: {} }\n',
    '',
    '**Breaking:** the security scheme `card`: the flow `implicit` is gone.',
    'compatible',
  ],
  [
    'other scopes of a flow',
    'scopes: { read: Read. }',
    'scopes: { lend: Lend. }',
    '**Breaking:** the security scheme `card`: the flow `authorizationCode`: `scopes` is `{"lend":"Lend."}` (was `{"read":"Read."}`).',
    'breaking',
  ],
  [
    'another server',
    'url: https://library.example.com',
    'url: https://books.example.com',
    '`servers` is `[{"url":"https://books.example.com"}]` (was `[{"url":"https://library.example.com"}]`).',
    'compatible',
  ],
  ['other words about everything', 'Books and who has them.', 'Books.', 'Documentation: the contract.', 'docs'],
  ['another version', 'version: 1.4.0', 'version: 1.5.0', [], 'nothing'],
  [
    'a schema with another name',
    '    Isbn:',
    '    BookNumber:',
    '**Breaking:** the schema `Isbn` is gone, or has another name.',
    'breaking',
  ],
  [
    'the same schema without a name',
    "{ $ref: '#/components/schemas/Shelf' }, {",
    '{ type: object, required: [kind], properties: { kind: { type: string, enum: [shelf] }, row: { type: integer, maximum: 400 } } }, {',
    [],
    'nothing',
  ],
];
