import { type Background, changedAt, lastChange, type Run, startBackground } from '../stack/background.ts';
import { exampleFolder, exampleSources } from './serve.ts';

/** Builds the example frontend if it is older than its sources or those of the client, and again after each change to them. */
export function followExample(): Background {
  async function build(run: Run): Promise<void> {
    if (changedAt(exampleFolder) >= lastChange(exampleSources)) return;
    await run(
      'The example is built',
      ['--import', 'tsx', 'scripts/example/build.ts'],
      'The previous build of the example is still served.',
    );
  }
  return startBackground({ folders: exampleSources, begin: build, follow: build });
}
