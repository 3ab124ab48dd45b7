import { type Watch, changedAt, lastChange, type Run, watchFolders } from '../stack/background.ts';
import { exampleFolder, exampleSources } from './serve.ts';

/** Builds the example frontend if it is older than its sources or those of the client, and again after each change to them. */
export function followExample(): Watch {
  async function build(run: Run): Promise<void> {
    if (changedAt(exampleFolder) >= lastChange(exampleSources)) return;
    await run(
      'The example is built',
      ['--import', 'tsx', 'scripts/example/build.ts'],
      'The previous build of the example is still served.',
    );
  }
  return watchFolders({ folders: exampleSources, onStart: build, onChange: build });
}
