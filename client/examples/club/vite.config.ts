import { defineConfig } from 'vite';
import { serviceWorkers } from './worker/plugin.ts';

const client = `${import.meta.dirname}/../../src`;

/** Addresses are relative, so that the pages work below any path. Nothing is inlined, because their policy forbids inline code. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [serviceWorkers()],
  resolve: {
    alias: [
      // Preact runs the same components in a tenth of the bytes. Without these three lines the pages are built with React.
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
      { find: 'react-dom/client', replacement: 'preact/compat/client' },
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
      // Uses the sources of the client, so that it need not be built first. Remove these two lines outside this repository.
      { find: /^@event-management\/client$/, replacement: `${client}/index.ts` },
      { find: /^@event-management\/client\/(.+)$/, replacement: `${client}/$1.ts` },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['organizer/index.html', 'attend/index.html'],
      // TanStack Query marks its hooks for servers that render React, which these pages have not.
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
    },
  },
});
