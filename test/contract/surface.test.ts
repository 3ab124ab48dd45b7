import { contract } from './contract.ts';
import { surfaceOf } from './surface.ts';

describe('The surface of the contract', () => {
  // After an intended change, review the difference and accept it: `npx jest test/contract/surface -u`.
  it('equals the accepted snapshot', () => {
    expect(`\n${surfaceOf(contract)}\n`).toMatchSnapshot();
  });
});
