import type { OpenApiDocument } from './document.ts';
import { type Operation, operationsOf } from './operations.ts';
import { shallowResolver } from './refs.ts';

const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };

/** A small document with everything that is resolved or inherited. */
const fixture: OpenApiDocument = {
  openapi: '3.1.1',
  info: { title: 'Fixture', version: '1' },
  security: [{ token: [] }],
  paths: {
    '/things/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }, { $ref: '#/components/parameters/Limit' }],
      get: { operationId: 'inherits', responses: { 200: { $ref: '#/components/responses/Thing' } } },
      put: {
        operationId: 'overrides',
        deprecated: true,
        'x-deprecated-since': '2026-01-01',
        'x-sunset': '2027-01-01',
        'x-required-role': 'keeper',
        parameters: [
          { ...limit, schema: { type: 'string' } },
          { ...limit, in: 'header' },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/a~1b~0c' } } },
        },
        responses: { 200: { $ref: '#/components/responses/Thing' } },
      },
      delete: { operationId: 'isOpen', security: [], responses: { 204: { description: 'Gone.' } } },
      patch: { operationId: 'maybe', security: [{ token: [] }, {}], deprecated: true, responses: {} },
    },
    '/': { post: { operationId: 'ownSecurity', security: [{ other: [] }], deprecated: false, responses: {} } },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', schema: { $ref: '#/components/schemas/Id' } }, Limit: limit },
    responses: {
      Thing: {
        description: 'It.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      },
    },
    schemas: {
      Id: { type: 'string' },
      Thing: {
        type: 'object',
        properties: { id: { $ref: '#/components/schemas/Id' }, parent: { $ref: '#/components/schemas/Id' } },
      },
      'a/b~c': { type: 'object', properties: { thing: { $ref: '#/components/schemas/Thing' } } },
    },
  },
};

const all = operationsOf(fixture);
function named(id: string): Operation {
  const found = all.find(({ operationId }) => operationId === id);
  if (!found) throw new Error(`The fixture has no operation ${id}.`);
  return found;
}
const parametersOf = (id: string) =>
  named(id).parameters.map(({ in: place, name, schema }) => [place, name, schema['type']]);

describe('operationsOf', () => {
  it('returns operations in the order of paths and methods', () => {
    expect(all.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`)).toEqual([
      'get /things/{id} inherits',
      'put /things/{id} overrides',
      'delete /things/{id} isOpen',
      'patch /things/{id} maybe',
      'post / ownSecurity',
    ]);
  });

  it('gives each operation the parameters of its path', () => {
    expect(parametersOf('inherits')).toEqual([
      ['path', 'id', 'string'],
      ['query', 'limit', 'integer'],
    ]);
  });

  it('replaces a parameter of the path by one of the operation with the same name and place', () => {
    expect(parametersOf('overrides')).toEqual([
      ['path', 'id', 'string'],
      ['query', 'limit', 'string'],
      ['header', 'limit', 'integer'],
    ]);
  });

  it.each([
    ['inherits', true, 'the security of the document applies to operations without their own'],
    ['ownSecurity', true, 'its own security applies'],
    ['isOpen', false, 'an empty list means that no token is required'],
    ['maybe', false, 'an empty alternative means that a token is optional'],
  ])('decides whether a token is required: %s is %s because %s', (id, secured) => {
    expect(named(id).secured).toBe(secured);
  });

  it.each([
    ['inherits', true],
    ['ownSecurity', true],
    ['isOpen', false],
    ['maybe', true],
  ])('decides whether a token is accepted: %s is %s', (id, acceptsToken) => {
    expect(named(id).acceptsToken).toBe(acceptsToken);
  });

  it('requires no token if neither the operation nor the document has security requirements', () => {
    const { security: _, ...open } = fixture;
    expect(operationsOf(open).find(({ operationId }) => operationId === 'inherits')?.secured).toBe(false);
  });

  it('returns the required role of an operation, if it has one', () => {
    expect(named('overrides').role).toBe('keeper');
    expect(named('inherits')).not.toHaveProperty('role');
  });

  it('returns the deprecation and the sunset of an operation', () => {
    expect(named('overrides').deprecation).toEqual({ since: '2026-01-01', sunset: '2027-01-01' });
    expect(named('maybe').deprecation).toEqual({});
    expect(named('ownSecurity')).not.toHaveProperty('deprecation');
  });

  it('resolves several references to the same target to the same object', () => {
    const thing = named('inherits').responses['200']?.['content'] as Record<
      string,
      { schema: { properties: Record<string, unknown> } }
    >;
    const properties = thing['application/json']?.schema.properties;
    expect(properties?.['id']).toBe(properties?.['parent']);
    expect(named('overrides').responses['200']).toBe(named('inherits').responses['200']);
    expect(named('inherits').parameters[0]?.schema).toBe(properties?.['id']);
  });

  it('resolves references with escaped names', () => {
    expect(JSON.stringify(all)).not.toContain('$ref');
    expect(named('overrides').requestBody?.content['application/json']?.['schema']).toMatchObject({
      properties: { thing: { type: 'object' } },
    });
  });

  it('are those of paths: the API itself sends the requests of webhooks', () => {
    const webhooks = { 'thing.made': { post: { operationId: 'onThingMade', responses: {} } } };
    expect(operationsOf({ ...fixture, webhooks })).toEqual(operationsOf(fixture));
  });

  it('throws an error that names a reference without a target', () => {
    const broken = {
      ...fixture,
      paths: { '/': { get: { operationId: 'x', responses: { 200: { $ref: '#/components/responses/Nothing' } } } } },
    };
    const [operation] = operationsOf(broken);
    expect(() => operation?.responses).toThrow('The document has no #/components/responses/Nothing, but refers to it.');
  });

  it('keeps references to schemas if they are resolved shallowly', () => {
    const [inherits] = operationsOf(fixture, shallowResolver(fixture));
    expect(inherits?.parameters.map(({ name, schema }) => [name, schema])).toEqual([
      ['id', { $ref: '#/components/schemas/Id' }],
      ['limit', { type: 'integer' }],
    ]);
    expect(inherits?.responses['200']).toEqual(
      expect.objectContaining({
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      }),
    );
  });

  it('names an operation without an id by its route', () => {
    const nameless = { ...fixture, paths: { '/a': { options: { 'x-throttle': { rate: 1, burst: 2 } } } } };
    expect(operationsOf(nameless)).toMatchObject([{ operationId: 'OPTIONS /a', throttle: { rate: 1, burst: 2 } }]);
  });
});
