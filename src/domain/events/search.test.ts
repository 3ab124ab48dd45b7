import fc from 'fast-check';
import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import { isFound, maxSearchTextBytes, searchCondition, searchTextOf, wordsOf } from './search.ts';

const event = draftRecord({
  name: 'Früh am Fluß',
  organizerName: 'ＪＡＺＺ Club',
  location: harbourStage,
  tags: ['Café', 'open air'],
});

test('a query is split into words, folded, each once', () => {
  expect(wordsOf(' Jazz  CAFÉ jazz ')).toEqual(['cafe', 'jazz']);
  expect(wordsOf('Früh')).toEqual(wordsOf('FRUH'));
});

describe('an event', () => {
  it.each(['fruh', 'FLUSS', 'fluß', 'jazz club', 'club jazz', 'harb', 'uferstrasse', '10115', 'cafe', 'ope air fr'])(
    'is found by %j',
    (query) => {
      expect(isFound(event, { words: wordsOf(query) })).toBe(true);
    },
  );

  it.each(['jazz night', 'frühling', 'amfluß', 'clubharbour', 'cafeopen', 'owner', '2030', 'Europe'])(
    'is not found by %j',
    (query) => {
      expect(isFound(event, { words: wordsOf(query) })).toBe(false);
    },
  );

  it('is found by a whole tag only', () => {
    for (const tag of ['cafe', 'open air']) expect(isFound(event, { tag })).toBe(true);
    for (const tag of ['caf', 'open', 'fruh am fluss', 'jazz club']) expect(isFound(event, { tag })).toBe(false);
    expect(isFound(event, { tag: 'cafe', words: ['fruh'] })).toBe(true);
    expect(isFound(event, { tag: 'cafe', words: ['spat'] })).toBe(false);
  });

  it('is not found by the URL of its meeting', () => {
    const online = draftRecord({ location: { kind: 'online', url: 'https://meet.example.com/secret' } });
    const hybrid = draftRecord({
      location: { ...harbourStage, kind: 'hybrid', url: 'https://meet.example.com/secret' },
    });
    for (const one of [online, hybrid]) expect(isFound(one, { words: ['secret'] })).toBe(false);
    expect(isFound(hybrid, { words: ['harbour'] })).toBe(true);
  });

  it('without optional members is found by its name', () => {
    expect(isFound(draftRecord(), { words: ['riverside'] })).toBe(true);
    expect(isFound(draftRecord(), { words: [], tag: '' })).toBe(false);
  });
});

describe('the stored text', () => {
  it('has one text on each line, and tags between tabs', () => {
    expect(searchTextOf(event)).toBe(
      'fruh am fluss\njazz club\nharbour stage\nuferstrasse 12, 10115 berlin\n\tcafe\topen air\t',
    );
  });

  it('is absent if it would be too long, in bytes', () => {
    const sizeOf = (name: string) => Buffer.byteLength(searchTextOf(draftRecord({ name })) ?? '');
    const frame = sizeOf('abc') - 3;
    const longest = 'ø'.repeat((maxSearchTextBytes - frame) / 2);
    expect(sizeOf(longest)).toBe(maxSearchTextBytes);
    expect(searchTextOf(draftRecord({ name: `${longest}a` }))).toBeNull();
    expect(isFound(draftRecord({ name: `${longest}a` }), { words: ['øa'] })).toBe(true);
  });
});

describe('the condition for the database', () => {
  it('is absent if everything is found', () => {
    expect(searchCondition({})).toBeUndefined();
    expect(searchCondition({ words: [] })).toBeUndefined();
  });

  it('admits events without the stored text', () => {
    expect(searchCondition({ tag: 'cafe', words: ['jazz'] })).toEqual({
      expression: '(attribute_not_exists(#search) OR (contains(#search, :part0) AND contains(#search, :part1)))',
      names: { '#search': 'searchText' },
      values: { ':part0': '\tcafe\t', ':part1': 'jazz' },
    });
  });

  it('is met by every event that is found, and compares at most 8 words', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ü', ' '), minLength: 1, maxLength: 4 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(words, words, (texts, query) => {
        const one = draftRecord({ name: `abc ${texts.join(' ')}` });
        const search = { words: wordsOf(`x ${query.join(' ')}`).filter((word) => word !== 'x') };
        const parts = Object.values(searchCondition(search)?.values ?? {}) as string[];
        expect(parts.length).toBeLessThanOrEqual(8);
        if (isFound(one, search)) for (const part of parts) expect(searchTextOf(one)).toContain(part);
      }),
    );
  });
});
