/** The contract for the checker. Parsing the YAML takes a quarter of a second, so it is done once per test run. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml';

const source = 'openapi/openapi.yaml';
const parsed = 'build/contract.json';

/** Parses the contract and stores it as JSON for all test files of this run. */
export function storeContract(): void {
  mkdirSync('build', { recursive: true });
  writeFileSync(parsed, JSON.stringify(parse(readFileSync(source, 'utf8'))));
}

/** The contract that `storeContract` has stored. */
export function storedContract(): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(parsed, 'utf8')) as Readonly<Record<string, unknown>>;
}

/**
 * The position of a place in the contract, as `file:line`: the line of its last key, or of the last key that exists. It parses the YAML
 * again, and is called only for violations.
 */
export function lineOf(path: readonly string[]): string {
  const lines = new LineCounter();
  let node: unknown = parseDocument(readFileSync(source, 'utf8'), { lineCounter: lines }).contents;
  let offset = 0;
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((one) => isScalar(one.key) && String(one.key.value) === key) : undefined;
    const item = isSeq(node) ? (node.items[Number(key)] as { range?: [number] } | undefined) : undefined;
    const found = (pair?.key ?? item) as { range?: [number] } | undefined;
    if (!found) break;
    offset = found.range?.[0] ?? offset;
    node = pair ? pair.value : item;
  }
  return `${source}:${lines.linePos(offset).line}`;
}
