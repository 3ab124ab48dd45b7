import type { ErrorObject } from 'ajv';
import { toFieldError } from './field-errors.ts';

const names = new Map([['if-match', 'If-Match']]);

function fieldError(keyword: string, instancePath: string, params: Record<string, unknown> = {}, message = 'is wrong') {
  return toFieldError({ keyword, instancePath, params, message, schemaPath: '' } satisfies ErrorObject, names);
}

describe('toFieldError', () => {
  it('points into the body with a JSON Pointer', () => {
    expect(fieldError('maxLength', '/body/location/name')).toEqual({
      pointer: '/location/name',
      code: 'too-long',
      detail: 'is wrong',
    });
  });

  it('points at the body as a whole with an empty pointer', () => {
    expect(fieldError('type', '/body', { type: 'object' })).toEqual({
      pointer: '',
      code: 'invalid-type',
      detail: 'must be object',
    });
  });

  it.each([
    ['required', { missingProperty: 'name' }, { pointer: '/location/name', code: 'required', detail: 'is required' }],
    [
      'additionalProperties',
      { additionalProperty: 'x' },
      { pointer: '/location/x', code: 'unknown-field', detail: 'is not known here' },
    ],
    [
      'discriminator',
      { tag: 'kind', tagValue: 'moon' },
      { pointer: '/location/kind', code: 'invalid-value', detail: 'must be one of the kinds that the contract names' },
    ],
  ])('points at the member itself for the keyword %s', (keyword, params, expected) => {
    expect(fieldError(keyword, '/body/location', params)).toEqual(expected);
  });

  it('escapes names in pointers (RFC 6901)', () => {
    expect(fieldError('additionalProperties', '/body', { additionalProperty: 'a/b~c' }).pointer).toBe('/a~1b~0c');
    expect(fieldError('additionalProperties', '/body', { additionalProperty: '' }).pointer).toBe('/');
  });

  it.each([
    ['/query/tag', 'tag'],
    ['/params/eventId', 'eventId'],
    ['/headers/if-match', 'If-Match'],
    ['/query/status/1', 'status'],
  ])('names the parameter at %s in the spelling of the contract', (path, parameter) => {
    expect(fieldError('pattern', path)).toEqual({ parameter, code: 'invalid-format', detail: 'is wrong' });
  });

  it('names a missing parameter in the spelling of the contract', () => {
    expect(fieldError('required', '/headers', { missingProperty: 'if-match' })).toEqual({
      parameter: 'If-Match',
      code: 'required',
      detail: 'is required',
    });
  });

  it('lists the allowed values of an enum', () => {
    expect(fieldError('enum', '/query/order', { allowedValues: ['asc', 'desc'] }).detail).toBe(
      'must be one of asc, desc',
    );
    expect(fieldError('enum', '/body/size', { allowedValues: ['s', null] }).detail).toBe('must be one of s, null');
  });

  it('reports the value of a const like an enum with one value', () => {
    expect(fieldError('const', '/body/kind', { allowedValue: 'venue' })).toEqual({
      pointer: '/kind',
      code: 'invalid-value',
      detail: 'must be one of venue',
    });
  });

  it.each([
    ['string', 'must be string'],
    [['string', 'null'], 'must be string'],
    [['string', 'integer', 'null'], 'must be string or integer'],
    ['null', 'must be null'],
  ])('names the allowed types, and null only if it is the only one: %j', (type, detail) => {
    expect(fieldError('type', '/body/name', { type }).detail).toBe(detail);
  });

  it('truncates a pointer that is too long after a complete step', () => {
    const { pointer } = fieldError('type', `/body${'/abcdefghij'.repeat(200)}`);
    expect(pointer).toBe('/abcdefghij'.repeat(93));
    expect(fieldError('type', `/body/${'x'.repeat(2000)}`).pointer).toBe('');
  });

  it('reports an unknown keyword as invalid-format', () => {
    expect(fieldError('multipleOf', '/body/capacity')).toEqual({
      pointer: '/capacity',
      code: 'invalid-format',
      detail: 'is wrong',
    });
  });

  it.each([
    ['additionalProperties', 'unknown-field'],
    ['const', 'invalid-value'],
    ['discriminator', 'invalid-value'],
    ['enum', 'invalid-value'],
    ['format', 'invalid-format'],
    ['maxItems', 'too-many'],
    ['maxLength', 'too-long'],
    ['maximum', 'too-large'],
    ['minLength', 'too-short'],
    ['minimum', 'too-small'],
    ['pattern', 'invalid-format'],
    ['required', 'required'],
    ['type', 'invalid-type'],
    ['uniqueItems', 'duplicate-item'],
  ])('translates the keyword %s into the code %s', (keyword, code) => {
    const params = { allowedValues: [], allowedValue: '', type: 'string' };
    expect(fieldError(keyword, '/body/tags', params).code).toBe(code);
  });

  it('keeps a pointer of the maximum length that the contract allows', () => {
    const pointer = `/${'x'.repeat(1023)}`;
    expect(fieldError('maxLength', `/body${pointer}`).pointer).toBe(pointer);
  });
});
