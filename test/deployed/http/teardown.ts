import globalTeardown from '../../support/global-teardown.ts';

/** Ends the deployments. */
export default async function teardown(): Promise<void> {
  await Promise.all((globalThis.sharedDeployments ?? []).map((one) => one.stop()));
  await globalTeardown();
}
