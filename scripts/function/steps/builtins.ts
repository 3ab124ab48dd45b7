import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const namespace = 'builtin';

/**
 * Loads Node's own modules as `require` does. An `import` of `node:http` reads every export of it, among them `WebSocket`, whose getter
 * loads all of undici, the client behind the global `fetch`: some fifteen milliseconds, at the first request of the AWS SDK.
 */
export function builtinsByRequire(): Plugin {
  return {
    name: 'builtins by require',
    setup({ onResolve, onLoad, onEnd }) {
      let met = 0;
      onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) => {
        if (!isBuiltin(path) || kind === 'require-call') return undefined;
        met += 1;
        return { path: path.replace(/^(?!node:)/, 'node:'), namespace };
      });
      onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('${path}');`,
      }));
      onEnd(({ outputFiles = [] }) => {
        const left = outputFiles.some(
          ({ path, text }) => path.endsWith('.mjs') && /\b(from|import)\s*\(?\s*["'](node:)?https?["']/.test(text),
        );
        if (left || met === 0)
          return {
            errors: [{ text: 'The step "builtins by require" has left an import of node:http in the bundle.' }],
          };
        return undefined;
      });
    },
  };
}
