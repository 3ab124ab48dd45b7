/** The OpenAPI 3.1 features that the checker supports, in a document for these tests. */
import { coverageOf } from './coverage.ts';
import { anything, createSchemaItems } from './coverage-items.ts';
import { createSchemaValidator } from './schema-validator.ts';
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
const validate = createSchemaValidator(tree);
const schemaItems = createSchemaItems(tree, validate);
const change = document.components.schemas.Change;

describe('The schema validator', () => {
  it.each([
    {},
    { nickname: null, place: null, seats: null },
    { name: 'Jo', nickname: 'Jo', place: { kind: 'hall' }, seats: 1 },
  ])('accepts %j', (value) => {
    expect(validate(change, value)).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ name: null }, '/name must be string'],
    [{ nickname: 'J' }, '/nickname must NOT have fewer than 2 characters'],
    [{ place: { kind: 'tent' } }, 'value of tag "kind" must be in oneOf'],
    [{ place: { kind: 'hall', roof: true } }, 'must NOT have unevaluated properties'],
    [{ seats: 0 }, '/seats must be > 0'],
    [{ seats: 'many' }, '/seats must be integer,null'],
  ])('rejects %j', (value, reason) => {
    expect(validate(change, value)?.text).toContain(reason);
  });

  it('returns the place of the violated keyword, also in a nullable reference', () => {
    expect(validate(change, { nickname: 'J' })?.place).toEqual(['components', 'schemas', 'Name', 'minLength']);
  });
});

describe('The coverage items of a value', () => {
  const optional = ['name', 'nickname', 'place', 'seats'].map((member) => `Change.${member}`);

  it('include constants and nulls, from a list of types or a nullable reference', () => {
    expect(schemaItems(change, { nickname: null, place: { kind: 'hall' }, seats: null })).toEqual([
      'Change.nickname',
      'Change.place',
      'Change.seats',
      'Change.nickname null',
      'Hall.kind hall',
      'Change.seats null',
    ]);
  });

  it('are all items of the schema for the value `anything`', () => {
    expect(schemaItems(change, anything)).toEqual([
      ...optional,
      'Change.nickname null',
      'Change.place null',
      'Hall.kind hall',
      'Change.seats null',
    ]);
  });
});

describe('The coverage of the contract', () => {
  it('includes operations, but not webhooks, which the API itself sends', () => {
    const items = [...coverageOf({ ...document, 'x-unrouted-codes': {} }, new Map()).values()]
      .flat()
      .map(({ item }) => item);
    expect(items).toEqual(expect.arrayContaining(['getName 200 application/json', 'Change.seats null']));
    expect(items.filter((item) => item.includes('onChange') || item.includes('name.changed'))).toEqual([]);
  });
});
