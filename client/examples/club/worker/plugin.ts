/** Builds the service worker of each page, with the list of the files that the page loads. */
import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';

const source = `${import.meta.dirname}/service-worker.ts`;
const scriptName = 'service-worker.js';

/** Emits `service-worker.js` beside each HTML file. */
export function serviceWorkers(): Plugin {
  return {
    name: 'service-workers',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: scriptName });
    },
    generateBundle(_options, bundle) {
      const worker = bundle[scriptName] as Rolldown.OutputChunk;
      delete bundle[scriptName];
      for (const { fileName, source: html } of Object.values(bundle).filter(isHtml)) {
        const assets = filesOf(bundle, String(html));
        const version = createHash('sha256')
          .update(`${String(html)}${assets.join()}${worker.code}`)
          .digest('hex');
        const files = ['./', './config.json', ...assets.map((asset) => `../${asset}`)];
        this.emitFile({
          type: 'asset',
          fileName: fileName.replace('index.html', scriptName),
          source: `const version=${JSON.stringify(version.slice(0, 12))},files=${JSON.stringify(files)};${worker.code}`,
        });
      }
    },
  };
}

const isHtml = (file: Rolldown.OutputAsset | Rolldown.OutputChunk): file is Rolldown.OutputAsset =>
  file.fileName.endsWith('/index.html');

/** All assets that are named in a text or, in turn, in one of these assets: also what a page loads later. Their names contain digests, so none is named by chance. */
function filesOf(bundle: Rolldown.OutputBundle, html: string): string[] {
  const found = new Set<string>();
  const pending = [html];
  for (let text = pending.pop(); text !== undefined; text = pending.pop())
    for (const file of Object.values(bundle)) {
      const name = file.fileName.split('/').at(-1) ?? '';
      if (!file.fileName.startsWith('assets/') || found.has(file.fileName) || !text.includes(name)) continue;
      found.add(file.fileName);
      pending.push(file.type === 'chunk' ? textOf(file) : String(file.source));
    }
  return [...found].sort();
}

/** The text of a script with the names of its style sheets, which Vite adds to it later. */
const textOf = ({ code, viteMetadata }: Rolldown.OutputChunk) => [code, ...(viteMetadata?.importedCss ?? [])].join(' ');
