/** Reads the contract, and says in one sentence where it is broken. */
import { readFileSync } from 'node:fs';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';

export type Tree = Record<string, unknown>;

/** The contract cannot be read. The message names file and line and is fit to be printed. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/**
 * The contract as a tree.
 *
 * @param label how the file is called in messages
 * @throws ContractError where it is no YAML, or where a `$ref` points at nothing
 */
export function readContract(file: string, label: string): Tree {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${label}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken) throw new ContractError(`${at(broken.pos[0])}: This is no YAML: ${broken.message}`);
  const tree = document.toJS() as unknown;
  if (!isTree(tree)) throw new ContractError(`${label}:1: This is no OpenAPI document.`);

  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== '$ref' || !isScalar(value) || typeof value.value !== 'string') return;
      if (lookUp(tree, value.value) === undefined) {
        throw new ContractError(`${at(value.range?.[0] ?? 0)}: $ref ${value.value} points at nothing.`);
      }
    },
  });
  return tree;
}

/** What a `$ref`, a JSON Pointer (RFC 6901) into this document, names, or undefined. Other files are not read: the contract is one file. */
export function lookUp(tree: Tree, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  const steps = ref
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: unknown = tree;
  for (const step of steps) node = isTree(node) ? node[step] : undefined;
  return node;
}

/** A node as an object: an empty one where it is none. */
export function treeOf(node: unknown): Tree {
  return isTree(node) ? node : {};
}

function isTree(node: unknown): node is Tree {
  return node !== null && typeof node === 'object';
}
