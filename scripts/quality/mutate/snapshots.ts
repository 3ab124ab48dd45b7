/**
 * The snapshots of the contract, without Jest: what test/contract/surface.test.ts and prose.test.ts compare is computed here for a changed
 * contract. It takes milliseconds, and neither generated files nor a server.
 */
import type { JsonObject } from '../../../src/openapi/document.ts';
import storeContract from '../../../test/conformance/contract-source.ts';
import type { Contract } from '../../../test/contract/contract.ts';
import type { Result } from './sandbox.ts';

/** The tests that notice every change of the contract without running the server. */
export const snapshotTests = ['test/contract/surface.test.ts', 'test/contract/prose.test.ts'];

/** What fails for a changed contract, if the snapshots are those of the contract; undefined if it looks the same. */
export type Snapshots = (changed: JsonObject) => Result | undefined;

/** The snapshots of a contract. */
export async function snapshotsOf(contract: JsonObject): Promise<Snapshots> {
  // The modules of the tests read the contract that a run of the tests stores.
  storeContract();
  const { surfaceOf } = await import('../../../test/contract/surface.ts');
  const { proseOf } = await import('../../../test/contract/prose.ts');
  const tests = [
    { title: 'The surface of the contract › equals the accepted snapshot', show: surfaceOf },
    { title: 'The texts and links of the contract › equal the accepted snapshot', show: proseOf },
  ].map(({ title, show }) => ({ title, show: (one: JsonObject) => show(one as unknown as Contract) }));
  const accepted = tests.map(({ show }) => show(contract));
  return (changed) => {
    const failed = tests.find(({ show }, index) => show(changed) !== accepted[index]);
    return failed && { by: 'tests', because: failed.title };
  };
}
