import type { Plugin } from 'esbuild';
import { replacing } from './replace.ts';

/** Replaces a function that is never called: the import works, a call fails. */
const nothing = 'module.exports = {};';

/** Leaves out the parts of Express and the validator that this application does not use. */
export function withoutUnusedParts(): Plugin {
  return replacing('without unused parts', [
    {
      file: 'body-parser/index.js',
      by: nothing,
      because: 'src/http/pipeline/read-body.ts reads bodies; it depends on iconv-lite, half a megabyte of encodings',
    },
    { file: 'qs/lib/index.js', by: nothing, because: 'src/contract/validation/query.ts reads queries' },
    {
      file: 'mime-db/index.js',
      by: "module.exports = { 'application/json': { extensions: ['json'] } };",
      because: 'responses name their media type in full',
    },
    {
      file: 'debug/src/index.js',
      by: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
      because: 'DEBUG is never set in a function',
    },
    {
      file: 'depd/index.js',
      by: 'module.exports = () => Object.assign(() => {}, { property() {}, function: (used) => used });',
      because: 'its warnings are for developers',
    },
    {
      file: 'proxy-addr/index.js',
      by: 'module.exports = { compile: () => () => false };',
      because: 'the address of the caller is never read',
    },
  ]);
}
