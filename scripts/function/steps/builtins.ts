import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const namespace = 'builtin';

/**
 * Loads the built-in modules of Node.js as `require` does. An `import` of `node:http` reads every export, and the getter of `WebSocket`
 * loads undici, which implements the global `fetch`: about 15 ms, at the first request of the AWS SDK.
 */
export function builtinsByRequire(): Plugin {
  return {
    name: 'builtins by require',
    setup({ onResolve, onLoad, onEnd }) {
      let replaced = 0;
      onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) => {
        if (!isBuiltin(path) || kind === 'require-call') return undefined;
        replaced += 1;
        return { path: path.replace(/^(?!node:)/, 'node:'), namespace };
      });
      onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('${path}');`,
      }));
      onEnd(({ outputFiles = [] }) => {
        const left = outputFiles.some(
          ({ path, text }) => path.endsWith('.mjs') && /\b(from|import)\s*\(?\s*["'](node:)?https?["']/.test(text),
        );
        if (left || replaced === 0)
          return {
            errors: [{ text: 'The step "builtins by require" has left an import of node:http in the bundle.' }],
          };
        return undefined;
      });
    },
  };
}
