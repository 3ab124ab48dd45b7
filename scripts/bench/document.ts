import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const docs = resolve(import.meta.dirname, '../../docs');

/** Puts a text between the two marks of this name in docs/benchmarks.md. */
export function replaceInDocument(name: string, text: string): void {
  const file = `${docs}/benchmarks.md`;
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const old = readFileSync(file, 'utf8');
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no marks for ${name}.`);
  writeFileSync(file, `${old.slice(0, from)}${begin}\n${text}\n${old.slice(to)}`);
}

/** Writes a plot beside that document. */
export function writePlot(name: string, svg: string): void {
  writeFileSync(`${docs}/${name}`, svg);
}
