import type { Plugin } from 'esbuild';

/** Takes packages as ES modules where they come as such, too: what is never imported from them can then be left out. */
export function packagesAsModules(): Plugin {
  return {
    name: 'packages as ES modules',
    setup({ initialOptions, onEnd }) {
      Object.assign(initialOptions, { mainFields: ['module', 'main'], metafile: true });
      onEnd(({ metafile = { inputs: {}, outputs: {} } }) => {
        const sdk = Object.keys(metafile.inputs).filter((path) => path.includes('node_modules/@aws-sdk/'));
        const met = sdk.length > 0 && sdk.every((path) => !path.includes('/dist-cjs/'));
        return met
          ? undefined
          : { errors: [{ text: 'The step "packages as ES modules" has not met the AWS SDK as such.' }] };
      });
    },
  };
}
