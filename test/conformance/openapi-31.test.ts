/** What the checker understands of OpenAPI 3.1, in a document of its own. */
import { coverageOf } from './coverage.ts';
import { anything, createShow } from './entries.ts';
import { createJudge } from './judge.ts';
import { createTree } from './tree.ts';

const Name = { type: 'string', minLength: 2 };
const Place = {
  type: 'object',
  oneOf: [{ $ref: '#/components/schemas/Hall' }],
  discriminator: { propertyName: 'kind', mapping: { hall: '#/components/schemas/Hall' } },
};
const Hall = { type: 'object', required: ['kind'], properties: { kind: { type: 'string', const: 'hall' } } };
const Change = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { $ref: '#/components/schemas/Name' },
    nickname: { anyOf: [{ $ref: '#/components/schemas/Name' }, { type: 'null' }], description: 'Null removes it.' },
    place: { anyOf: [{ $ref: '#/components/schemas/Place' }, { type: 'null' }] },
    seats: { type: ['integer', 'null'], exclusiveMinimum: 0 },
  },
};
const webhook = {
  operationId: 'onChange',
  requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Change' } } } },
  responses: { '2XX': { description: 'Received.' } },
};
const document = {
  openapi: '3.1.1',
  paths: {
    '/name': {
      get: {
        operationId: 'getName',
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Change' } } } },
        },
      },
    },
  },
  webhooks: { 'name.changed': { post: webhook } },
  components: { schemas: { Name, Place, Hall, Change }, parameters: {}, headers: {}, responses: {} },
};

const tree = createTree(document);
const judge = createJudge(tree);
const show = createShow(tree, judge);
const change = document.components.schemas.Change;

describe('The judge of values', () => {
  it.each([
    {},
    { nickname: null, place: null, seats: null },
    { name: 'Jo', nickname: 'Jo', place: { kind: 'hall' }, seats: 1 },
  ])('lets through %j', (value) => {
    expect(judge(change, value)).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ name: null }, '/name must be string'],
    [{ nickname: 'J' }, '/nickname must NOT have fewer than 2 characters'],
    [{ place: { kind: 'tent' } }, 'value of tag "kind" must be in oneOf'],
    [{ place: { kind: 'hall', roof: true } }, 'must NOT have unevaluated properties'],
    [{ seats: 0 }, '/seats must be > 0'],
    [{ seats: 'many' }, '/seats must be integer,null'],
  ])('refuses %j', (value, reason) => {
    expect(judge(change, value)?.text).toContain(reason);
  });

  it('says which line of the contract a value breaks, also behind a reference beside null', () => {
    expect(judge(change, { nickname: 'J' })?.place).toEqual(['components', 'schemas', 'Name', 'minLength']);
  });
});

describe('A value', () => {
  const optional = ['name', 'nickname', 'place', 'seats'].map((member) => `Change.${member}`);

  it('shows nulls, by a list of types or beside a reference, and constants', () => {
    expect(show(change, { nickname: null, place: { kind: 'hall' }, seats: null })).toEqual([
      'Change.nickname',
      'Change.place',
      'Change.seats',
      'Change.nickname null',
      'Hall.kind hall',
      'Change.seats null',
    ]);
  });

  it('shows everything that the document has if it stands for any value', () => {
    expect(show(change, anything)).toEqual([
      ...optional,
      'Change.nickname null',
      'Change.place null',
      'Hall.kind hall',
      'Change.seats null',
    ]);
  });
});

describe('The coverage of the contract', () => {
  it('has operations, but not webhooks, which the API itself sends', () => {
    const entries = [...coverageOf({ ...document, 'x-unrouted-codes': {} }, new Map()).values()]
      .flat()
      .map(({ entry }) => entry);
    expect(entries).toEqual(expect.arrayContaining(['getName 200 application/json', 'Change.seats null']));
    expect(entries.filter((entry) => entry.includes('onChange') || entry.includes('name.changed'))).toEqual([]);
  });
});
