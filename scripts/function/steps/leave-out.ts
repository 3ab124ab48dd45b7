import type { Plugin } from 'esbuild';
import { replacing } from './replace.ts';

/** In place of a function that nobody calls: reading it is harmless, calling it fails. */
const nothing = 'module.exports = {};';

/** Leaves out what Express and the validator bring along for applications of other kinds. */
export function withoutUnusedParts(): Plugin {
  return replacing('without unused parts', [
    {
      file: 'body-parser/index.js',
      by: nothing,
      because: 'bodies are read by src/http/pipeline/read-body.ts; brings iconv-lite, half a megabyte of encodings',
    },
    { file: 'qs/lib/index.js', by: nothing, because: 'queries are read by src/contract/validation/query.ts' },
    {
      file: 'mime-db/index.js',
      by: "module.exports = { 'application/json': { extensions: ['json'] } };",
      because: 'answers name their media type in full',
    },
    {
      file: 'debug/src/index.js',
      by: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
      because: 'nobody sets DEBUG in a function',
    },
    {
      file: 'depd/index.js',
      by: 'module.exports = () => Object.assign(() => {}, { property() {}, function: (used) => used });',
      because: 'it warns whoever develops',
    },
    {
      file: 'proxy-addr/index.js',
      by: 'module.exports = { compile: () => () => false };',
      because: "nobody asks for the caller's address",
    },
  ]);
}
