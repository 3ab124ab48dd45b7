/** A small change of a text file of the project. */
export interface TextMutation {
  readonly kind: string;
  /** Relative to the root of the project. */
  readonly file: string;
  /** Where, and what. */
  readonly title: string;
  /** The text of the file with the change. */
  edit(text: string): string;
}

/** Replaces the part of a text that starts at an index. */
export function replaceAt(text: string, index: number, part: string, by: string): string {
  return text.slice(0, index) + by + text.slice(index + part.length);
}

/** Where an index is in a text: its line and column, from 1. */
export function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
