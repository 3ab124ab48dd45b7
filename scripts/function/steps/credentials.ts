import type { Plugin } from 'esbuild';
import { replacing } from './replace.ts';

/**
 * Reads credentials from the environment only: Lambda puts those of its role there once per process. The other sources of the SDK
 * (files, single sign-on, metadata services) are left out.
 */
export function credentialsFromEnvironment(): Plugin {
  return replacing('credentials from the environment', [
    {
      file: '@aws-sdk/credential-provider-node/dist-es/index.js',
      by: `
import { fromEnv } from '@aws-sdk/credential-provider-env';
export function defaultProvider(options) {
  const read = fromEnv(options);
  let found;
  return () => (found ??= read());
}`,
      because: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
    },
  ]);
}
