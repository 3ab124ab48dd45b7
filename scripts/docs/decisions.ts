/**
 * The index of the decision records.
 *
 *     tsx scripts/docs/decisions.ts    writes docs/decisions/README.md
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = 'docs/decisions';
export const indexFile = `${folder}/README.md`;

/** One decision record, from the head of its file. */
export interface Decision {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  /** `accepted`, or `superseded by` with a link to the newer record. */
  readonly status: string;
  /** Such as `2030-06-21`. */
  readonly date: string;
}

const head = /^# (?<number>\d+)\. (?<title>.+)\n\n- Status: (?<status>.+)\n- Date: (?<date>\d{4}-\d{2}-\d{2})\n/;

/**
 * The record in a file.
 *
 * @throws Error if its head has another form
 */
export function parseDecision(file: string, text: string): Decision {
  const { number, title, status, date } = head.exec(text)?.groups ?? {};
  if (!number || !title || !status || !date)
    throw new Error(`${file} must start with "# <number>. <title>", "- Status: …" and "- Date: YYYY-MM-DD".`);
  return { file, number: Number(number), title, status, date };
}

/** All records, in the order of their numbers. */
export function readDecisions(): readonly Decision[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.md$/.test(file))
    .sort()
    .map((file) => parseDecision(file, readFileSync(`${folder}/${file}`, 'utf8')));
}

/** The index as Markdown. */
export function renderIndex(decisions: readonly Decision[]): string {
  const rows = decisions.map(
    ({ file, number, title, status, date }) => `| ${number} | [${title}](${file}) | ${status} | ${date} |\n`,
  );
  return `# Decisions

Why things are as they are. Each record has a context, a decision and its consequences. Numbers without a record were never used.
A decision that no longer holds stays, and its status names the one that superseded it.

To add one, take the next number, copy the head of another record, and run \`node --import tsx scripts/docs/decisions.ts\`,
which writes this index.

| Number | Title | Status | Date |
| ---: | --- | --- | --- |
${rows.join('')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(indexFile, renderIndex(readDecisions()));
