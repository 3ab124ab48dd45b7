import { mutationsOf } from '../../scripts/quality/mutate/contract-mutations.ts';
import { kinds } from '../../scripts/quality/mutate/contract-rules.ts';
import { pick } from '../../scripts/quality/mutate/mutants.ts';
import type { JsonObject } from '../../src/openapi/document.ts';
import { type Contract, contract } from '../contract/contract.ts';
import { proseOf } from '../contract/prose.ts';
import { surfaceOf } from '../contract/surface.ts';

describe('The snapshots of the contract’s surface, texts and links', () => {
  it('show every small change of the contract', () => {
    const shown = (one: Contract) => `${surfaceOf(one)}\n${proseOf(one)}`;
    const before = shown(contract);
    const mutations = pick(mutationsOf(contract as unknown as JsonObject), kinds, { count: 500, seed: 1 });
    const hidden = mutations.filter(({ apply }) => {
      const copy = structuredClone(contract);
      apply(copy as unknown as JsonObject);
      return shown(copy) === before;
    });
    expect(hidden.map(({ title }) => title)).toEqual([]);
    expect(mutations).toHaveLength(500);
  });
});
