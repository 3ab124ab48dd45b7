import { spawnSync } from 'node:child_process';
import type { OpenApiDocument } from '../../src/openapi/document.ts';
import { clientContract, codesByGatewayStatus } from './client-model.ts';
import { renderClientOperations } from './generate-client.ts';

const text = { type: 'string' };
const success = (schema: object) => ({ '200': { content: { 'application/json': { schema } } } });
const page = { type: 'object', properties: { items: { type: 'array', items: text }, nextCursor: text } };
const parameter = (place: string, name: string, more: object = {}) => ({ name, in: place, schema: text, ...more });
const body = (schema: object, mediaType = 'application/json') => ({
  required: true,
  content: { [mediaType]: { schema } },
});

/** A contract with the operations that this project's own one has not (yet). */
function contractOf(paths: object): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: { title: 'A fixture', version: '1' },
    security: [{ token: [] }],
    'x-unrouted-codes': { 'route-not-found': 404 },
    components: { schemas: { Seat: { type: 'object', properties: { row: text } } } },
    paths: paths as NonNullable<OpenApiDocument['paths']>,
  };
}

/** The types of the schemas, rendered by a process of its own: Jest cannot load openapi-typescript. */
function schemasOf(document: object): string {
  const script = `
    import { renderClientSchemas } from './scripts/contract/generate-client.ts';
    process.stdout.write(await renderClientSchemas(${JSON.stringify(document)}));
  `;
  const flags = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

const seat = { $ref: '#/components/schemas/Seat' };
const fixture = contractOf({
  '/halls/{hallId}/seats/{seatId}': {
    parameters: [parameter('path', 'hallId', { required: true }), parameter('path', 'seatId', { required: true })],
    get: { operationId: 'getSeat', summary: 'Read a seat', responses: success(seat) },
    patch: {
      operationId: 'updateSeat',
      summary: 'Change a seat',
      description: 'Ends a comment: */',
      deprecated: true,
      parameters: [parameter('query', 'dryRun'), parameter('header', 'If-Match')],
      requestBody: body(seat, 'application/merge-patch+json'),
      responses: success(seat),
    },
  },
  '/halls/{hallId}/rows/{number}': {
    parameters: [
      parameter('path', 'hallId', { required: true }),
      parameter('path', 'number', { required: true, schema: { type: 'integer' } }),
    ],
    get: { operationId: 'getRow', summary: 'Read a row', responses: success(seat) },
  },
  '/halls/{hallId}/plan': {
    parameters: [parameter('path', 'hallId', { required: true })],
    get: {
      operationId: 'getPlan',
      summary: 'Get a plan',
      responses: {
        '200': { content: { 'application/json': { schema: seat }, 'text/csv': { schema: text } } },
      },
    },
  },
  '/halls/{hallId}/seats': {
    parameters: [parameter('path', 'hallId', { required: true })],
    get: {
      operationId: 'listSeats',
      summary: 'List seats',
      parameters: [parameter('query', 'cursor')],
      responses: {
        '200': { content: { 'application/json': { schema: page }, 'text/csv': { schema: text } } },
      },
    },
  },
  '/halls': {
    get: {
      operationId: 'listHalls',
      security: [],
      parameters: [parameter('query', 'cursor')],
      responses: success(page),
    },
  },
});

const entryOf = (id: string) =>
  Object.fromEntries(
    Object.entries(clientContract(fixture).operations.find((one) => one.id === id)?.entry ?? {}).filter(
      ([, value]) => value !== undefined,
    ),
  );

describe('the client’s view of a contract', () => {
  it('has what must be known to send each operation', () => {
    expect(entryOf('getSeat')).toEqual({ method: 'get', path: '/halls/{hallId}/seats/{seatId}' });
    expect(entryOf('updateSeat')).toEqual({
      method: 'patch',
      path: '/halls/{hallId}/seats/{seatId}',
      body: 'application/merge-patch+json',
      inputRequired: true,
      query: ['dryRun'],
      ifMatch: true,
      readOperation: 'getSeat',
    });
    expect(entryOf('listHalls')).toEqual({ method: 'get', path: '/halls', public: true, paged: true });
  });

  it('reads well as an interface', () => {
    const source = renderClientOperations(fixture, '1.2.3');
    expect(source).toContain(
      "  getSeat(target: Targets<'hallId' | 'seatId'>, input?: undefined, options?: CallOptions): ApiPromise<Seat, 'getSeat'>;\n",
    );
    expect(source).toContain(
      "  updateSeat(target: Targets<'hallId' | 'seatId'>, input: UpdateSeatInput | ((current: Seat) => UpdateSeatInput | undefined | Promise<UpdateSeatInput | undefined>), options?: CallOptions): ApiPromise<Seat, 'updateSeat'>;\n",
    );
    expect(source).toContain(
      "  getRow(target: Targets<'hallId', 'number'>, input?: undefined, options?: CallOptions): ApiPromise<Seat, 'getRow'>;\n",
    );
    expect(source).toContain(
      "  getPlan(target: Target<'hallId'>, input: undefined, options: TextOptions<'text/csv'>): ApiPromise<string, 'getPlan'>;\n",
    );
    expect(source).toContain(
      "  getPlan(target: Target<'hallId'>, input?: undefined, options?: CallOptions): ApiPromise<Seat, 'getPlan'>;\n",
    );
    expect(source).toContain(
      "  listSeats(target: Target<'hallId'>, input: undefined | ListSeatsInput, options: TextOptions<'text/csv'>): TextPages;\n",
    );
    expect(source).toContain("import type { ApiPromise, PagePromise, TextPages } from '../promises.ts';\n");
    expect(source).toContain(
      "  listHalls(input?: ListHallsInput, options?: CallOptions): PagePromise<ListHallsOutput, 'listHalls'>;\n",
    );
    expect(source).toContain(
      '  /**\n   * Change a seat\n   *\n   * Ends a comment: *\\/\n   *\n   * @deprecated\n   */\n',
    );
    expect(source).toContain("export const version = '1.2.3';\n");
    expect(source).toContain(
      "import type { CallOptions, OperationEntry, Target, Targets, TextOptions } from '../types.ts';\n",
    );
  });

  it('has no webhooks, which the API sends', () => {
    const webhooks = { 'seat.taken': { post: { operationId: 'onSeatTaken', requestBody: body(seat), responses: {} } } };
    const document = { ...fixture, webhooks } as OpenApiDocument;
    expect(clientContract(document)).toEqual(clientContract(fixture));
    expect(renderClientOperations(document, '1.2.3')).toBe(renderClientOperations(fixture, '1.2.3'));
  });

  it('has the types of a schema or null, of lists of types and of constants', () => {
    const document = {
      ...fixture,
      components: {
        schemas: {
          Seat: {
            type: 'object',
            properties: {
              row: { $ref: '#/components/schemas/Row' },
              former: { anyOf: [{ $ref: '#/components/schemas/Row' }, { type: 'null' }], description: 'Null if none.' },
              price: { type: ['integer', 'null'] },
              kind: { type: 'string', const: 'seat' },
            },
          },
          Row: { type: 'string', deprecated: true, description: 'A row.' },
        },
      },
    };
    const source = schemasOf(document).replaceAll(/\s+/g, ' ');
    expect(source).toContain('row?: Row;');
    expect(source).toContain('former?: Row | null;');
    expect(source).toContain('price?: number | null;');
    expect(source).toContain('kind?: "seat";');
    expect(source.match(/@deprecated/g)).toHaveLength(3);
    expect(source).toContain('@description Null if none. */');
  });

  it('names what the contract has no name for', () => {
    const { schemas } = clientContract(fixture);
    expect(Object.keys(schemas)).toEqual([
      'Seat',
      'UpdateSeatInput',
      'ListSeatsOutput',
      'ListSeatsInput',
      'ListHallsOutput',
      'ListHallsInput',
    ]);
    expect(schemas['UpdateSeatInput']).toMatchObject({
      allOf: [{ type: 'object', properties: { dryRun: { allOf: [text] } }, required: [] }, seat],
    });
    expect(schemas['ListHallsInput']).toMatchObject({ type: 'object', properties: { cursor: { allOf: [text] } } });
  });

  it('refuses an input in which one name stands for two things', () => {
    const twice = contractOf({
      '/seats': {
        post: {
          operationId: 'createSeat',
          parameters: [parameter('query', 'row')],
          requestBody: body(seat),
          responses: success(seat),
        },
      },
    });
    expect(() => clientContract(twice)).toThrow(
      'CreateSeat: a query parameter and a member of the body are both called row.',
    );
  });

  it('rejects a body that is not an object, because its members are the input', () => {
    const list = contractOf({
      '/seats': {
        post: {
          operationId: 'createSeats',
          requestBody: body({ type: 'array', items: seat }),
          responses: success(seat),
        },
      },
    });
    expect(() => clientContract(list)).toThrow('CreateSeats: the body must be an object.');
  });
});

test('responses that are not from the API have the code of their status', () => {
  const gateway = (content: object) => ({ content: { 'application/json': {}, ...content } });
  const problem = (...codes: string[]) => ({
    'application/problem+json': { schema: { allOf: [{}, { properties: { code: { enum: codes } } }] } },
  });
  const responses = {
    '401': gateway(problem('unauthenticated')),
    '403': gateway(problem('forbidden', 'not-yours')),
    '409': { content: problem('taken') },
    '503': { 'x-problem-code': 'service-unavailable', ...gateway({}) },
  };
  const contract = contractOf({ '/seats': { get: { operationId: 'listSeats', responses } } });
  expect(codesByGatewayStatus(contract)).toEqual({
    401: 'unauthenticated',
    404: 'route-not-found',
    503: 'service-unavailable',
    504: 'service-unavailable',
  });
});
