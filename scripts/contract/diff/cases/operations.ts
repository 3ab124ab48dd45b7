import type { Row } from './row.ts';

const newOperation = `
  /authors:
    get: { operationId: listAuthors, responses: { '204': { description: None. } } }
`;

/** Changes of operations: who may call them, and where. */
export const operations: readonly Row[] = [
  [
    'a new operation',
    '\ncomponents:',
    `${newOperation}\ncomponents:`,
    '`listAuthors`: is new (GET /authors).',
    'breaking',
  ],
  [
    'another operationId',
    'operationId: listSubjects',
    'operationId: listTopics',
    '**Breaking:** `listSubjects`: is `listTopics` (was `listSubjects`).',
    'breaking',
  ],
  [
    'another path',
    '\n  /subjects:',
    '\n  /topics:',
    '**Breaking:** `listSubjects`: has the route `GET /topics` (was `GET /subjects`).',
    'breaking',
  ],
  [
    'another method',
    '    delete:',
    '    post:',
    '**Breaking:** `removeBook`: has the route `POST /books/{isbn}` (was `DELETE /books/{isbn}`).',
    'breaking',
  ],
  [
    'both another path and another operationId',
    '/subjects:\n    get:\n      operationId: listSubjects',
    '/topics:\n    get:\n      operationId: listTopics',
    ['**Breaking:** `listSubjects`: is gone (GET /subjects).', '`listTopics`: is new (GET /topics).'],
    'breaking',
  ],
  [
    'an operation that is deprecated',
    'operationId: getBook\n',
    "operationId: getBook\n      deprecated: true\n      x-deprecated-since: '2030-05-01'\n      x-sunset: '2030-11-01'\n",
    '`getBook`: is deprecated since 2030-05-01, may be gone from 2030-11-01 on.',
    'compatible',
  ],
  [
    'an earlier sunset',
    "x-sunset: '2031-06-30'",
    "x-sunset: '2031-01-31'",
    '**Breaking:** `removeBook`: `x-sunset` is `2031-01-31` (was `2031-06-30`).',
    'compatible',
  ],
  [
    'no sunset any more',
    "      x-sunset: '2031-06-30'\n",
    '',
    '**Breaking:** `removeBook`: `x-sunset` is gone (was `2031-06-30`).',
    'compatible',
  ],
  [
    'no deprecation any more',
    "      deprecated: true\n      x-sunset: '2031-06-30'\n",
    '',
    ['`removeBook`: `deprecated` is gone (was `true`).', '`removeBook`: `x-sunset` is gone (was `2031-06-30`).'],
    'compatible',
  ],
  [
    'another role',
    'operationId: addBook\n      x-required-role: librarian',
    'operationId: addBook\n      x-required-role: director',
    '**Breaking:** `addBook`: `x-required-role` is `director` (was `librarian`).',
    'breaking',
  ],
  [
    'no role any more',
    'operationId: addBook\n      x-required-role: librarian',
    'operationId: addBook',
    '**Breaking:** `addBook`: `x-required-role` is gone (was `librarian`).',
    'breaking',
  ],
  [
    'a token where none was needed',
    '      security: []\n',
    '',
    '**Breaking:** `getHealth`: needs `token` (was `nothing`).',
    'breaking',
  ],
  [
    'a token that is optional',
    '      security: []\n',
    '      security: [{ token: [] }, {}]\n',
    '**Breaking:** `getHealth`: needs `nothing or token` (was `nothing`).',
    'breaking',
  ],
  [
    'a second way to sign in',
    'security: [{ token: [] }]',
    'security: [{ token: [] }, { card: [read] }]',
    '`listBooks`, `addBook`, `getBook`, `removeBook`, `listSubjects`: needs `card read or token` (was `token`).',
    'breaking',
  ],
  [
    'another way to sign in',
    'security: [{ token: [] }]',
    'security: [{ card: [] }]',
    '**Breaking:** `listBooks`, `addBook`, `getBook`, `removeBook`, `listSubjects`: needs `card` (was `token`).',
    'breaking',
  ],
  [
    'a second scheme that is needed as well',
    'security: [{ token: [] }]',
    'security: [{ token: [], card: [] }]',
    '**Breaking:** `listBooks`, `addBook`, `getBook`, `removeBook`, `listSubjects`: needs `card and token` (was `token`).',
    'breaking',
  ],
  [
    'a scope',
    'security: [{ token: [] }]',
    'security: [{ token: [read] }]',
    '**Breaking:** `listBooks`, `addBook`, `getBook`, `removeBook`, `listSubjects`: needs `token read` (was `token`).',
    'breaking',
  ],
  [
    'an unknown extension',
    'operationId: getBook\n',
    'operationId: getBook\n      x-cost: 3\n',
    '**Breaking:** `getBook`: `x-cost` is new: `3`.',
    'breaking',
  ],
  [
    'another order of tags, another summary',
    'tags: [Books]\n      summary: List books',
    'tags: [Old]\n      summary: List them',
    'Documentation: `listBooks`.',
    'docs',
  ],
];
