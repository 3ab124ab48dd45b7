import type { Plugin } from 'esbuild';
import { replacing } from './replace.ts';

/** Lambda puts the credentials of its role into the environment, once for the life of a process; the SDK's search in files, sign-ins and metadata services is left out. */
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
