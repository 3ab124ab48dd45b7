import { defineConfig } from 'vite';

/** An entry of the client package, as its source. */
const entry = (path: string, file: string) => ({
  find: new RegExp(`^@event-management/client${path}$`),
  replacement: `${import.meta.dirname}/../../src/${file}`,
});

/** Addresses are relative, so that the page works below any path. Nothing is inlined, because the page's policy forbids inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Uses the sources of the client, so that it need not be built first. Remove this line outside this repository.
  resolve: { alias: [entry('', 'index.ts'), entry('/tickets', 'tickets.ts')] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
