/** The contract for the checker. Parsing the YAML takes a quarter of a second, so one process of a run does it for all. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { LineCounter, parse, parseDocument } from 'yaml';

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

/** Where in the contract something stands, as `file:line`. Only a breach asks, so only a breach pays for it. */
export function lineOf(...path: readonly string[]): string {
  const lines = new LineCounter();
  const node = parseDocument(readFileSync(source, 'utf8'), { lineCounter: lines }).getIn(path, true) as { range?: [number] } | undefined;
  return node?.range ? `${source}:${lines.linePos(node.range[0]).line}` : source;
}
