import { defineConfig } from 'vite';

/** Addresses are relative, so that the page works below any path. Nothing is inlined, because the page's policy forbids inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Uses the sources of the client, so that it need not be built first. Remove this line outside this repository.
  resolve: { alias: { '@event-management/client': `${import.meta.dirname}/../../src/index.ts` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
