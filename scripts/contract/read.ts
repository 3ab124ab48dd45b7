/** Reads the contract and reports in one sentence where it is broken. */
import { readFileSync } from 'node:fs';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { isObject, type OpenApiDocument } from '../../src/openapi/document.ts';
import { lookUp } from '../../src/openapi/refs.ts';

/** The contract cannot be read. The message names file and line and is fit to be printed. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/**
 * The parsed contract. It is one file: a `$ref` cannot name another one.
 *
 * @param label how the file is called in messages
 * @throws ContractError if the file is not valid YAML, or if the target of a `$ref` does not exist
 */
export function readContract(file: string, label: string): OpenApiDocument {
  const lines = new LineCounter();
  const parsed = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${label}:${lines.linePos(offset).line}`;
  const [broken] = parsed.errors;
  if (broken) throw new ContractError(`${at(broken.pos[0])}: Invalid YAML: ${broken.message}`);
  const document = parsed.toJS() as unknown;
  if (!isObject(document)) throw new ContractError(`${label}:1: Not an OpenAPI document.`);

  visit(parsed, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== '$ref' || !isScalar(value) || typeof value.value !== 'string') return;
      if (lookUp(document, value.value) === undefined) {
        throw new ContractError(`${at(value.range?.[0] ?? 0)}: The target of $ref ${value.value} does not exist.`);
      }
    },
  });
  return document as OpenApiDocument;
}
