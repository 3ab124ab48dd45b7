/** Every hole of express-openapi-validator that docs/decisions/0003-validator.md names, at the level of one judged request. */
import { RequestValidator } from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import { removal } from '../../../test/contract/contract.ts';
import { type OperationId, operations, type Operation } from '../operations.ts';
import { createValidator, type RawInput } from './validator.ts';

const validatorOf = createValidator();
const judges = new Map(operations.map((one) => [one.operationId, validatorOf(one)]));
const eventId = '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31';
const event = { name: 'Jazz', startsAt: '2030-06-21T18:00:00Z', endsAt: '2030-06-21T22:00:00Z', timeZone: 'UTC' };
const venue = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12' };

function judge(id: OperationId, input: Partial<RawInput> = {}) {
  const validate = judges.get(id);
  if (!validate) throw new Error(`no operation ${id}`);
  return validate({ path: {}, query: '', headers: {}, body: undefined, ...input });
}
const create = (body: unknown) => judge('createEvent', { body });
const update = (body: unknown) => judge('updateEvent', { path: { eventId }, body });
const valid = { valid: expect.anything() };

/** Where the errors are, each with its code, in a fixed order. */
function places(judged: ReturnType<typeof judge>): string[] {
  if (!('errors' in judged)) return [];
  return judged.errors.map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`).sort();
}

describe('a required body', () => {
  it.each(['createEvent', 'updateEvent'] as const)('is asked for by %s, once', (id) => {
    expect(judge(id, { path: id === 'updateEvent' ? { eventId } : {} })).toEqual({
      errors: [{ pointer: '', code: 'required', detail: 'a body is required' }],
    });
  });

  it('is asked for together with the errors of everything else', () => {
    expect(places(judge('updateEvent', { path: { eventId: 'x' }, query: 'a=1' }))).toEqual(
      expect.arrayContaining([' required', 'a unknown-parameter', 'eventId invalid-format']),
    );
  });

  it.each([null, 'text', 5, true, [], [event]])('must be an object, not %j', (body) => {
    expect(places(create(body))).toEqual([' invalid-type']);
    expect(places(update(body))).toEqual([' invalid-type']);
  });
});

describe('an optional body', () => {
  it('may be absent', () => {
    expect(judge('cancelEvent', { path: { eventId } })).toEqual({
      valid: { path: { eventId }, query: {}, headers: {}, body: undefined },
    });
  });

  it('is judged where it is there', () => {
    expect(places(judge('cancelEvent', { path: { eventId }, body: null }))).toEqual([' invalid-type']);
    expect(places(judge('cancelEvent', { path: { eventId }, body: { why: 'rain' } }))).toEqual(['/why unknown-field']);
    expect(judge('cancelEvent', { path: { eventId }, body: {} })).toMatchObject(valid);
  });
});

describe('errors', () => {
  it('all come back at once, with pointers into the body and the names of parameters', () => {
    const body = { name: '', startsAt: 'soon', tags: ['a', 'a'], capacity: 0, 'a/b~c': 1 };
    expect(places(judge('createEvent', { body, query: 'x=1', headers: { 'idempotency-key': 'a b' } }))).toEqual([
      '/a~1b~0c unknown-field',
      '/capacity too-small',
      '/endsAt required',
      '/name too-short',
      '/startsAt invalid-format',
      '/startsAt too-short',
      '/tags duplicate-item',
      '/timeZone required',
      'Idempotency-Key invalid-format',
      'x unknown-parameter',
    ]);
  });

  it('name members that can only be read', () => {
    expect(places(create({ ...event, status: 'published', eventId }))).toEqual([
      '/eventId unknown-field',
      '/status unknown-field',
    ]);
  });

  it('treat __proto__ and constructor as any unknown member', () => {
    const body = JSON.parse(`{"__proto__":{"name":"x"},"constructor":1,${JSON.stringify(event).slice(1)}`) as unknown;
    expect(places(create(body))).toEqual(['/__proto__ unknown-field', '/constructor unknown-field']);
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});

describe('a union', () => {
  it.each([
    ['a kind that is not there', { kind: 'moon' }, ['/location/kind invalid-value']],
    ['no kind', { name: 'x' }, ['/location/kind invalid-value']],
    ['a kind of another type', { kind: 5 }, ['/location/kind invalid-value']],
    ['a member of another branch', { ...venue, url: 'https://a.example' }, ['/location/url unknown-field']],
    [
      'missing members of its own branch',
      { kind: 'hybrid' },
      ['/location/address required', '/location/name required', '/location/url required'],
    ],
    ['a string', 'x', ['/location invalid-type']],
    ['an array', [venue], ['/location invalid-type']],
  ])('has only the errors of the chosen branch: %s', (_, location, expected) => {
    expect(places(create({ ...event, location }))).toEqual(expected);
    expect(places(update({ location }))).toEqual(expected);
  });

  it.each([
    venue,
    { kind: 'online', url: 'https://a.example' },
    { ...venue, kind: 'hybrid', url: 'https://a.example' },
  ])('takes each of its branches: $kind', (location) => {
    expect(create({ ...event, location })).toMatchObject(valid);
  });

  it('is null where that removes it, and nowhere else', () => {
    expect(update(removal)).toMatchObject(valid);
    expect(places(create({ ...event, location: null }))).toEqual(['/location invalid-type']);
    expect(places(update({ name: null, startsAt: null }))).toEqual(['/name invalid-type', '/startsAt invalid-type']);
  });
});

describe('distinct items', () => {
  it('are compared without sinking into deep values', () => {
    const deep = () => JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(places(create({ ...event, tags: [deep(), deep()] }))).toEqual([
      '/tags/0 invalid-type',
      '/tags/1 invalid-type',
    ]);
  });

  it('are counted first, so that many of them cost little', () => {
    const started = performance.now();
    const judged = places(create({ ...event, tags: Array.from({ length: 16_000 }, (_, index) => `t${index}`) }));
    expect(judged).toEqual(['/tags too-many']);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('values', () => {
  it.each([
    ['capacity', '5'],
    ['capacity', 1.5],
    ['capacity', true],
    ['name', 5],
    ['tags', 'music'],
    ['tags', { 0: 'music' }],
  ])('in a body are not coerced: %s %j', (name, value) => {
    expect(places(create({ ...event, [name]: value }))).toEqual([`/${name} invalid-type`]);
  });

  it('in a body are left as they were sent', () => {
    const body = { ...event, description: '' };
    expect(create(body)).toEqual({ valid: { path: {}, query: {}, headers: {}, body } });
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
  ])('that are no date-time are refused: %s', (startsAt) => {
    const tooShort = startsAt.length < '2026-01-01T10:00:00Z'.length;
    expect(places(create({ ...event, startsAt }))).toEqual([
      '/startsAt invalid-format',
      ...(tooShort ? ['/startsAt too-short'] : []),
    ]);
    expect(places(judge('listEvents', { query: `startsFrom=${encodeURIComponent(startsAt)}` }))).toContain(
      'startsFrom invalid-format',
    );
  });

  it.each(['2026-02-28T10:00:00.123456789Z', '2028-02-29T23:59:59+14:00', '2026-01-01T00:00:00-00:00'])(
    'that are a date-time are taken: %s',
    (startsAt) => {
      expect(create({ ...event, startsAt })).toMatchObject(valid);
    },
  );
});

describe('a query', () => {
  it('gets the defaults of the contract, and numbers made of digits', () => {
    expect(judge('listEvents')).toMatchObject({ valid: { query: { order: 'asc', limit: 25 } } });
    expect(judge('listEvents', { query: 'limit=7&order=desc&status=draft' })).toMatchObject({
      valid: { query: { order: 'desc', limit: 7, status: ['draft'] } },
    });
  });

  it('keeps raw reserved characters', () => {
    expect(judge('listEvents', { query: "startsFrom=2030-01-01T00:00:00Z&tag=a:b/c?d@e!$'()*,;" })).toMatchObject({
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
  ])('is refused: %s', (query, error) => {
    expect(places(judge('listEvents', { query }))).toContain(error);
  });

  it('is refused where the operation has no parameters at all', () => {
    expect(places(judge('getHealth', { query: 'a=1' }))).toEqual(['a unknown-parameter']);
  });
});

describe('headers', () => {
  it('come in the spelling of the contract, and only those that it declares', () => {
    const judged = judge('createEvent', {
      body: event,
      headers: { 'idempotency-key': 'k', 'x-other': '1', 'content-type': 'text/plain' },
    });
    expect(judged).toMatchObject({ valid: { headers: { 'Idempotency-Key': 'k' } } });
    expect('valid' in judged && Object.keys(judged.valid.headers)).toEqual(['Idempotency-Key']);
  });

  it.each([['a b'], [''], ['ü'], ['x'.repeat(256)]])('are refused where they do not fit: %j', (key) => {
    expect(places(judge('createEvent', { body: event, headers: { 'idempotency-key': key } }))[0]).toMatch(
      /^Idempotency-Key /,
    );
  });
});

describe('one validator', () => {
  it('compiles each operation once, whatever content types it is sent', () => {
    const build = jest.spyOn(
      RequestValidator.prototype as unknown as { buildMiddleware: () => unknown },
      'buildMiddleware',
    );
    const fresh = createValidator();
    const [toCreate, toGet] = (['createEvent', 'getEvent'] as const).map((id) =>
      fresh(operations.find((one) => one.operationId === id) as Operation),
    );
    for (let index = 0; index < 10_000; index += 1) {
      toCreate?.({ path: {}, query: '', headers: { 'content-type': `application/json; x=${index}` }, body: event });
      toGet?.({ path: { eventId }, query: '', headers: { 'content-type': `text/x-${index}` }, body: undefined });
    }
    expect(build).toHaveBeenCalledTimes(2);
    build.mockRestore();
  });

  it('gives one request nothing of another', () => {
    expect(places(create({ ...event, name: '' }))).toEqual(['/name too-short']);
    expect(create(event)).toMatchObject(valid);
    expect(places(create({ ...event, capacity: 0 }))).toEqual(['/capacity too-small']);
  });
});
