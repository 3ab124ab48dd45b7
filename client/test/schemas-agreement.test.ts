/**
 * The schemas of inputs against the server: the same input has the same errors, with the same places, codes and details, and the same
 * normal form. Each input goes the way of a call: the client makes a request of it, which the server's validator reads.
 *
 * To repeat a run, or to try more inputs: make test ARGS=client/test/schemas FUZZ_RUNS=100 FUZZ_SEED=1
 */
import fc, { type Arbitrary } from 'fast-check';
import type { EventUpdate, FieldError } from '../../src/contract/generated/types.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { createValidator, type ValidInput } from '../../src/contract/validation/validator.ts';
import { filterErrors } from '../../src/domain/events/filters.ts';
import { timeZones } from '../../src/domain/events/generated/time-zones.ts';
import { semanticErrors } from '../../src/domain/events/rules.ts';
import { withInstants } from '../../src/domain/events/times.ts';
import { answerErrors, answersBytesErrors } from '../../src/domain/registrations/answers.ts';
import { toInstant } from '../../src/domain/shared/instants.ts';
import { withoutNull } from '../../src/lib/without-null.ts';
import { operations as contractOperations } from '../../test/contract/contract.ts';
import { invalidRequestKinds } from '../../test/fuzz/requests.ts';
import { requestsFor } from '../../test/support/arbitrary.ts';
import { minimal } from '../../test/support/events.ts';
import { questions } from '../../test/support/questions.ts';
import { sampled } from '../../test/support/sample.ts';
import { operations as table } from '../src/generated/operations.ts';
import { prepare } from '../src/request.ts';
import * as schemas from '../src/schemas.ts';

const seed = Number(process.env['FUZZ_SEED'] || Date.now() % 2 ** 31);
const runs = Number(process.env['FUZZ_RUNS'] || 1);

type Members = Readonly<Record<string, unknown>>;
type Id = Operation['operationId'];
type Schema = schemas.InputSchema<unknown>;

const path = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  number: '7',
  scanId: '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924',
};
const validatorOf = createValidator();
const validators = new Map(operations.map((one) => [one.operationId, validatorOf(one)]));
const withInput = operations.filter(
  ({ parameters, requestBody }) => requestBody ?? parameters.some((one) => one.in === 'query'),
);
const schemaOf = (id: Id) => (schemas as unknown as Record<string, Schema>)[`${id}Input`] as Schema;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the server's validator makes of the request that the client sends; undefined if it sends none. */
function onServer(id: Id, input: unknown): { valid: ValidInput } | { errors: readonly FieldError[] } | undefined {
  const sent = { path, query: '', headers: {}, body: input };
  // The client sends objects only, other clients send anything.
  if (isObject(input) || input === undefined) {
    try {
      const { url, body } = prepare('', table[id], path, input, undefined, {}, {});
      Object.assign(sent, { query: url.split('?')[1] ?? '', body: body && (JSON.parse(body) as unknown) });
    } catch {
      return undefined;
    }
  }
  return validators.get(id)?.(sent);
}

const placeOf = ({ pointer, parameter }: FieldError) => pointer ?? `?${parameter}`;

/** What errors say, in no order. */
const textOf = (errors: readonly FieldError[]) =>
  errors.map((one) => [placeOf(one), one.code, one.detail].join(' ')).sort();

/** Members that make any other members a valid body. */
const templates: { readonly [Name in Id]?: object } = {
  createEvent: minimal,
  duplicateEvent: { startsAt: minimal.startsAt, endsAt: minimal.endsAt },
  registerForEvent: { name: 'Mira Novak' },
  createRegistration: { name: 'Mira Novak' },
  createCheckIns: { scans: [{ scanId: path.scanId, scannedAt: minimal.startsAt }] },
  createCalendarFeed: { source: { kind: 'my-registrations' } },
};

/** The server's own rules, for members that are valid. The names of time zones are not checked, as long as the client has no list. */
function ruleErrors(id: Id, members: Members): readonly FieldError[] {
  switch (id) {
    case 'createEvent':
    case 'updateEvent':
    case 'duplicateEvent': {
      const { timeZone: _, ...sent } = members as EventUpdate;
      return semanticErrors(withoutNull(withInstants(sent)) as Parameters<typeof semanticErrors>[0], sent);
    }
    case 'registerForEvent':
    case 'createRegistration':
    case 'updateRegistration':
      return answersBytesErrors((members['answers'] ?? {}) as Parameters<typeof answersBytesErrors>[0]);
    case 'listEvents': {
      const times = Object.entries(members).filter(([name]) => /^(starts|ends)/.test(name));
      const instants = Object.fromEntries(times.map(([name, time]) => [name, toInstant(time as string)]));
      return filterErrors({ ...members, ...instants }, members['organizerId'] !== undefined);
    }
    default:
      return [];
  }
}

/** The errors that the server would return in a second round, once those of the first are corrected. */
function furtherErrors(id: Id, input: unknown, errors: readonly FieldError[]): readonly FieldError[] {
  if (!isObject(input) || errors.some(({ pointer }) => pointer === '')) return [];
  const failed = new Set(errors.map(({ pointer, parameter }) => parameter ?? unescape(pointer?.split('/')[1] ?? '')));
  // The parameter without a name, which is unknown, has the name `(empty)` in its error.
  const kept = Object.fromEntries(Object.entries(input).filter(([name]) => name !== '' && !failed.has(name)));
  const result = onServer(id, { ...templates[id], ...kept });
  if (!result || !('valid' in result)) throw new Error(`Still not valid: ${JSON.stringify([kept, result])}`);
  const normal = { ...(result.valid.body as object | undefined), ...result.valid.query };
  return ruleErrors(id, Object.fromEntries(Object.entries(normal).filter(([name]) => name in kept)));
}
const unescape = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');

function expectAgreement(id: Id, input: unknown): 'valid' | 'invalid' | 'not sent' {
  const server = onServer(id, input);
  const client = schemaOf(id)['~standard'].validate(input);
  if (!server) return 'not sent';
  const errors = 'errors' in server ? server.errors : [];
  const places = new Set(errors.map(placeOf));
  const further = furtherErrors(id, input, errors).filter((one) => !places.has(placeOf(one)));
  expect(textOf(client.issues ?? [])).toEqual(textOf([...errors, ...further]));
  if (client.issues || !('valid' in server)) return 'invalid';
  // The server adds defaults.
  const { body, query } = server.valid;
  if (input !== undefined) expect({ ...(body as object | undefined), ...query }).toMatchObject(client.value as object);
  return 'valid';
}

it('there is a schema for each input, and for nothing else', () => {
  const names = Object.keys(schemas).filter((name) => name.endsWith('Input'));
  expect(names.sort()).toEqual(withInput.map(({ operationId }) => `${operationId}Input`).sort());
});

/** Inputs for an operation: bodies and queries, most of their members valid. */
function inputsFor(operation: Operation): Arbitrary<unknown> {
  return requestsFor(operation).map(({ body, query }) => {
    const members = typed(membersOf(query));
    if (!operation.requestBody) return members;
    return isObject(body) ? { ...members, ...body } : body;
  });
}

/** The members with numbers and booleans as such, as programs write them. The texts of a form are in the other test. */
function typed(members: Members): Members {
  const meaning = (value: unknown) =>
    /^(true|false|0|-?[1-9]\d{0,8})$/.test(String(value)) ? JSON.parse(String(value)) : value;
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name, Array.isArray(value) ? value.map(meaning) : meaning(value)]),
  );
}

/** The members of an input that becomes this query. What is not properly encoded cannot be sent by the client. */
function membersOf(query: string): Members {
  const all = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries([...all].map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
}

/** Names that do not fit into a pointer, with several errors in the place that remains. */
const withLongNames = {
  name: 'Mira',
  answers: { ['a'.repeat(1100)]: 7, ['b'.repeat(1100)]: 'a\0b', 'C~/': [] },
  ['c'.repeat(1100)]: 1,
};

it.each(withInput.map((one) => [one.operationId, one] as const))('any input of %s', (id, operation) => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(inputsFor(operation), (input) => void seen.add(expectAgreement(id, input))),
    {
      seed,
      numRuns: 30 * runs,
      examples: [[{}], [{ ...templates[id] }], [{ unknown: 1 }], [undefined], [withLongNames]],
    },
  );
  expect(seen).toContain('valid');
  expect(seen).toContain('invalid');
});

const kinds = contractOperations.flatMap((operation) => {
  const { operationId, parameters, requestBody } = operation;
  const names = parameters.filter((one) => one.in !== 'query').map(({ name }) => name);
  // In an input with a body, a member that is unknown is an unknown field.
  if (requestBody) names.push('unknown parameter');
  return invalidRequestKinds(operation)
    .filter(({ title }) => !names.includes(title.split(':')[0] ?? ''))
    .map((kind) => ({ ...kind, id: operationId, title: `${operationId}, ${kind.title}` }));
});

it.each(sampled(kinds.filter(({ id }) => withInput.some((one) => one.operationId === id))))(
  'an input with one error: $title',
  ({ id, code, requests }) => {
    fc.assert(
      fc.property(requests({}), ({ request, location }) => {
        const members = membersOf(request.path.split('?')[1] ?? '');
        const body: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : (request.body ?? {});
        const isMissing = request.body === undefined && Object.keys(members).length === 0;
        const input = isMissing ? undefined : isObject(body) ? { ...members, ...body } : body;
        const place = placeOf(location as FieldError);
        // With a parameter, the client sends a body, which lacks its members.
        if (code === 'required' && place === '' && !isMissing) return;
        if (expectAgreement(id, input) === 'not sent') return;
        const found = schemas.errorsIn(schemaOf(id), input).map((one) => [placeOf(one), one.code]);
        expect(found).toContainEqual([place, code]);
      }),
      { seed, numRuns: 2 * runs },
    );
  },
);

describe('with what the page knows of the event,', () => {
  const times = { startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z' };
  const event = { ...times, registrationOpensAt: '2030-06-01T00:00:00Z', timeZone: 'UTC' };
  const offsets = fc.constantFrom(-400, -1, 0, 1, 400).map((days) => Date.parse(times.startsAt) + days * 86_400_000);
  const instants = offsets.map((time) => new Date(time).toISOString());
  const sent = fc.record(
    {
      startsAt: instants,
      endsAt: instants,
      registrationOpensAt: fc.option(instants),
      registrationClosesAt: fc.option(instants),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'europe/berlin', '+02:00', 'America/Argentina/Ushuaia', 'GMT0'),
    },
    { requiredKeys: [], noNullPrototype: true },
  );

  it('an update has the errors that the event would have', () => {
    const schema = schemas.withTimeZones(schemas.withEvent(schemas.updateEventInput, event));
    fc.assert(
      fc.property(sent, (update) => {
        const next = withoutNull({ ...event, ...withInstants(update) });
        expect(textOf(schemas.errorsIn(schema, update))).toEqual(textOf(semanticErrors(next, update)));
      }),
      { seed, numRuns: 30 * runs },
    );
  });

  it('answers have the errors that the questions make', () => {
    const answer = fc.oneof(
      fc.constantFrom('Vegan', 'Friday', 'a\nb', 'x'.repeat(201), true, false),
      fc.uniqueArray(fc.constantFrom('Friday', 'Sunday', 'Monday'), { minLength: 1 }),
    );
    const answers = fc.dictionary(fc.constantFrom(...questions.map(({ questionId }) => questionId), 'other'), answer, {
      noNullPrototype: true,
    });
    const [register, update] = [schemas.registerForEventInput, schemas.updateRegistrationInput] as const;
    const [registering, updating] = [
      schemas.withQuestions(register, questions),
      schemas.withQuestions(update, questions),
    ] as const;
    fc.assert(
      fc.property(fc.option(answers, { nil: undefined }), (given) => {
        const expected = textOf(answerErrors(questions, given));
        const name = 'Mira Novak';
        expect(textOf(schemas.errorsIn(registering, { name, answers: given }))).toEqual(expected);
        expect(textOf(schemas.errorsIn(updating, { answers: given }))).toEqual(given ? expected : []);
      }),
      { seed, numRuns: 30 * runs },
    );
  });

  it('answers that are invalid by themselves have no further errors', () => {
    const schema = schemas.withQuestions(schemas.registerForEventInput, questions);
    const input = { name: 'Mira Novak', answers: { other: 5 } };
    const result = onServer('registerForEvent', input);
    expect(textOf(schemas.errorsIn(schema, input))).toEqual(textOf(result && 'errors' in result ? result.errors : []));
    expect(schemas.errorsIn(schema, input)).toHaveLength(1);
  });

  it('the names of time zones are those of the server', () => {
    expect(schemas.timeZones).toEqual([...timeZones]);
  });
});
