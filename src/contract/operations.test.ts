import { type Document, type Operation, operationsOf, pathTo } from './operations.ts';

const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };

/** A small contract in which everything occurs that is resolved or folded in. */
const fixture: Document = {
  openapi: '3.0.3',
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
  const found = all.find(({ operationId }) => (operationId as string) === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}
const parametersOf = (id: string) =>
  named(id).parameters.map(({ in: place, name, schema }) => [place, name, schema['type']]);

describe('the operations of a contract', () => {
  it('come in the order of paths and methods', () => {
    expect(all.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`)).toEqual([
      'get /things/{id} inherits',
      'put /things/{id} overrides',
      'delete /things/{id} isOpen',
      'patch /things/{id} maybe',
      'post / ownSecurity',
    ]);
  });

  it('have the parameters of their path', () => {
    expect(parametersOf('inherits')).toEqual([
      ['path', 'id', 'string'],
      ['query', 'limit', 'integer'],
    ]);
  });

  it('override a parameter of their path by name and place', () => {
    expect(parametersOf('overrides')).toEqual([
      ['path', 'id', 'string'],
      ['query', 'limit', 'string'],
      ['header', 'limit', 'integer'],
    ]);
  });

  it.each([
    ['inherits', true, 'the security of the whole contract counts where they name none'],
    ['ownSecurity', true, 'their own security counts'],
    ['isOpen', false, 'an empty list means that no token is needed'],
    ['maybe', false, 'an empty alternative means that a token is optional'],
  ])('are secured or not: %s is %s, as %s', (id, secured) => {
    expect(named(id).secured).toBe(secured);
  });

  it('are open where neither they nor the contract name a security', () => {
    const { security: _, ...open } = fixture;
    expect(operationsOf(open).find(({ operationId }) => (operationId as string) === 'inherits')?.secured).toBe(false);
  });

  it('name the role that they ask for, and only then', () => {
    expect(named('overrides').role).toBe('keeper');
    expect(named('inherits')).not.toHaveProperty('role');
  });

  it('say since when they are deprecated and when they go', () => {
    expect(named('overrides').retirement).toEqual({ since: '2026-01-01', sunset: '2027-01-01' });
    expect(named('maybe').retirement).toEqual({});
    expect(named('ownSecurity')).not.toHaveProperty('retirement');
  });

  it('share what is referred to twice', () => {
    const thing = named('inherits').responses['200']?.['content'] as Record<
      string,
      { schema: { properties: Record<string, unknown> } }
    >;
    const properties = thing['application/json']?.schema.properties;
    expect(properties?.['id']).toBe(properties?.['parent']);
    expect(named('overrides').responses['200']).toBe(named('inherits').responses['200']);
    expect(named('inherits').parameters[0]?.schema).toBe(properties?.['id']);
  });

  it('resolve references with escaped names', () => {
    expect(JSON.stringify(all)).not.toContain('$ref');
    expect(named('overrides').requestBody?.content['application/json']?.['schema']).toMatchObject({
      properties: { thing: { type: 'object' } },
    });
  });

  it('name a reference that leads nowhere', () => {
    const broken = {
      ...fixture,
      paths: { '/': { get: { operationId: 'x', responses: { 200: { $ref: '#/components/responses/Nothing' } } } } },
    };
    expect(() => operationsOf(broken)).toThrow(
      'The contract refers to #/components/responses/Nothing, which is not there.',
    );
  });
});

describe('pathTo', () => {
  it('fills in parameters and encodes them', () => {
    expect(pathTo('listEvents')).toBe('/events');
    expect(pathTo('cancelEvent', { eventId: 'a/b c' })).toBe('/events/a%2Fb%20c/cancel');
  });
});
