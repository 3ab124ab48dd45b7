/** What the build does to make the function start fast. Each step stands alone, and `make bench` measures what it gains. */
import type { Plugin } from 'esbuild';
import { builtinsByRequire } from './builtins.ts';
import { validatorsCompiledAhead } from './compile-ahead.ts';
import { credentialsFromEnvironment } from './credentials.ts';
import { withoutUnusedParts } from './leave-out.ts';
import { packagesAsModules } from './packages.ts';
import { queryWithoutUrlParse } from './query-of-url.ts';

/** All steps, in their order. */
export function steps(): Plugin[] {
  return [
    packagesAsModules(),
    // Before the next one, which takes every other import of `url`.
    queryWithoutUrlParse(),
    builtinsByRequire(),
    withoutUnusedParts(),
    credentialsFromEnvironment(),
    validatorsCompiledAhead(),
  ];
}
