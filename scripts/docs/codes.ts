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

/** The codes of problems as a table. Each row has the code as its anchor. */
export function renderCodes(contract: DocumentedContract): string {
  const rows = problemCodes(contract).map(({ code, status, detail, remedy }) => {
    return [
      `<a id="${code}"></a>[\`${code}\`](#${code})<br>${status}`,
      `${detail.replaceAll('<', '&lt;')}<br>**What to do:** ${remedy}`,
    ];
  });
  return table(['code and status', 'meaning'], rows);
}

/** What the contract says about each code of a field error. */
function fieldErrorCodes({ schemas }: DocumentedContract): Readonly<Record<string, string>> {
  return schemas['FieldErrorCode']?.['x-enumDescriptions'] as Readonly<Record<string, string>>;
}

/** The codes of field errors as a table. */
export function renderFieldErrors(contract: DocumentedContract): string {
  return table(
    ['code', 'what it means'],
    Object.entries(fieldErrorCodes(contract)).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
}
