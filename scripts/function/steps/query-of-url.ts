import type { Plugin } from 'esbuild';

const file = 'express-openapi-validator/dist/middlewares/parsers/req.parameter.mutator.js';
const namespace = 'query-of-url';

/**
 * The validator reads the query of a URL with `url.parse`, which is deprecated: each start of the function would write a warning
 * (DEP0169). Its URLs are paths, so that a URL of today's kind reads the same.
 */
export function queryWithoutUrlParse(): Plugin {
  return {
    name: 'query without url.parse',
    setup({ onResolve, onLoad, onEnd }) {
      let met = false;
      onResolve({ filter: /^url$/ }, ({ importer }) => {
        if (!importer.endsWith(`/node_modules/${file}`)) return undefined;
        met = true;
        return { path: 'url', namespace };
      });
      onLoad({ filter: /./, namespace }, () => ({
        contents: "exports.parse = (path) => ({ query: new URL(path, 'http://localhost').search.slice(1) || null });",
      }));
      onEnd(() =>
        met
          ? undefined
          : { errors: [{ text: `The step "query without url.parse" has not met ${file}: has an update mended it?` }] },
      );
    },
  };
}
