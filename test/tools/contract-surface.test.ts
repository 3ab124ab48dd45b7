import { mutationsOf } from '../../scripts/quality/mutate/contract-mutations.ts';
import { kinds } from '../../scripts/quality/mutate/contract-rules.ts';
import { pick } from '../../scripts/quality/mutate/mutants.ts';
import type { JsonObject } from '../../src/openapi/document.ts';
import { contract } from '../contract/contract.ts';
import { proseOf } from '../contract/prose.ts';
import { surfaceOf } from '../contract/surface.ts';

describe('The snapshots of the contract’s surface, texts and links', () => {
  it('show every small change of the contract', () => {
    const before = { surface: surfaceOf(contract), prose: proseOf(contract) };
    const mutations = pick(mutationsOf(contract as unknown as JsonObject), kinds, { count: 500, seed: 1 });
    const hidden = mutations.filter(({ kind, apply }) => {
      const copy = structuredClone(contract);
      apply(copy as unknown as JsonObject);
      return kind === 'prose' || kind === 'link' ? proseOf(copy) === before.prose : surfaceOf(copy) === before.surface;
    });
    expect(hidden.map(({ title }) => title)).toEqual([]);
    expect(mutations).toHaveLength(500);
  });
});
