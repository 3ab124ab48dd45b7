/** The steps of the build that make the function start faster. Each is independent, and `make bench` measures what it gains. */
import type { Plugin } from 'esbuild';
import { builtinsByRequire } from './builtins.ts';
import { validatorsCompiledAhead } from './compile-ahead.ts';
import { contractAsText } from './contract-as-text.ts';
import { credentialsFromEnvironment } from './credentials.ts';
import { withoutUnusedParts } from './leave-out.ts';
import { packagesAsModules } from './packages.ts';
import { queryWithoutUrlParse } from './query-of-url.ts';

/** All steps, in their order. */
export function steps(): Plugin[] {
  return [
    packagesAsModules(),
    // Before the next step, which replaces every other import of `url`.
    queryWithoutUrlParse(),
    builtinsByRequire(),
    withoutUnusedParts(),
    credentialsFromEnvironment(),
    validatorsCompiledAhead(),
    contractAsText(),
  ];
}
