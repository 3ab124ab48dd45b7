import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  responses,
  codesOf,
  contract,
  forAjv,
  isOpen,
  lookUp,
  operations,
  type Operation,
  optionalFields,
  resolve,
  walk,
  type Example,
  type MediaType,
  type Schema,
} from './contract.ts';
import { sampled } from '../support/sample.ts';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  requestId: string;
}

const GATEWAY_STATUSES = [401, 403, 413, 429, 500, 503];

const problems = responses.flatMap(({ operation, status, response }) => {
  const { examples = {} } = response.content?.['application/problem+json'] ?? {};
  return Object.entries(examples).map(([name, example]) => ({
    title: `${operation.operationId} ${String(status)} ${name}`,
    status,
    problem: resolve(example).value as Problem,
  }));
});

describe('The contract', () => {
  it('has the same meaning in YAML 1.1 and YAML 1.2', () => {
    const text = readFileSync('openapi/openapi.yaml', 'utf8');
    expect(parse(text, { version: '1.1' })).toEqual(parse(text, { version: '1.2' }));
  });

  it('has a target for every reference', () => {
    const refs = [...walk(contract)].flatMap(([, node]) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((ref) => !ref.startsWith('#/') || lookUp(ref) === undefined)).toEqual([]);
  });

  it('accepts the header Client-Version in every operation', () => {
    const without = operations.filter(
      ({ parameters = [] }) =>
        !parameters.some(({ in: place, name }) => place === 'header' && name === 'Client-Version'),
    );
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('links from each 201 to every operation on the created resource', () => {
    const collectionOf = (path: string) => path.split('/{')[0] as string;
    /** What a POST creates is below the collection; what a PUT creates is at its own path. */
    const below = (collection: string) => operations.find((one) => one.path.startsWith(`${collection}/{`))?.path;
    const createdBy = ({ method, path }: Operation) =>
      method === 'PUT' ? path : (below(path) ?? below(collectionOf(path)) ?? '');
    const isAction = ({ path }: Operation) => operations.every((one) => one.path !== path || one.method === 'POST');
    const onOne = (creation: Operation) =>
      operations
        // The PUT that creates a resource needs no link to itself.
        .filter(({ method }) => method !== 'PUT')
        .filter((one) => {
          const created = createdBy(creation);
          return one.path === created || (isAction(one) && one.path.slice(0, one.path.lastIndexOf('/')) === created);
        })
        .map(({ operationId }) => operationId);
    const creations = responses.filter(({ status }) => status === 201);
    expect(creations.length).toBeGreaterThan(1);
    for (const { operation, response } of creations)
      expect(
        Object.values(response.links ?? {})
          .map((link) => resolve(link).operationId)
          .sort(),
      ).toEqual(onOne(operation).sort());
  });

  it('links with existing parameters of the operation and existing fields of the response', () => {
    const links = responses.flatMap(({ response }) =>
      Object.values(response.links ?? {}).map((link) => ({ link: resolve(link), response })),
    );
    for (const { link, response } of links) {
      const target = operations.find(({ operationId }) => operationId === link.operationId);
      const names = target?.parameters?.map(({ name }) => name);
      const members = resolve(response.content?.['application/json']?.schema ?? {}).properties;
      for (const [name, expression] of Object.entries(link.parameters)) {
        expect(names).toContain(name);
        expect(members).toHaveProperty(expression.replace('$response.body#/', ''));
      }
    }
  });
});

describe('EventUpdate', () => {
  const { EventCreate, EventUpdate } = contract.components.schemas;
  it('has the fields of EventCreate, all optional', () => {
    expect(Object.keys(EventUpdate?.properties ?? {})).toEqual(Object.keys(EventCreate?.properties ?? {}));
    expect(EventUpdate).not.toHaveProperty('required');
  });

  it.each(Object.keys(EventCreate?.properties ?? {}))(
    'has the schema of EventCreate for %s, and allows null if an event can be without it',
    (name) => {
      const { description: _, ...member } = EventUpdate?.properties?.[name] ?? {};
      const schema = EventCreate?.properties?.[name];
      expect(schema).toEqual({ $ref: expect.any(String) });
      expect(member).toEqual(optionalFields.includes(name) ? { anyOf: [schema, { type: 'null' }] } : schema);
    },
  );
});

describe('The problem codes', () => {
  it('are those of all responses and those without an operation, sorted, without duplicates', () => {
    const documented = responses.flatMap(({ response }) =>
      [...codesOf(response), response['x-problem-code'] ?? []].flat(),
    );
    const all = new Set([...documented, ...Object.keys(contract['x-unrouted-codes'])]);
    expect(contract.components.schemas['ProblemCode']?.enum).toEqual([...all].sort());
  });

  it('have one status each', () => {
    const statuses = new Map<string, Set<number>>();
    const add = (code: string, status: number) => statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
    for (const { response, status } of responses) {
      for (const code of codesOf(response)) add(code, status);
      if (response['x-problem-code'] !== undefined) add(response['x-problem-code'], status);
    }
    for (const [code, status] of Object.entries(contract['x-unrouted-codes'])) add(code, status);
    expect([...statuses].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it('without an operation are returned by no operation', () => {
    const documented = responses.flatMap(({ response }) => codesOf(response));
    expect(Object.keys(contract['x-unrouted-codes']).filter((code) => documented.includes(code))).toEqual([]);
  });

  it('are listed in every problem response, each with an example', () => {
    for (const { response } of responses) {
      const { examples } = response.content?.['application/problem+json'] ?? {};
      if (examples === undefined) continue;
      const shown = Object.values(examples).map((example) => (resolve(example).value as Problem).code);
      expect(codesOf(response).length).toBeGreaterThan(0);
      expect([...new Set(shown)].sort()).toEqual(codesOf(response));
    }
  });
});

describe('The throttles', () => {
  const { secured, open, unrouted, preflight } = contract['x-throttles'];

  it('let as many preflight requests through as requests of the fastest operation, each of which may need one', () => {
    const own = operations.flatMap((operation) => operation['x-throttle'] ?? []);
    expect(preflight.rate).toBe(Math.max(secured.rate, ...own.map(({ rate }) => rate)));
    expect(preflight.burst).toBe(Math.max(secured.burst, ...own.map(({ burst }) => burst)));
  });

  it('are lower for requests without a token', () => {
    const ofOpen = operations.filter(isOpen).flatMap((operation) => operation['x-throttle'] ?? []);
    for (const throttle of [open, unrouted, ...ofOpen]) {
      expect(throttle.rate).toBeLessThan(secured.rate);
      expect(throttle.burst).toBeLessThan(secured.burst);
    }
  });
});

describe('A response of the gateway', () => {
  const ofGateway = responses.filter(({ response }) => response['x-made-by'] === 'gateway');

  it('is 429 in every operation, 403 in operations without a role, and 503 in getHealth', () => {
    const expected = responses.filter(
      ({ operation, status }) =>
        status === 429 ||
        (status === 403 && operation['x-required-role'] === undefined) ||
        (status === 503 && operation.operationId === 'getHealth'),
    );
    expect(ofGateway).toEqual(expected);
  });

  it("has only the gateway's media type, and names its problem code", () => {
    for (const { response } of ofGateway) {
      expect(Object.keys(response.content ?? {})).toEqual(['application/json']);
      expect(contract.components.schemas['ProblemCode']?.enum).toContain(response['x-problem-code']);
    }
    const marked = responses.filter(({ response }) => response['x-problem-code'] !== undefined);
    expect(marked).toEqual(ofGateway);
  });

  it('is documented as a second media type of every status that the gateway may also return', () => {
    for (const { operation, status, response } of responses.filter(({ status }) => status >= 400)) {
      const schema = response.content?.['application/json']?.schema.$ref;
      // The gateway reads no token where none is required.
      const isOfGateway = GATEWAY_STATUSES.includes(status) && !(status === 401 && isOpen(operation));
      const expected = isOfGateway ? '#/components/schemas/GatewayError' : undefined;
      expect([status, schema]).toEqual([status, expected]);
    }
  });
});

describe('Actions', () => {
  it('are all operations that write an event or what is below it', () => {
    const writes = operations.filter(({ method, path }) => method !== 'GET' && path.startsWith('/events/{eventId}'));
    const actions = ['EventAction', 'RegistrationAction'].flatMap(
      (name) => contract.components.schemas[name]?.enum ?? [],
    );
    expect([...new Set(actions)].sort()).toEqual(writes.map(({ operationId }) => operationId).sort());
  });

  it('fit into their lists', () => {
    const { EventAction, EventActions, RegistrationActions } = contract.components.schemas;
    expect(EventActions?.maxItems).toBe(EventAction?.enum?.length);
    expect(RegistrationActions?.maxItems).toBe(5);
  });
});

describe('Examples', () => {
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, strict: false });
  addFormats.default(ajv, { mode: 'full' });

  it.each(sampled(examples()))('%s is valid', (_pointer, schema, value) => {
    const validate = ajv.compile(forAjv(schema) as object);
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('are validated with formats and unions', () => {
    const validate = ajv.compile(forAjv(contract.components.schemas['EventUpdate']) as object);
    expect(validate({ location: null, capacity: null })).toBe(true);
    expect(validate({ startsAt: '2030-19-39T00:00:00Z' })).toBe(false);
    expect(validate({ location: { kind: 'online', address: 'Harbour Stage' } })).toBe(false);
    expect(validate({ name: null })).toBe(false);
  });

  it('of problems have a type below the address of the documentation, as its pattern requires', () => {
    const pattern = String(contract.components.schemas['Problem']?.properties?.['type']?.['pattern']);
    expect(pattern).toBe(`^${contract.externalDocs.url.replaceAll('.', '\\.')}errors\\.html#[a-z-]+$`);
    for (const { problem } of problems) expect(problem.type).toMatch(new RegExp(pattern));
  });

  it.each(problems)('of problems have consistent codes, statuses and ids: $title', ({ status, problem }) => {
    expect(problem).toMatchObject({
      type: `${contract.externalDocs.url}errors.html#${problem.code}`,
      status,
      instance: `urn:request:${problem.requestId}`,
    });
  });

  it('of problems have one title and one detail for each code', () => {
    const texts = new Map<string, Set<string>>();
    for (const { problem } of problems) {
      const known = texts.get(problem.code) ?? new Set();
      texts.set(problem.code, known.add(`${problem.title}: ${problem.detail}`));
    }
    expect([...texts.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});

/** Every example of a request, response, parameter, header and schema, with its schema. */
function examples(): [string, Schema, unknown][] {
  return [...walk(contract)]
    .filter(([pointer]) => !/\/examples?(\/|$)/.test(pointer))
    .flatMap(([pointer, node]): [string, Schema, unknown][] => {
      const { schema, examples = {} } = node as unknown as Partial<MediaType>;
      const named = schema === undefined ? [] : Object.entries<Example>(examples);
      return [
        ...named.map(([name, example]): [string, Schema, unknown] => [
          `${pointer}/examples/${name}`,
          schema ?? {},
          resolve(example).value,
        ]),
        ...('example' in node
          ? [[`${pointer}/example`, schema ?? node, node['example']] as [string, Schema, unknown]]
          : []),
      ];
    });
}
