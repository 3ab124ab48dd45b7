/** Every code of a problem or a field error, with its meaning and how to fix it. */
import { problemCodesWithGateway } from '../../src/openapi/problem-codes.ts';
import type { DocumentedContract } from './contract.ts';
import { table } from './markdown.ts';

export interface CodeEntry {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  /** The operations that respond with it; empty if the code belongs to no operation. */
  readonly operations: readonly string[];
}

/** All codes of problems, sorted by status and code. */
export function problemCodes({ operations, problems, unroutedCodes }: DocumentedContract): readonly CodeEntry[] {
  const found = new Map<string, { status: number; operations: string[] }>();
  for (const [code, status] of Object.entries(unroutedCodes)) found.set(code, { status, operations: [] });
  for (const { operationId, responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      for (const code of problemCodesWithGateway(response)) {
        const entry = found.get(code) ?? { status: Number(status), operations: [] };
        if (!entry.operations.includes(operationId)) entry.operations.push(operationId);
        found.set(code, entry);
      }
    }
  }
  return Object.entries(problems)
    .map(([code, words]) => ({ code, ...words, ...(found.get(code) ?? { status: 0, operations: [] }) }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

/** What the contract says about each code of a field error. */
function fieldErrorCodes({ schemas }: DocumentedContract): Readonly<Record<string, string>> {
  return schemas['FieldErrorCode']?.['x-enumDescriptions'] as Readonly<Record<string, string>>;
}

/** The catalogue of all codes as a page. Each code of a problem is a heading, so that it has an anchor. */
export function renderCatalogue(contract: DocumentedContract): string {
  const entries = problemCodes(contract).map((entry) => [
    `### ${entry.code}`,
    `**${entry.status} ${entry.title}.** ${escaped(entry.detail)}`,
    `**What to do:** ${entry.remedy}`,
    `**Operations:** ${returnedBy(entry, contract)}.`,
  ]);
  const fieldErrors = Object.entries(fieldErrorCodes(contract)).map(([code, meaning]) => [`\`${code}\``, meaning]);
  return [
    '# Error codes',
    'Each problem has a `code`, which is stable: branch on it, and not on the text. The guide [Errors](guides/errors.md) has the format, the order of checks, and when to retry.',
    '## Problem codes',
    ...entries.flat(),
    '## Field error codes',
    'The items of `errors` in a problem have codes of their own.',
    table(['code', 'what it means'], fieldErrors),
  ].join('\n\n');
}

/** The operations that respond with a code, as links; most of them at once where that is shorter. */
function returnedBy({ operations }: CodeEntry, contract: DocumentedContract): string {
  if (operations.length === 0) return 'none; the request matches no operation';
  const all = contract.operations.map(({ operationId }) => operationId);
  const others = all.filter((operationId) => !operations.includes(operationId));
  if (others.length === 0) return 'all';
  return others.length <= 3 ? `all except ${linked(others)}` : linked(operations);
}

const linked = (operations: readonly string[]) =>
  operations.map((operationId) => `[\`${operationId}\`](operations/${operationId}.md)`).join(', ');

/** Text without elements of HTML. */
const escaped = (text: string) => text.replaceAll('<', '&lt;');
