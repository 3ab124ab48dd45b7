/** Small changes of prose: other numbers, and words that turn a sentence around. */
import { readFileSync } from 'node:fs';
import { numbersIn, proseFiles } from '../prose.ts';
import { placeOf, replaceAt, type TextMutation } from './text-mutation.ts';

/** A part of a text and what replaces it. */
export interface WordChange {
  readonly index: number;
  readonly part: string;
  readonly by: string;
}

/** Every number of the documentation, changed. */
export function proseMutations(): TextMutation[] {
  return proseFiles.flatMap((file) => {
    const original = readFileSync(file, 'utf8');
    return numberChanges(original).map(({ index, part, by }): TextMutation => ({
      kind: 'prose',
      file,
      title: `${placeOf(original, index)}: ${part} → ${by}`,
      edit: (text) => replaceAt(text, index, part, by),
    }));
  });
}

/** The numbers in a text, each a little greater. */
export function numberChanges(text: string): WordChange[] {
  return numbersIn(text).map(({ index, text: part }) => ({ index, part, by: greater(part) }));
}

const words = ['half a', 'one', 'two', 'three', 'four', 'five', 'ten', 'twenty', 'ninety'];

/** `64` becomes `65`, `4xx` becomes `5xx`, and `one hour` becomes `two hour`. */
function greater(number: string): string {
  const [digits] = /\d+(?=\D*$)/.exec(number) ?? [];
  if (digits !== undefined)
    return number.replace(/\d+(?=\D*$)/, String(Number(digits) + 1).padStart(digits.length, '0'));
  const word = words.find((one) => number.startsWith(`${one} `));
  return word === undefined
    ? number.replace(/^\w+/, 'two')
    : number.replace(word, words[words.indexOf(word) + 1] ?? '');
}

/** Words that turn a sentence around if they are exchanged. */
const opposites = [
  ['before', 'after'],
  ['at least', 'at most'],
  ['first', 'last'],
  ['must', 'need not'],
  ['cannot', 'can'],
  ['without', 'with'],
  ['only', 'also'],
  ['not', 'also'],
] as const;

/** The parts of a text that can be exchanged, at most one for each pair of opposites. */
export function oppositeChanges(text: string): WordChange[] {
  return opposites
    .flatMap((pair) => [pair, [pair[1], pair[0]]] as const)
    .flatMap(([part = '', by = '']) => {
      const index = new RegExp(`\\b${part}\\b`).exec(text)?.index;
      return index === undefined ? [] : [{ index, part, by }];
    });
}
