import { defineConfig } from 'vite';

/** Relative addresses: the page works below any path. Nothing is inlined, so that its policy can forbid inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Inside this repository the client's sources, so that nothing needs to be built first. Elsewhere leave this line out.
  resolve: { alias: { '@event-management/client': `${import.meta.dirname}/../../src/index.ts` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
