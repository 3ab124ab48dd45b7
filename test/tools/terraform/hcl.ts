/**
 * Reads Terraform's files as text, so that tests do not need Terraform. This depends on the layout that `terraform fmt` enforces.
 */
import { readFileSync } from 'node:fs';

/** A variable, as it is written in its file. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** The source text, such as `"events-table"`; undefined if the variable is required. */
  readonly default: string | undefined;
  readonly validations: string;
}

/** The variables of one file, in the order of the file. */
export function variablesOf(file: string): Variable[] {
  return blocks(readFileSync(file, 'utf8'), 'variable').map(([name, body]) => ({
    name,
    description: attribute(body, 'description')?.replace(/^"|"$/g, '') ?? '',
    type: attribute(body, 'type') ?? '',
    default: attribute(body, 'default'),
    validations: body,
  }));
}

/** The names of all outputs of one file. */
export function outputsOf(file: string): string[] {
  return blocks(readFileSync(file, 'utf8'), 'output').map(([name]) => name);
}

function blocks(text: string, kind: string): [string, string][] {
  return [...text.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n(.*?)^\\}`, 'gms'))].map(([, name, body]) => [
    name ?? '',
    body ?? '',
  ]);
}

function attribute(body: string, name: string): string | undefined {
  return new RegExp(`^  ${name} += (.*)$`, 'm').exec(body)?.[1];
}
