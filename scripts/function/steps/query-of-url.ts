import type { Plugin } from 'esbuild';

const file = 'express-openapi-validator/dist/middlewares/parsers/req.parameter.mutator.js';
const namespace = 'query-of-url';

/**
 * The validator reads the query of a URL with `url.parse`, which is deprecated: each start of the function would write a warning
 * (DEP0169). The URLs are paths, for which the class `URL` gives the same result.
 */
export function queryWithoutUrlParse(): Plugin {
  return {
    name: 'query without url.parse',
    setup({ onResolve, onLoad, onEnd }) {
      let replaced = false;
      onResolve({ filter: /^url$/ }, ({ importer }) => {
        if (!importer.endsWith(`/node_modules/${file}`)) return undefined;
        replaced = true;
        return { path: 'url', namespace };
      });
      onLoad({ filter: /./, namespace }, () => ({
        contents: "exports.parse = (path) => ({ query: new URL(path, 'http://localhost').search.slice(1) || null });",
      }));
      onEnd(() =>
        replaced
          ? undefined
          : { errors: [{ text: `The step "query without url.parse" did not find ${file}. Has an update fixed it?` }] },
      );
    },
  };
}
