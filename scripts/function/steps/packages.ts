import type { Plugin } from 'esbuild';

/** Uses the ES modules of packages that have both kinds: exports that are never imported can then be left out. */
export function packagesAsModules(): Plugin {
  return {
    name: 'packages as ES modules',
    setup({ initialOptions, onEnd }) {
      Object.assign(initialOptions, { mainFields: ['module', 'main'], metafile: true });
      onEnd(({ metafile = { inputs: {}, outputs: {} } }) => {
        const sdk = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/@aws-sdk/'));
        const found = sdk.length > 0 && sdk.every((path) => !path.includes('/dist-cjs/'));
        return found
          ? undefined
          : { errors: [{ text: 'The step "packages as ES modules" did not find ES modules of the AWS SDK.' }] };
      });
    },
  };
}
