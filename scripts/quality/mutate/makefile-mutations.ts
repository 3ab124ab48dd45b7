/** Small changes of the Makefile: each leaves out one prerequisite, so that a target may be stale or fail. */
import { readFileSync } from 'node:fs';
import { placeOf, replaceAt, type TextMutation } from './text-mutation.ts';

const file = 'Makefile';

/** A rule or a list of prerequisites: its name, what separates it from them, and they. */
const rule = /^([\w/-][\w./-]*)(:| :=) ([^=\n#]*?)(?= ##|$)/gm;
const lists = new Set(['settings']);

/** A prerequisite, a call of a function, or the mark before order-only prerequisites. */
const part = /\$\(\w+ [^)]*\)|[^\s$]+|\$\(\w+\)/g;

/** Every prerequisite that can be left out. */
export function makefileMutations(): TextMutation[] {
  const makefile = readFileSync(file, 'utf8');
  return [...makefile.matchAll(rule)]
    .filter(([, name = '', separator]) => (separator === ':') !== lists.has(name))
    .flatMap(({ 0: whole, 1: name = '', 3: list = '', index }) => {
      const start = index + whole.length - list.length;
      return wordsOf(list).map(({ word, at }): TextMutation => ({
        kind: 'make',
        file,
        title: `${placeOf(makefile, start + at)}: ${name} without ${word}`,
        edit: (text) => replaceAt(text, start + at, word, ''),
      }));
    });
}

interface Word {
  readonly word: string;
  readonly at: number;
}

/** What can be left out of a list: its parts, and those in calls of functions if there are several. */
function wordsOf(list: string): Word[] {
  const words = [...list.matchAll(part)].map(({ 0: word, index }) => ({ word, at: index }));
  // These install the packages too.
  const installs = words.some(({ word }) => word === 'generate' || word === 'node24');
  const isRedundant = ({ word }: Word) => word === '|' || (word === 'install' && installs);
  return words.filter((one) => !isRedundant(one)).flatMap((one) => argumentsOf(one) ?? [one]);
}

/** The arguments of a call such as `$(call sources,src scripts)`; undefined if there is only one. */
function argumentsOf({ word, at }: Word): Word[] | undefined {
  const [, head = '', inner = ''] = /^(\$\((?:call \w+,|wildcard ))(.*)\)$/.exec(word) ?? [];
  const words = [...inner.matchAll(/\S+/g)].map(({ 0: one, index }) => ({ word: one, at: at + head.length + index }));
  return words.length > 1 ? words : undefined;
}
