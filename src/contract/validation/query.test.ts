import type { Parameter } from '../operations.ts';
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
    ['%74ag=x', { tag: 'x' }],
    ['tag=%C3%BC', { tag: 'ü' }],
    ['limit=007', { limit: '007' }],
    ['status=draft', { status: ['draft'] }],
    ['status=draft&tag=x&status=published', { status: ['draft', 'published'], tag: 'x' }],
    ['status=draft,published', { status: ['draft,published'] }],
  ])('reads "%s"', (query, values) => {
    expect(parse(query)).toEqual({ values, faults: [] });
  });

  it.each([
    ['color=red', 'color', 'unknown', 'is not known here'],
    ['Tag=x', 'Tag', 'unknown', 'is not known here'],
    ['tag%5B%5D=x', 'tag[]', 'unknown', 'is not known here'],
    ['eventId=1', 'eventId', 'unknown', 'is not known here'],
    ['=x', '(empty)', 'unknown', 'is not known here'],
    ['%=x', '%', 'unknown', 'is not known here'],
    ['__proto__=x', '__proto__', 'unknown', 'is not known here'],
    ['constructor=x', 'constructor', 'unknown', 'is not known here'],
    ['tag=%', 'tag', 'malformed', 'is not percent-encoded UTF-8'],
    ['tag=%FF', 'tag', 'malformed', 'is not percent-encoded UTF-8'],
    ['tag=\ud800', 'tag', 'malformed', 'is not percent-encoded UTF-8'],
    ['tag=a&tag=a', 'tag', 'repeated', 'must be given once'],
    ['limit=1&limit=2', 'limit', 'repeated', 'must be given once'],
    ['limit=0x10', 'limit', 'wrong-type', 'must be an integer'],
    ['limit=1e1', 'limit', 'wrong-type', 'must be an integer'],
    ['limit=+5', 'limit', 'wrong-type', 'must be an integer'],
    ['limit=5.0', 'limit', 'wrong-type', 'must be an integer'],
    ['limit=', 'limit', 'wrong-type', 'must be an integer'],
    ['limit=%D9%A5', 'limit', 'wrong-type', 'must be an integer'],
  ])('refuses "%s"', (query, name, code, detail) => {
    expect(parse(query)).toEqual({ values: {}, faults: [{ parameter: name, code, detail }] });
  });

  it('names every fault at once, and keeps what is right', () => {
    const { values, faults } = parse('a=1&tag=ok&limit=x&b=2&status=%');
    expect(values).toEqual({ tag: 'ok' });
    expect(faults.map(({ parameter: name, code }) => [name, code])).toEqual([
      ['a', 'unknown'],
      ['b', 'unknown'],
      ['status', 'malformed'],
      ['limit', 'wrong-type'],
    ]);
  });

  it('shortens names to what the contract allows, by whole characters', () => {
    const [fault] = parse(`${encodeURIComponent('😀'.repeat(300))}=1`).faults;
    expect(fault?.parameter).toBe('😀'.repeat(256));
  });
});
