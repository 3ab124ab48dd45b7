/** A copy of terraform/, so that your variables, state, backend and lock file have no effect. */
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Files of a deployment, which are not part of the project. A lock file would also forbid other builds of the provider. */
const own = /^(\.terraform|\.terraform\.lock\.hcl|.*\.tfvars|.*\.tfstate.*|backend\.tf)$/;

/** Copies the files that Terraform reads to the same places below a folder. Providers that were downloaded before are kept. */
export function copyProject(copy: string): void {
  for (const folder of ['terraform', 'terraform/modules/contract']) {
    mkdirSync(join(copy, folder), { recursive: true });
    for (const name of readdirSync(join(copy, folder)))
      if (!own.test(name) && name !== 'modules') rmSync(join(copy, folder, name), { recursive: true });
  }
  cpSync('terraform', join(copy, 'terraform'), { recursive: true, filter: (from) => !own.test(basename(from)) });
  for (const file of ['openapi/openapi.yaml', 'src/storage/tables.json']) cpSync(file, join(copy, file));
}
