import { readContract } from '../contract/read.ts';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Area, areas, mutantsOf, pick } from './mutate/mutants.ts';
import { mutationsOf } from './mutate/contract-mutations.ts';
import { kinds } from './mutate/contract-rules.ts';
import { applyPatch, projectKinds, readPatches, serverKinds } from './mutate/patches.ts';
import { skipAfterFailure } from './mutate/first-failure.ts';
import { openResults } from './mutate/results.ts';
import { unrelated } from './mutate/sandbox.ts';
import { snapshotsOf, snapshotTests } from './mutate/snapshots.ts';

const contract = readContract('openapi/openapi.yaml', 'openapi/openapi.yaml');
const all = mutationsOf(contract);

describe('mutants of the contract', () => {
  it('cover every kind, without duplicates', () => {
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });

  it('change a copy of the contract and leave the original as it is', () => {
    const before = JSON.stringify(contract);
    const changed = all.map(({ apply }) => {
      const copy = structuredClone(contract);
      apply(copy);
      return JSON.stringify(copy);
    });
    expect(changed).not.toContain(before);
    expect(JSON.stringify(contract)).toBe(before);
  });

  it('are selected by the seed, of every kind', () => {
    const titles = (seed: number) => pick(all, kinds, { count: 200, seed }).map(({ title }) => title);
    expect(titles(1)).toEqual(titles(1));
    expect(titles(1)).not.toEqual(titles(2));
    expect(new Set(pick(all, kinds, { count: 200, seed: 1 }).map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(new Set(titles(1)).size).toBe(200);
  });
});

describe('mutants of a contract in OpenAPI 3.1', () => {
  const document = {
    openapi: '3.1.1',
    paths: {},
    webhooks: {
      'name.changed': {
        post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Kind' } } } } },
      },
    },
    components: {
      schemas: {
        Kind: { type: 'string', const: 'hall' },
        Count: { type: ['integer', 'null'], minimum: 2 },
        Change: { anyOf: [{ $ref: '#/components/schemas/Kind' }, { type: 'null' }], description: 'Null removes it.' },
      },
    },
  };
  const changed = mutationsOf(document).map(({ title, apply }) => {
    const copy = structuredClone(document);
    apply(copy);
    return [title.replace('#/components/schemas/', ''), copy.components.schemas] as const;
  });
  const { Kind, Count, Change } = document.components.schemas;

  it.each<[string, object]>([
    ['Kind: hall → hall-x', { Kind: { type: 'string', enum: ['hall-x'] }, Count, Change }],
    ['Kind: one more', { Kind: { type: 'string', enum: ['hall', 'other'] }, Count, Change }],
    ['Kind: without const', { Kind: { type: 'string' }, Count, Change }],
    ['Kind: or null', { Kind: { ...Kind, type: ['string', 'null'] }, Count, Change }],
    ['Count: not null', { Kind, Count: { type: 'integer', minimum: 2 }, Change }],
    ['Count: integer → string', { Kind, Count: { type: ['string', 'null'], minimum: 2 }, Change }],
    ['Count: minimum 2 → 3', { Kind, Count: { ...Count, minimum: 3 }, Change }],
    ['Change: not null', { Kind, Count, Change: { $ref: '#/components/schemas/Kind' } }],
  ])('include %s', (title, schemas) => {
    expect(changed).toContainEqual([title, schemas]);
  });

  it('include those of webhooks', () => {
    expect(changed.map(([title]) => title)).toContain(
      '#/webhooks/name.changed/post/requestBody/content/application~1json/schema: Kind → Count',
    );
  });
});

describe('patches', () => {
  const patches = readPatches();

  it.each(patches)('include one that applies to the sources: $title ($file)', ({ file }) => {
    expect(() => applyPatch(file, '.', { check: true })).not.toThrow();
  });

  it('have unique titles', () => {
    expect(new Set(patches.map(({ title }) => title)).size).toBe(patches.length);
  });

  it('are of every kind', () => {
    expect(new Set(patches.map(({ kind }) => kind))).toEqual(new Set([...serverKinds, ...projectKinds]));
  });

  it('of the server change the product only', () => {
    const ofServer = patches.filter(({ kind }) => serverKinds.some((one) => one === kind));
    expect(ofServer.filter(({ patched }) => !/^src\/(?!.*\.test\.ts$)/.test(patched))).toEqual([]);
  });

  it('name no tests that the copy of the project leaves out', () => {
    const named = readPatches().flatMap(({ tests }) => tests);
    expect(named.filter((test) => unrelated.some((path) => test.startsWith(path)))).toEqual([]);
  });

  it('name test files that exist', () => {
    expect(
      patches.flatMap(({ tests }) => tests).filter((test) => !existsSync(test) || !test.endsWith('.test.ts')),
    ).toEqual([]);
  });
});

describe('mutants', () => {
  it.each(Object.keys(areas) as Area[])('of the area %s are of each of its kinds, with different titles', (area) => {
    const mutants = mutantsOf(area, { count: 1_000_000, seed: 1 });
    expect(new Set(mutants.map(({ kind }) => kind))).toEqual(new Set(areas[area]));
    const titles = mutants.map(({ kind, title }) => `${kind} ${title}`);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });
});

describe('the snapshots of the contract, without Jest', () => {
  const shown = async (kind: string) => {
    const snapshots = await snapshotsOf(contract);
    const copy = structuredClone(contract);
    all.find((one) => one.kind === kind)?.apply(copy);
    return snapshots(copy);
  };

  it('are those of files that exist', () => {
    expect(snapshotTests.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('show no change if there is none', async () => {
    expect((await snapshotsOf(contract))(structuredClone(contract))).toBeUndefined();
  });

  it.each([
    ['rename', 'The surface of the contract › equals the accepted snapshot'],
    ['prose', 'The texts and links of the contract › equal the accepted snapshot'],
    ['link', 'The texts and links of the contract › equal the accepted snapshot'],
  ])('show a change of the kind %s as the test with the title %s does', async (kind, title) => {
    expect(await shown(kind)).toEqual({ by: 'tests', because: title });
  });
});

describe('the results of mutants', () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const result = (title: string) => ({ area: 'server', kind: 'rule', title, seconds: 2 });
  const killed = { ...result('killed'), killed: { by: 'tests', because: 'a test' } } as const;

  it('are kept for later runs, even if one was killed while it wrote', () => {
    const file = join(folder, 'build/results.jsonl');
    const first = openResults(file, 'a');
    expect(first.find(killed)).toBeUndefined();
    first.add(killed);
    expect(first.find(killed)).toEqual(killed);
    appendFileSync(file, '{"state":"a","area":');
    openResults(file, 'a').add(result('survived'));

    const later = openResults(file, 'a');
    expect(later.find(killed)).toMatchObject(killed);
    expect(later.find(result('survived'))?.killed).toBeUndefined();
    expect(later.find(result('survived'))).toMatchObject(result('survived'));
  });

  it('are those of one state of the project, and of one area', () => {
    const file = join(folder, 'states.jsonl');
    openResults(file, 'a').add(killed);
    expect(openResults(file, 'b').find(killed)).toBeUndefined();
    expect(openResults(file, 'a').find({ ...killed, area: 'contract' })).toBeUndefined();
  });
});

it('skips the tests of a file after the first that fails', () => {
  const handle = skipAfterFailure();
  const run = (errors: readonly string[]) => {
    const test: { errors: readonly string[]; mode?: string | null } = { errors };
    handle({ name: 'test_start', test });
    if (test.mode !== 'skip') handle({ name: 'test_done', test });
    return test.mode;
  };
  handle({ name: 'run_start' });
  expect([run([]), run(['It fails.']), run([]), run(['It fails.'])]).toEqual([undefined, undefined, 'skip', 'skip']);
});
