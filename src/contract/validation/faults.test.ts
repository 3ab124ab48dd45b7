import type { ErrorObject } from 'ajv';
import { toFault } from './faults.ts';

const names = new Map([['if-match', 'If-Match']]);

function fault(keyword: string, instancePath: string, params: Record<string, unknown> = {}, message = 'is wrong') {
  return toFault({ keyword, instancePath, params, message, schemaPath: '' } satisfies ErrorObject, names);
}

describe('toFault', () => {
  it('points into the body with a JSON Pointer', () => {
    expect(fault('maxLength', '/body/location/name')).toEqual({
      pointer: '/location/name',
      code: 'too-long',
      detail: 'is wrong',
    });
  });

  it('points at the body as a whole with an empty pointer', () => {
    expect(fault('type', '/body', { type: 'object' })).toEqual({
      pointer: '',
      code: 'wrong-type',
      detail: 'must be object',
    });
  });

  it.each([
    ['required', { missingProperty: 'name' }, { pointer: '/location/name', code: 'required', detail: 'is required' }],
    [
      'additionalProperties',
      { additionalProperty: 'x' },
      { pointer: '/location/x', code: 'unknown', detail: 'is not known here' },
    ],
    [
      'discriminator',
      { tag: 'kind', tagValue: 'moon' },
      { pointer: '/location/kind', code: 'not-allowed', detail: 'must be one of the kinds that the contract names' },
    ],
  ])('points at the member itself: %s', (keyword, params, expected) => {
    expect(fault(keyword, '/body/location', params)).toEqual(expected);
  });

  it('escapes names in pointers (RFC 6901)', () => {
    expect(fault('additionalProperties', '/body', { additionalProperty: 'a/b~c' }).pointer).toBe('/a~1b~0c');
    expect(fault('additionalProperties', '/body', { additionalProperty: '' }).pointer).toBe('/');
  });

  it.each([
    ['/query/tag', 'tag'],
    ['/params/eventId', 'eventId'],
    ['/headers/if-match', 'If-Match'],
    ['/query/status/1', 'status'],
  ])('names the parameter at %s as the contract spells it', (path, parameter) => {
    expect(fault('pattern', path)).toEqual({ parameter, code: 'bad-format', detail: 'is wrong' });
  });

  it('names a missing parameter', () => {
    expect(fault('required', '/headers', { missingProperty: 'if-match' })).toEqual({
      parameter: 'If-Match',
      code: 'required',
      detail: 'is required',
    });
  });

  it('lists the values that are allowed', () => {
    expect(fault('enum', '/query/order', { allowedValues: ['asc', 'desc'] }).detail).toBe('must be one of asc, desc');
    expect(fault('enum', '/body/size', { allowedValues: ['s', null] }).detail).toBe('must be one of s, null');
  });

  it('calls the only value that is allowed a list of one', () => {
    expect(fault('const', '/body/kind', { allowedValue: 'venue' })).toEqual({
      pointer: '/kind',
      code: 'not-allowed',
      detail: 'must be one of venue',
    });
  });

  it.each([
    ['string', 'must be string'],
    [['string', 'null'], 'must be string'],
    [['string', 'integer', 'null'], 'must be string or integer'],
    ['null', 'must be null'],
  ])('names the types that are allowed, without a null beside them: %j', (type, detail) => {
    expect(fault('type', '/body/name', { type }).detail).toBe(detail);
  });

  it('cuts a pointer that is too long after a whole step', () => {
    const { pointer } = fault('type', `/body${'/abcdefghij'.repeat(200)}`);
    expect(pointer).toBe('/abcdefghij'.repeat(93));
    expect(fault('type', `/body/${'x'.repeat(2000)}`).pointer).toBe('');
  });

  it('calls a keyword that it does not know a bad format', () => {
    expect(fault('multipleOf', '/body/capacity')).toEqual({
      pointer: '/capacity',
      code: 'bad-format',
      detail: 'is wrong',
    });
  });
});
