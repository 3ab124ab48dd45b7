/** Every exchange of every test comes here: it is held against the contract, and counted. */
import { noteBreach } from './breaches.ts';
import { createChecker } from './checker.ts';
import { storedContract } from './contract-file.ts';
import type { Exchange } from './exchange.ts';
import { note } from './seen.ts';

const check = createChecker(storedContract());

/** Checks an exchange, and counts what it shows. A breach fails the test that is running; see `breaches.ts`. */
export function holdAgainstContract(exchange: Exchange, basePath = ''): void {
  try {
    note(exchange.transport, check({ ...exchange, path: insidePath(exchange.path, basePath) }));
  } catch (breach) {
    noteBreach(breach);
  }
}

/** A target as the contract sees it: without the authority that it may have (RFC 9112, section 3.2.2), and without the base path. */
function insidePath(target: string, basePath: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : `/outside${path}`;
}
