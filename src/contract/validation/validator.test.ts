/** Tests each gap of express-openapi-validator that docs/decisions/0003-validator.md names, with single requests. */
import { RequestValidator } from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import { removal } from '../../../test/contract/contract.ts';
import { type OperationId, operations } from '../operations.ts';
import { createValidator, type RawInput } from './validator.ts';

const validatorOf = createValidator();
const validators = new Map(operations.map((one) => [one.operationId, validatorOf(one)]));
const eventId = '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31';
const event = { name: 'Jazz', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' };
const venue = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12' };

function validate(id: OperationId, input: Partial<RawInput> = {}) {
  const validator = validators.get(id);
  if (!validator) throw new Error(`The contract has no operation ${id}.`);
  return validator({ path: {}, query: '', headers: {}, body: undefined, ...input });
}
const create = (body: unknown) => validate('createEvent', { body });
const update = (body: unknown) => validate('updateEvent', { path: { eventId }, body });
const valid = { valid: expect.anything() };

/** The place and the code of each field error, sorted. */
function errorsOf(result: ReturnType<typeof validate>): string[] {
  if (!('errors' in result)) return [];
  return result.errors.map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`).sort();
}

describe('createValidator', () => {
  it.each(['createEvent', 'updateEvent'] as const)('reports the missing body of %s once', (id) => {
    expect(validate(id, { path: id === 'updateEvent' ? { eventId } : {} })).toEqual({
      errors: [{ pointer: '', code: 'required', detail: 'a body is required' }],
    });
  });

  it('reports a missing body together with all other errors', () => {
    expect(errorsOf(validate('updateEvent', { path: { eventId: 'x' }, query: 'a=1' }))).toEqual(
      expect.arrayContaining([' required', 'a unknown-parameter', 'eventId invalid-format']),
    );
  });

  it.each([null, 'text', 5, true, [], [event]])('rejects the body %j, which is not an object', (body) => {
    expect(errorsOf(create(body))).toEqual([' invalid-type']);
    expect(errorsOf(update(body))).toEqual([' invalid-type']);
  });

  it('accepts a missing body that is optional', () => {
    expect(validate('cancelEvent', { path: { eventId } })).toEqual({
      valid: { path: { eventId }, query: { dryRun: false }, headers: {}, body: undefined },
    });
  });

  it('validates an optional body that is present', () => {
    expect(errorsOf(validate('cancelEvent', { path: { eventId }, body: null }))).toEqual([' invalid-type']);
    expect(errorsOf(validate('cancelEvent', { path: { eventId }, body: { why: 'rain' } }))).toEqual([
      '/why unknown-field',
    ]);
    expect(validate('cancelEvent', { path: { eventId }, body: {} })).toMatchObject(valid);
  });

  it('reports all errors at once, with pointers into the body and the names of parameters', () => {
    const body = { name: '', startsAt: 'soon', tags: ['a', 'a'], capacity: 0, 'a/b~c': 1 };
    expect(errorsOf(validate('createEvent', { body, query: 'x=1', headers: { 'idempotency-key': 'a b' } }))).toEqual([
      '/a~1b~0c unknown-field',
      '/capacity too-small',
      '/endsAt required',
      '/name too-short',
      '/startsAt invalid-format',
      '/tags duplicate-item',
      '/timeZone required',
      'Idempotency-Key invalid-format',
      'x unknown-parameter',
    ]);
  });

  it('rejects members that are read-only', () => {
    expect(errorsOf(create({ ...event, status: 'published', eventId }))).toEqual([
      '/eventId unknown-field',
      '/status unknown-field',
    ]);
  });

  it('rejects __proto__ and constructor like any unknown member', () => {
    const body = JSON.parse(`{"__proto__":{"name":"x"},"constructor":1,${JSON.stringify(event).slice(1)}`) as unknown;
    expect(errorsOf(create(body))).toEqual(['/__proto__ unknown-field', '/constructor unknown-field']);
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });

  it.each([
    [['__proto__', '__proto__'], 'items 2 and 1'],
    [['a', '__proto__', 'b', ' __proto__'], 'items 4 and 2'],
    [['__proto__', '__proto__', 'a', 'a'], 'items 4 and 3'],
    [['a', 'a', '__proto__', '__proto__'], 'items 4 and 3'],
  ])('finds the same tag twice in %j', (tags, items) => {
    const result = create({ ...event, tags });
    expect('errors' in result && result.errors).toEqual([
      {
        pointer: '/tags',
        code: 'duplicate-item',
        detail: `must not have the same item twice: ${items} are the same`,
      },
    ]);
  });

  it('reports too many tags as such, even if two are the same', () => {
    expect(errorsOf(create({ ...event, tags: [...'abcdefghi', '__proto__', '__proto__'] }))).toEqual([
      '/tags too-many',
    ]);
  });

  it.each([[['__proto__']], [['__proto__', 'a', 'constructor']]])('accepts the tags %j', (tags) => {
    expect(create({ ...event, tags })).toHaveProperty('valid');
  });

  it.each([
    ['an unknown kind', { kind: 'moon' }, ['/location/kind invalid-value']],
    ['no kind', { name: 'x' }, ['/location/kind required']],
    ['a kind of another type', { kind: 5 }, ['/location/kind invalid-value']],
    ['a member of another branch', { ...venue, url: 'https://a.example' }, ['/location/url unknown-field']],
    [
      'missing members of its own branch',
      { kind: 'hybrid' },
      ['/location/address required', '/location/name required', '/location/url required'],
    ],
    ['a string', 'x', ['/location invalid-type']],
    ['an array', [venue], ['/location invalid-type']],
  ])('reports only the errors of the selected branch of a union: %s', (_, location, expected) => {
    expect(errorsOf(create({ ...event, location }))).toEqual(expected);
    expect(errorsOf(update({ location }))).toEqual(expected);
  });

  it.each([
    venue,
    { kind: 'online', url: 'https://a.example' },
    { ...venue, kind: 'hybrid', url: 'https://a.example' },
  ])('accepts each branch of a union: $kind', (location) => {
    expect(create({ ...event, location })).toMatchObject(valid);
  });

  it('accepts null only for a member that it removes', () => {
    expect(update(removal)).toMatchObject(valid);
    expect(errorsOf(create({ ...event, location: null }))).toEqual(['/location invalid-type']);
    expect(errorsOf(update({ name: null, startsAt: null }))).toEqual(['/name invalid-type', '/startsAt invalid-type']);
  });

  it('compares the items of an array without recursion into deep values', () => {
    const deep = () => JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(errorsOf(create({ ...event, tags: [deep(), deep()] }))).toEqual([
      '/tags/0 invalid-type',
      '/tags/1 invalid-type',
    ]);
  });

  it('counts the items of an array before it compares them, so that many items are cheap', () => {
    const started = performance.now();
    const errors = errorsOf(create({ ...event, tags: Array.from({ length: 16_000 }, (_, index) => `t${index}`) }));
    expect(errors).toEqual(['/tags too-many']);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each([
    ['capacity', '5'],
    ['capacity', 1.5],
    ['capacity', true],
    ['name', 5],
    ['tags', 'music'],
    ['tags', { 0: 'music' }],
  ])('coerces no value of a body: %s %j', (name, value) => {
    expect(errorsOf(create({ ...event, [name]: value }))).toEqual([`/${name} invalid-type`]);
  });

  it('returns a valid body unchanged', () => {
    const body = { ...event, description: '' };
    expect(create(body)).toEqual({ valid: { path: {}, query: { dryRun: false }, headers: {}, body } });
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01 10:00:00Z',
    '2026-01-01t10:00:00z',
    '2026-01-01T10:00:00',
    '2026-01-01T10:00:00+01',
    '2026-12-31T23:59:60Z',
    '2026-01-01',
  ])('rejects the invalid date-time %s', (startsAt) => {
    expect(errorsOf(create({ ...event, startsAt }))).toEqual(['/startsAt invalid-format']);
    expect(errorsOf(validate('listEvents', { query: `startsFrom=${encodeURIComponent(startsAt)}` }))).toContain(
      'startsFrom invalid-format',
    );
  });

  it.each(['2026-02-28T10:00:00.123456789Z', '2028-02-29T23:59:59+14:00', '2026-01-01T00:00:00-00:00'])(
    'accepts the date-time %s',
    (startsAt) => {
      expect(create({ ...event, startsAt })).toMatchObject(valid);
    },
  );

  it('fills in the defaults of a query and converts its integers', () => {
    expect(validate('listEvents')).toMatchObject({ valid: { query: { order: 'asc', limit: 25 } } });
    expect(validate('listEvents', { query: 'limit=7&order=desc&status=draft' })).toMatchObject({
      valid: { query: { order: 'desc', limit: 7, status: ['draft'] } },
    });
  });

  it('keeps raw reserved characters of a query', () => {
    expect(validate('listEvents', { query: "startsFrom=2030-01-01T00:00:00Z&tag=a:b/c?d@e!$'()*,;" })).toMatchObject({
      valid: { query: { startsFrom: '2030-01-01T00:00:00Z', tag: "a:b/c?d@e!$'()*,;" } },
    });
  });

  it.each([
    ['limit=0', 'limit too-small'],
    ['limit=101', 'limit too-large'],
    ['limit=', 'limit invalid-type'],
    ['tag=', 'tag too-short'],
    ['order=up', 'order invalid-value'],
    ['status=gone', 'status invalid-value'],
    ['status=draft&status=draft', 'status duplicate-item'],
    ['status=draft,published', 'status invalid-value'],
    ['limit=5&limit=5', 'limit duplicate-parameter'],
    ['color=red', 'color unknown-parameter'],
  ])('rejects the query %s', (query, error) => {
    expect(errorsOf(validate('listEvents', { query }))).toContain(error);
  });

  it('rejects a query for an operation without parameters', () => {
    expect(errorsOf(validate('getHealth', { query: 'a=1' }))).toEqual(['a unknown-parameter']);
  });

  it('returns only declared headers, in the spelling of the contract', () => {
    const result = validate('createEvent', {
      body: event,
      headers: { 'idempotency-key': 'k', 'x-other': '1', 'content-type': 'text/plain' },
    });
    expect(result).toMatchObject({ valid: { headers: { 'Idempotency-Key': 'k' } } });
    expect('valid' in result && Object.keys(result.valid.headers)).toEqual(['Idempotency-Key']);
  });

  it.each([['a b'], [''], ['ü'], ['x'.repeat(256)]])('rejects the invalid header value %j', (key) => {
    expect(errorsOf(validate('createEvent', { body: event, headers: { 'idempotency-key': key } }))[0]).toMatch(
      /^Idempotency-Key /,
    );
  });

  it('compiles each operation once, regardless of the content types of its requests', () => {
    const build = jest.spyOn(
      RequestValidator.prototype as unknown as { buildMiddleware: () => unknown },
      'buildMiddleware',
    );
    const fresh = createValidator();
    const [toCreate, toGet] = (['createEvent', 'getEvent'] as const).map((id) =>
      fresh(operations.find((one) => one.operationId === id)!),
    );
    for (let index = 0; index < 10_000; index += 1) {
      toCreate?.({ path: {}, query: '', headers: { 'content-type': `application/json; x=${index}` }, body: event });
      toGet?.({ path: { eventId }, query: '', headers: { 'content-type': `text/x-${index}` }, body: undefined });
    }
    expect(build).toHaveBeenCalledTimes(2);
    build.mockRestore();
  });

  it('keeps requests independent of each other', () => {
    expect(errorsOf(create({ ...event, name: '' }))).toEqual(['/name too-short']);
    expect(create(event)).toMatchObject(valid);
    expect(errorsOf(create({ ...event, capacity: 0 }))).toEqual(['/capacity too-small']);
  });
});
