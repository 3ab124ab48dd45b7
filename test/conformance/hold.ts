import { createChecker, type Exchange } from './checker.ts';
import { storedContract } from './contract-file.ts';
import { note } from './seen.ts';

const check = createChecker(storedContract());

/**
 * Checks an exchange, and counts it for the coverage of the contract.
 *
 * @throws Breach where it is not what the contract says
 */
export function holdAgainstContract(exchange: Exchange): void {
  const seen = check(exchange);
  if (seen) note(seen);
}
