import { type Watch, changedAt, lastChange, type Run, watchFolders } from './background.ts';

const contract = 'openapi/openapi.yaml';
const docs = 'build/docs/index.html';
const guides = 'docs/site';
const texts = ['CHANGELOG.md', 'client/README.md'];

/**
 * Builds the documentation if it is older than the contract, a guide, the changelog or the client's README; from then on after each change of a guide, and
 * after each change of the contract runs the generator (whose output makes the API start again), checks the types and builds it again.
 */
export function followContract(): Watch {
  async function generate(run: Run): Promise<boolean> {
    const args = ['--import', 'tsx', 'scripts/contract/generate.ts'];
    return run('The contract changed: what follows from it is generated', args, 'Nothing was generated.');
  }

  async function buildDocs(run: Run): Promise<void> {
    const sources = Math.max(changedAt(contract), ...texts.map(changedAt), lastChange([guides]));
    if (changedAt(docs) >= sources) return;
    await run(
      'The documentation is built',
      ['--import', 'tsx', 'scripts/docs/build.ts'],
      'The documentation stays as it was.',
    );
  }

  /** The bundler looks at no types, but they are what names a handler that is missing. */
  async function checkTypes(run: Run): Promise<void> {
    const args = ['node_modules/typescript/bin/tsc', '--noEmit'];
    await run('The code fits the contract', args, 'The code does not fit the contract yet.');
  }

  let seen = changedAt(contract);
  async function followChange(run: Run): Promise<void> {
    if (changedAt(contract) !== seen) {
      seen = changedAt(contract);
      if (!(await generate(run))) return;
      await checkTypes(run);
    }
    await buildDocs(run);
  }

  return watchFolders({ folders: ['openapi', guides], onStart: buildDocs, onChange: followChange });
}
