import type { Parameter } from '../../openapi/document.ts';
import { parseQuery } from './query.ts';

const parameter = (name: string, type: string, place: Parameter['in'] = 'query'): Parameter => ({
  name,
  in: place,
  schema: { type },
});
const parameters = [
  parameter('tag', 'string'),
  parameter('limit', 'integer'),
  parameter('status', 'array'),
  parameter('eventId', 'string', 'path'),
];
const parse = (query: string) => parseQuery(query, parameters);

describe('parseQuery', () => {
  it.each([
    ['', {}],
    ['&&', {}],
    ['tag=a:b', { tag: 'a:b' }],
    ['tag=a=b', { tag: 'a=b' }],
    ['tag=', { tag: '' }],
    ['tag', { tag: '' }],
    ['tag=a+b%20c', { tag: 'a b c' }],
    ['tag=%2B%26%3D', { tag: '+&=' }],
    ['tag=c%2B%2B', { tag: 'c++' }],
    ['tag=+a', { tag: ' a' }],
    ["tag=a:b/c?d@e!$'()*,;", { tag: "a:b/c?d@e!$'()*,;" }],
    ['%74ag=x', { tag: 'x' }],
    ['tag=%C3%BC', { tag: 'ü' }],
    ['limit=007', { limit: '007' }],
    ['status=draft', { status: ['draft'] }],
    ['status=draft&tag=x&status=published', { status: ['draft', 'published'], tag: 'x' }],
    ['status=draft,published', { status: ['draft,published'] }],
  ])('parses "%s"', (query, values) => {
    expect(parse(query)).toMatchObject({ values, errors: [] });
  });

  it.each([
    ['color=red', 'color', 'unknown-parameter', 'is not known here'],
    ['Tag=x', 'Tag', 'unknown-parameter', 'is not known here'],
    ['tag%5B%5D=x', 'tag[]', 'unknown-parameter', 'is not known here'],
    ['eventId=1', 'eventId', 'unknown-parameter', 'is not known here'],
    ['=x', '(empty)', 'unknown-parameter', 'is not known here'],
    ['%=x', '%', 'unknown-parameter', 'is not known here'],
    ['__proto__=x', '__proto__', 'unknown-parameter', 'is not known here'],
    ['constructor=x', 'constructor', 'unknown-parameter', 'is not known here'],
    ['tag=%', 'tag', 'invalid-encoding', 'is not valid percent-encoded UTF-8'],
    ['tag=%FF', 'tag', 'invalid-encoding', 'is not valid percent-encoded UTF-8'],
    ['tag=\ud800', 'tag', 'invalid-encoding', 'is not valid percent-encoded UTF-8'],
    ['tag=c++', 'tag', 'invalid-encoding', 'must not end with a raw "+", which is a space: write %2B'],
    ['tag=lgbtq+', 'tag', 'invalid-encoding', 'must not end with a raw "+", which is a space: write %2B'],
    ['tag=a&tag=a', 'tag', 'duplicate-parameter', 'must be given only once'],
    ['limit=1&limit=2', 'limit', 'duplicate-parameter', 'must be given only once'],
    ['limit=0x10', 'limit', 'invalid-type', 'must be an integer'],
    ['limit=1e1', 'limit', 'invalid-type', 'must be an integer'],
    ['limit=+5', 'limit', 'invalid-type', 'must be an integer'],
    ['limit=5.0', 'limit', 'invalid-type', 'must be an integer'],
    ['limit=', 'limit', 'invalid-type', 'must be an integer'],
    ['limit=%D9%A5', 'limit', 'invalid-type', 'must be an integer'],
  ])('rejects "%s"', (query, name, code, detail) => {
    expect(parse(query)).toMatchObject({ values: {}, errors: [{ parameter: name, code, detail }] });
  });

  it('reports all errors at once, and returns the valid parameters', () => {
    const { values, errors } = parse('a=1&tag=ok&limit=x&b=2&status=%');
    expect(values).toEqual({ tag: 'ok' });
    expect(errors.map(({ parameter: name, code }) => [name, code])).toEqual([
      ['a', 'unknown-parameter'],
      ['b', 'unknown-parameter'],
      ['status', 'invalid-encoding'],
      ['limit', 'invalid-type'],
    ]);
  });

  it('names the parameters in which a raw + was read as a space', () => {
    expect([...parse('tag=a+b&status=c%2Bd&eventId=+').withRawPlus]).toEqual(['tag']);
  });

  it('truncates names to the length that the contract allows, after a complete character', () => {
    const [error] = parse(`${encodeURIComponent('😀'.repeat(300))}=1`).errors;
    expect(error?.parameter).toBe('😀'.repeat(256));
  });
});
