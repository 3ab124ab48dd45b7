import { defineConfig } from 'vite';

/** Relative addresses: the page works below any path. Nothing is inlined, so that its policy can forbid inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
