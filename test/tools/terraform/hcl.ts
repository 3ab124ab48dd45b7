/**
 * Reads what stands in Terraform's files, as text: without Terraform, which `make test` does not need. `terraform fmt` keeps the layout
 * on which this depends.
 */
import { readFileSync } from 'node:fs';

/** A variable, with the words of its file. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** As it is written, such as `"events-table"`; undefined where it is required. */
  readonly default: string | undefined;
  readonly validations: string;
}

/** The variables of one file, in its order. */
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
