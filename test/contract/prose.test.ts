import { contract } from './contract.ts';
import { proseOf } from './prose.ts';

describe('The texts and links of the contract', () => {
  // After an intended change, review the difference and accept it: `npx jest test/contract/prose -u`.
  it('equal the accepted snapshot', () => {
    expect(`\n${proseOf(contract)}\n`).toMatchSnapshot();
  });
});
