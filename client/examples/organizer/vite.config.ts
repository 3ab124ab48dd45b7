import { defineConfig } from 'vite';

const client = `${import.meta.dirname}/../../src`;

/** Addresses are relative, so that the page works below any path. Nothing is inlined, because the page's policy forbids inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Uses the sources of the client, so that it need not be built first. Remove this line outside this repository.
  resolve: {
    alias: [
      { find: /^@event-management\/client$/, replacement: `${client}/index.ts` },
      { find: /^@event-management\/client\/(.+)$/, replacement: `${client}/$1.ts` },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
