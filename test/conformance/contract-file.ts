/** The contract for the checker. Parsing the YAML takes a quarter of a second, so one process of a run does it for all. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml';

const source = 'openapi/openapi.yaml';
const parsed = 'build/contract.json';

/** Parses the contract for the test files of this run. */
export function storeContract(): void {
  mkdirSync('build', { recursive: true });
  writeFileSync(parsed, JSON.stringify(parse(readFileSync(source, 'utf8'))));
}

/** The contract as `storeContract` left it. */
export function storedContract(): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(parsed, 'utf8')) as Readonly<Record<string, unknown>>;
}

/**
 * Where in the contract something stands, as `file:line`: the line of the last key, or of the longest part of the path that is
 * there. Only a breach asks, so only a breach pays for it.
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
