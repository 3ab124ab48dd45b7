/** Searches texts for words that the project does not use. */
import type { BannedWord } from './banned-words.ts';

/** Where a banned word was found. `line` counts from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** The comment, on the line of a finding or the line before it, that permits what is found, with the reason. */
const exception = /language-allow: \S/;

/** Files whose text is not ours, or that name banned words on purpose. */
const skipped =
  /(^|\/)(package-lock\.json|LICENSE|generated\/.*)$|\.(snap|png|svg|ico|zip|patch)$|^openapi\/baseline\.yaml$|^docs\/glossary\.md$|^scripts\/quality\/(banned-words|language\.test)\.ts$/;

/** Whether a file is searched at all. */
export function isSearched(file: string): boolean {
  return !skipped.test(file);
}

/** The pattern with spaces that also match a line break and the comment marks after it. */
function acrossLines({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll(' ', '[\\s*#/]+'), `${flags}g`);
}

/** A search for `banned`; it returns the findings of one file in the order of their lines. */
export function createSearch(banned: readonly BannedWord[]): (file: string, text: string) => readonly Finding[] {
  const rules = banned.map(({ pattern, instead }) => ({ pattern: acrossLines(pattern), instead }));
  return (file, text) => {
    const lines = text.split('\n');
    const isAllowed = (line: number) => [lines[line - 1], lines[line - 2]].some((one) => one && exception.test(one));
    return rules
      .flatMap(({ pattern, instead }) =>
        [...text.matchAll(pattern)].map(({ 0: found, index }) => {
          const line = text.slice(0, index).split('\n').length;
          return { file, line, found: found.replace(/[\s*#/]+/g, ' '), instead };
        }),
      )
      .filter(({ line }) => !isAllowed(line))
      .sort((a, b) => a.line - b.line);
  };
}

/** How many findings there are in each folder, the largest count first. A folder is named by its first two parts. */
export function countByFolder(findings: readonly Finding[]): readonly (readonly [folder: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { file } of findings) {
    const folder = file.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
