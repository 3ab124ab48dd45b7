/**
 * Builds the documentation: the page, the contract to download, and the same in Markdown for machines that read.
 *
 *     tsx scripts/docs/build.ts            into build/docs
 *     tsx scripts/docs/build.ts <folder>   elsewhere
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contractFile, readDocumentedContract } from './contract.ts';
import { readGuides, sdkName } from './guides.ts';
import { renderIndex, renderOperationFile, renderWhole } from './llms.ts';
import { buildPage } from './page.ts';

const folder = process.argv[2] ?? 'build/docs';

/** Everything is written beside, then put in place at once. */
async function main(): Promise<void> {
  const contract = readDocumentedContract();
  const guides = readGuides(contract);
  const sdk = sdkName();
  const files: Record<string, string> = {
    'openapi.yaml': readFileSync(contractFile, 'utf8'),
    'openapi.json': `${JSON.stringify(contract.tree, null, 2)}\n`,
    'llms.txt': renderIndex(contract, guides),
    'docs.md': renderWhole(contract, guides, sdk),
    ...Object.fromEntries(
      contract.operations.map((one) => [`${one.operationId}.md`, renderOperationFile(one, contract, sdk)]),
    ),
    ...Object.fromEntries(guides.map(({ name, text }) => [`${name}.md`, `${text}\n`])),
    'index.html': await buildPage(contract, guides, sdk),
  };
  const next = `${folder}.next`;
  rmSync(next, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(next, name)), { recursive: true });
    writeFileSync(join(next, name), text);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
