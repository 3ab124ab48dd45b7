/**
 * Finds words that the project does not use (docs/glossary.md) in its files.
 *
 *     tsx scripts/quality/check-language.ts [--summary] [folder or file ...]
 *
 * A comment with `language-allow: <reason>` on the line, or on the line before it, permits what is found there.
 * `--summary` prints the number of findings per folder and per word. The exit code is 1 if there is a finding.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bannedWords } from './banned-words.ts';
import { countByFolder, createSearch, isSearched } from './language.ts';
import { projectFiles } from './project-files.ts';

const { values, positionals } = parseArgs({ options: { summary: { type: 'boolean' } }, allowPositionals: true });
const prefixes = positionals.map((path) => path.replace(/^\.\/|\/+$/g, ''));
const isWanted = (file: string) =>
  prefixes.length === 0 ||
  prefixes.some((prefix) => prefix === '.' || file === prefix || file.startsWith(`${prefix}/`));

const search = createSearch(bannedWords);
const findings = projectFiles()
  .filter((file) => isWanted(file) && isSearched(file))
  .flatMap((file) => search(file, readFileSync(file, 'utf8')));

if (values.summary) {
  for (const [folder, count] of countByFolder(findings)) console.log(`${String(count).padStart(6)}  ${folder}`);
  const words = new Map<string, number>();
  for (const { found, instead } of findings) {
    const word = `${found.toLowerCase()} (use: ${instead})`;
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  console.log();
  for (const [word, count] of [...words].sort(([, a], [, b]) => b - a).slice(0, 40))
    console.log(`${String(count).padStart(6)}  ${word}`);
} else {
  for (const { file, line, found, instead } of findings) console.log(`${file}:${line}: "${found}" -> ${instead}`);
}
if (findings.length > 0) {
  console.log(`\n${findings.length} words that docs/glossary.md replaces.`);
  process.exitCode = 1;
}
