const cases = Array.from({ length: 40 }, (_, index) => index);

type Samples = typeof import('../support/sample.ts');

/** What a test file with these settings gets. */
function withSettings<Result>(settings: Readonly<Record<string, string>>, use: (samples: Samples) => Result): Result {
  const before = process.env;
  process.env = { ...before, CASES: '', ...settings };
  const results: Result[] = [];
  jest.isolateModules(() => results.push(use(jest.requireActual<Samples>('../support/sample.ts'))));
  process.env = before;
  return results[0] as Result;
}

/** The samples of some tables that a test file with these settings draws, one after the other. */
const samplesWith = (settings: Readonly<Record<string, string>>, tables: readonly (readonly number[])[]) =>
  withSettings(settings, ({ sampled }) => tables.map((table) => sampled(table)));
const seeds = Array.from({ length: 1_000 }, (_, seed) => String(seed));

describe('the sample of a table', () => {
  it('has each case for some seed, and the same cases for the same seed', () => {
    const drawn = seeds.map((CASES_SEED) => samplesWith({ CASES_SEED }, [cases]));
    expect([...new Set(drawn.flat(2))].sort((a, b) => a - b)).toEqual(cases);
    expect(seeds.map((CASES_SEED) => samplesWith({ CASES_SEED }, [cases]))).toEqual(drawn);
  });

  it('has a twentieth of the cases, and at least one', () => {
    for (const CASES_SEED of seeds) {
      const [large = [], small, empty] = samplesWith({ CASES_SEED }, [cases, [7], []]);
      expect(large).toHaveLength(2);
      expect([small, empty]).toEqual([[7], []]);
    }
  });

  it('is drawn for each table of a file again, so that pairs of cases meet', () => {
    const some = cases.slice(0, 10);
    const pairs = seeds.map((CASES_SEED) =>
      samplesWith({ CASES_SEED }, [some, some])
        .map(([first]) => first)
        .join(),
    );
    expect(new Set(pairs).size).toBe(100);
  });

  it('has all cases if all are wanted', () => {
    expect(samplesWith({ CASES: 'all' }, [cases])).toEqual([cases]);
  });
});

test('a load is small unless all cases are wanted', () => {
  const sizes = ['', 'all'].map((CASES) => withSettings({ CASES }, ({ scaled }) => scaled({ all: 130, sample: 20 })));
  expect(sizes).toEqual([20, 130]);
});

test('a test whose size is what it is about is skipped, except in complete runs', () => {
  const chosen = ['', 'all'].map((CASES) => withSettings({ CASES }, ({ inFull }) => inFull));
  expect(chosen).toEqual([it.skip, it]);
});
