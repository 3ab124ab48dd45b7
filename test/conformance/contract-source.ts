/** The contract as it is written: its text, and the lines of its parts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml';
import { parsed } from './contract-file.ts';

const source = 'openapi/openapi.yaml';

/** Parses the contract and stores it as JSON for all test files of this run. A global setup of Jest. */
export default function storeContract(): void {
  mkdirSync(dirname(parsed), { recursive: true });
  writeFileSync(parsed, JSON.stringify(parse(readFileSync(source, 'utf8'))));
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
