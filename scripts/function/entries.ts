/** The entries of Lambda functions: each `src/entries/lambda-<name>.ts` is one function with a package of its own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface FunctionEntry {
  /** Such as `api`: names the bundle `build/api/index.mjs` and the package `build/api.zip`. */
  readonly name: string;
  /** The path of the entry, relative to the root of the project. */
  readonly file: string;
}

const folder = 'src/entries';

/** All entries below the root of a project, sorted by name. */
export function functionEntries(root: string): FunctionEntry[] {
  return readdirSync(join(root, folder))
    .sort()
    .flatMap((file) => {
      const [, name] = /^lambda-([a-z\d-]+)\.ts$/.exec(file) ?? [];
      return name === undefined ? [] : [{ name, file: `${folder}/${file}` }];
    });
}
