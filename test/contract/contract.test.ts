import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import {
  answers,
  codesOf,
  contract,
  forAjv,
  lookUp,
  operations,
  optionalMembers,
  resolve,
  text,
  walk,
  type Example,
  type MediaType,
  type Schema,
} from './contract.ts';

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

const problems = answers.flatMap(({ operation, status, response }) => {
  const { examples = {} } = response.content?.['application/problem+json'] ?? {};
  return Object.entries(examples).map(([name, example]) => ({
    title: `${operation.operationId} ${String(status)} ${name}`,
    status,
    problem: resolve(example).value as Problem,
  }));
});

describe('The file', () => {
  it('reads the same in YAML 1.1 and YAML 1.2', () => {
    expect(parse(text, { version: '1.1' })).toEqual(parse(text, { version: '1.2' }));
  });

  it('has a target for every reference', () => {
    const refs = [...walk(contract)].flatMap(([, node]) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((ref) => !ref.startsWith('#/') || lookUp(ref) === undefined)).toEqual([]);
  });

  it('lets a client say in every operation what it is', () => {
    const silent = operations.filter(
      ({ parameters = [] }) =>
        !parameters.some(({ in: place, name }) => place === 'header' && name === 'Client-Version'),
    );
    expect(silent.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('links from each creation to everything that can be done with what was created', () => {
    const onOne = operations.filter(({ path }) => path.includes('{eventId}')).map(({ operationId }) => operationId);
    const creations = answers.filter(({ status }) => status === 201);
    expect(creations.length).toBeGreaterThan(1);
    for (const { response } of creations)
      expect(
        Object.values(response.links ?? {})
          .map((link) => resolve(link).operationId)
          .sort(),
      ).toEqual([...onOne].sort());
  });

  it('links by parameters that the operations have and members that the answer has', () => {
    const links = answers.flatMap(({ response }) =>
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

describe('A change of an event', () => {
  const { EventCreate, EventUpdate } = contract.components.schemas;
  it('has the members of a creation with the same limits, and needs none', () => {
    expect(Object.keys(EventUpdate?.properties ?? {})).toEqual(Object.keys(EventCreate?.properties ?? {}));
    expect(EventUpdate).not.toHaveProperty('required');
  });

  it.each(Object.keys(EventCreate?.properties ?? {}))(
    'takes %s by the schema of a creation, and null where a creation does not need it',
    (name) => {
      const { description: _, ...member } = EventUpdate?.properties?.[name] ?? {};
      const schema = EventCreate?.properties?.[name];
      expect(schema).toEqual({ $ref: expect.any(String) });
      expect(member).toEqual(optionalMembers.includes(name) ? { anyOf: [schema, { type: 'null' }] } : schema);
    },
  );
});

describe('The codes of problems', () => {
  it('are those of all answers and those that belong to no operation, sorted, none twice', () => {
    const answered = answers.flatMap(({ response }) => [...codesOf(response), response['x-problem-code'] ?? []].flat());
    const all = new Set([...answered, ...Object.keys(contract['x-unrouted-codes'])]);
    expect(contract.components.schemas['ProblemCode']?.enum).toEqual([...all].sort());
  });

  it('stand under one status each', () => {
    const statuses = new Map<string, Set<number>>();
    const note = (code: string, status: number) => statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
    for (const { response, status } of answers) {
      for (const code of codesOf(response)) note(code, status);
      if (response['x-problem-code'] !== undefined) note(response['x-problem-code'], status);
    }
    for (const [code, status] of Object.entries(contract['x-unrouted-codes'])) note(code, status);
    expect([...statuses].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it('of no operation are answered by no operation', () => {
    const answered = answers.flatMap(({ response }) => codesOf(response));
    expect(Object.keys(contract['x-unrouted-codes']).filter((code) => answered.includes(code))).toEqual([]);
  });

  it('are narrowed by every problem, and each has an example there', () => {
    for (const { response } of answers) {
      const { examples } = response.content?.['application/problem+json'] ?? {};
      if (examples === undefined) continue;
      const shown = Object.values(examples).map((example) => (resolve(example).value as Problem).code);
      expect(codesOf(response).length).toBeGreaterThan(0);
      expect([...new Set(shown)].sort()).toEqual(codesOf(response));
    }
  });
});

describe('The throttles', () => {
  const { secured, open, unrouted } = contract['x-throttles'];

  it('let through less of what needs no token', () => {
    for (const throttle of [open, unrouted]) {
      expect(throttle.rate).toBeLessThan(secured.rate);
      expect(throttle.burst).toBeLessThan(secured.burst);
    }
  });
});

describe('What the gateway answers', () => {
  const ofGateway = answers.filter(({ response }) => response['x-made-by'] === 'gateway');

  it('is 429 everywhere, 403 where no role is asked, and the 503 of getHealth', () => {
    const expected = answers.filter(
      ({ operation, status }) =>
        status === 429 ||
        (status === 403 && operation['x-required-role'] === undefined) ||
        (status === 503 && operation.operationId === 'getHealth'),
    );
    expect(ofGateway).toEqual(expected);
  });

  it('has the form of the gateway only, and names the code for which it stands', () => {
    for (const { response } of ofGateway) {
      expect(Object.keys(response.content ?? {})).toEqual(['application/json']);
      expect(contract.components.schemas['ProblemCode']?.enum).toContain(response['x-problem-code']);
    }
    const marked = answers.filter(({ response }) => response['x-problem-code'] !== undefined);
    expect(marked).toEqual(ofGateway);
  });

  it('is documented as a second form wherever the gateway may answer instead of the function', () => {
    for (const { status, response } of answers.filter(({ status }) => status >= 400)) {
      const schema = response.content?.['application/json']?.schema.$ref;
      const expected = GATEWAY_STATUSES.includes(status) ? '#/components/schemas/GatewayError' : undefined;
      expect([status, schema]).toEqual([status, expected]);
    }
  });
});

describe('Examples', () => {
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, strict: false });
  addFormats.default(ajv, { mode: 'full' });

  it.each(examples())('%s fits its schema', (_pointer, schema, value) => {
    const validate = ajv.compile(forAjv(schema) as object);
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('are judged by formats and unions: a wrong one does not fit', () => {
    const validate = ajv.compile(forAjv(contract.components.schemas['EventUpdate']) as object);
    expect(validate({ location: null, capacity: null })).toBe(true);
    expect(validate({ startsAt: '2030-19-39T00:00:00Z' })).toBe(false);
    expect(validate({ location: { kind: 'online', address: 'Harbour Stage' } })).toBe(false);
    expect(validate({ name: null })).toBe(false);
  });

  it.each(problems)('of problems agree with themselves and their status: $title', ({ status, problem }) => {
    expect(problem).toMatchObject({
      type: `urn:problem:event-management:${problem.code}`,
      status,
      instance: `urn:request:${problem.requestId}`,
    });
  });

  it('of problems have one title and one detail for each code', () => {
    const words = new Map<string, Set<string>>();
    for (const { problem } of problems) {
      const known = words.get(problem.code) ?? new Set();
      words.set(problem.code, known.add(`${problem.title}: ${problem.detail}`));
    }
    expect([...words.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});

/** Every example of a request, a response, a parameter, a header and a schema, with the schema that it must fit. */
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
