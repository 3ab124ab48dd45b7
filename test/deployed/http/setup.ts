import globalSetup from '../../support/global-setup.ts';
import { startSharedDeployments } from '../../support/deployed.ts';

declare global {
  var sharedDeployments: readonly { stop(): Promise<void> }[] | undefined;
}

/** Makes a deployment for each worker. */
export default async function setup({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  await globalSetup();
  globalThis.sharedDeployments = await startSharedDeployments(maxWorkers);
}
