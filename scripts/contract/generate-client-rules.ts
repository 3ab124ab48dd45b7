/**
 * Copies the rules that client and server share: `client/src/generated/rules/`. The package of the client holds its own source only, so
 * it cannot import them, and each rule is written once.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The files of the server that are copied: pure functions that need nothing of Node.js. */
const sources = [
  'src/lib/fold.ts',
  'src/lib/json-bytes.ts',
  'src/lib/parse-url.ts',
  'src/lib/without-null.ts',
  'src/contract/validation/text.ts',
  'src/domain/shared/instants.ts',
  'src/domain/events/filters.ts',
  'src/domain/events/questions.ts',
  'src/domain/events/tags.ts',
  'src/domain/events/times.ts',
  'src/domain/registrations/answers.ts',
];

/** The path of each copy with the function that renders it. @param root the folder of the project, with a slash at its end */
export function clientRules(root: string): Record<string, () => string> {
  return Object.fromEntries(
    sources.map((source) => [
      `client/src/generated/rules/${basename(source)}`,
      () =>
        `// Copied by \`make generate\` from ${source}; do not edit.\n${renderRule(readFileSync(root + source, 'utf8'))}`,
    ]),
  );
}

/** The text of a file with its imports from the folder of the copies, and its types from those of the client. */
export function renderRule(text: string): string {
  const copies = new Set(sources.map((source) => basename(source)));
  return text.replaceAll(/(?<=^import .* from ')[^']+/gm, (path) => {
    if (path.endsWith('/generated/types.ts')) return '../schemas.ts';
    if (!copies.has(basename(path))) throw new Error(`${path} is imported by a rule of the client, but is not one.`);
    return `./${basename(path)}`;
  });
}
