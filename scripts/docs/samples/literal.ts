/** JSON values as literals of a programming language. */
import type { Json } from '../../../src/openapi/document.ts';

/** How a language writes literals. */
export interface Notation {
  readonly quote: (text: string) => string;
  /** The name of a member of an object. */
  readonly name: (text: string) => string;
  /** One level of indentation. */
  readonly step: string;
  /** Whether the last of several lines ends with a comma. */
  readonly lastComma: boolean;
  /** Whether an object on one line has a space after its brace. */
  readonly spaced: boolean;
  /** The names of `true`, `false` and `null`, if others. */
  readonly constants?: Readonly<Record<string, string>>;
}

/**
 * How one literal is written: the indentation of its first line, the number of characters before it on that line, and whether each
 * member always has its own line.
 */
export interface Layout {
  readonly indent?: string;
  readonly taken?: number;
  readonly spread?: boolean;
}

/** Lines get no longer than this, so that they fit beside the text. */
export const widest = 80;

const inSingleQuotes = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
const inDoubleQuotes = (text: string) => JSON.stringify(text);

export const javaScript: Notation = {
  quote: inSingleQuotes,
  name: (text) => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : inSingleQuotes(text)),
  step: '  ',
  lastComma: true,
  spaced: true,
};

export const json: Notation = {
  quote: inDoubleQuotes,
  name: inDoubleQuotes,
  step: '  ',
  lastComma: false,
  spaced: true,
};

export const python: Notation = {
  ...json,
  step: '    ',
  lastComma: true,
  spaced: false,
  constants: { true: 'True', false: 'False', null: 'None' },
};

/** A JSON value as a literal: on one line if it fits, otherwise with a line for each member. */
export function inSource(
  value: Json,
  notation: Notation,
  { indent = '', taken = 0, spread = false }: Layout = {},
): string {
  if (typeof value === 'string') return notation.quote(value);
  if (value === null || typeof value !== 'object') return notation.constants?.[String(value)] ?? String(value);
  const inner = indent + notation.step;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: Json) => inSource(item, notation, { indent: inner }))
    : Object.entries(value).map(([name, member]) => {
        const start = `${notation.name(name)}: `;
        return start + inSource(member ?? null, notation, { indent: inner, taken: start.length });
      });
  const space = notation.spaced ? ' ' : '';
  const oneLine = isList ? `[${parts.join(', ')}]` : `{${space}${parts.join(', ')}${space}}`;
  if (!spread && indent.replaceAll('\t', '    ').length + taken + oneLine.length <= widest && !oneLine.includes('\n'))
    return oneLine;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const lines = parts.map((part) => inner + part);
  return `${open}\n${lines.join(',\n')}${notation.lastComma ? ',' : ''}\n${indent}${close}`;
}
