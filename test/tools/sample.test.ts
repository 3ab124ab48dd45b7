const cases = Array.from({ length: 20 }, (_, index) => index);

/** The samples of some tables that a test file with these settings draws, one after the other. */
function samplesWith(settings: Readonly<Record<string, string>>, tables: readonly (readonly number[])[]) {
  const before = process.env;
  process.env = { ...before, CASES: '', ...settings };
  let samples: (readonly number[])[] = [];
  jest.isolateModules(() => {
    const { sampled } = jest.requireActual<typeof import('../support/sample.ts')>('../support/sample.ts');
    samples = tables.map((table) => sampled(table));
  });
  process.env = before;
  return samples;
}
const seeds = Array.from({ length: 100 }, (_, seed) => String(seed));

describe('the sample of a table', () => {
  it('has each case for some seed, and the same cases for the same seed', () => {
    const drawn = seeds.map((CASES_SEED) => samplesWith({ CASES_SEED }, [cases]));
    expect([...new Set(drawn.flat(2))].sort((a, b) => a - b)).toEqual(cases);
    expect(seeds.map((CASES_SEED) => samplesWith({ CASES_SEED }, [cases]))).toEqual(drawn);
  });

  it('has a sixth of the cases, and at least one', () => {
    for (const CASES_SEED of seeds) {
      const [large = [], small, empty] = samplesWith({ CASES_SEED }, [cases, [7], []]);
      expect([3, 4]).toContain(large.length);
      expect([small, empty]).toEqual([[7], []]);
    }
  });

  it('is drawn for each table of a file again, so that pairs of cases meet', () => {
    const pairs = seeds.map((CASES_SEED) =>
      samplesWith({ CASES_SEED }, [cases, cases])
        .map(([first]) => first)
        .join(),
    );
    expect(new Set(pairs).size).toBe(36);
  });

  it('has all cases if all are wanted', () => {
    expect(samplesWith({ CASES: 'all' }, [cases])).toEqual([cases]);
  });
});
