import type { Difference } from './keywords.ts';

/** `breaking`: a client that was right may fail now. `docs`: only prose or examples. */
export type Level = 'breaking' | 'compatible' | 'docs';

/** What changed in a contract. */
export interface Change {
  /** The operation; undefined where it concerns no single one. */
  readonly operation?: string | undefined;
  /** The status of the response; undefined if it does not concern a response. */
  readonly response?: string;
  readonly what: string;
  readonly level: Level;
}

/** A change without the operation that it belongs to. */
export type Described = Omit<Change, 'operation'>;

/** Who sends what a difference is about: the client, or the server. Of terms, such as who may call, every change breaks. */
export type Side = 'request' | 'response' | 'terms';

/** Differences in words, with their level. `name` says of what part they are; empty for the whole. */
export function describe(side: Side, name: string, differences: readonly Difference[]): Described[] {
  return differences.map(({ at, what, breaks }) => {
    const place = [name, at && code(at)].filter((part) => part !== '').join(' ');
    return { what: place === '' ? what : `${place}: ${what}`, level: levelOf(side, breaks) };
  });
}

function levelOf(side: Side, breaks: Difference['breaks']): Level {
  if (breaks === 'docs') return 'docs';
  if (breaks === 'none') return 'compatible';
  const harmless = { request: 'readers', response: 'senders', terms: undefined }[side];
  return breaks === harmless ? 'compatible' : 'breaking';
}

/**
 * The changes as a list in the form of the changelog. The same change of several responses and operations is listed once; of
 * documentation it only says where it changed.
 */
export function renderChanges(changes: readonly Change[]): string {
  const lines = (level: Level) => changes.filter((change) => change.level === level);
  const words = new Set(lines('docs').map(({ operation = 'the contract' }) => operation));
  return [
    ...inSentences(lines('breaking')).map((line) => `- **Breaking:** ${line}.`),
    ...inSentences(lines('compatible')).map((line) => `- ${line}.`),
    ...(words.size === 0 ? [] : [`- Documentation: ${[...words].map(code).join(', ')}.`]),
  ].join('\n');
}

function inSentences(changes: readonly Change[]): string[] {
  // First the responses of each operation that changed alike, then the operations.
  const responses = grouped(
    changes,
    ({ operation, what }) => `${operation} ${what}`,
    ({ response }) => response,
  );
  const merged = responses.map(([{ operation, what }, statuses]) => ({
    operation,
    what: `${statuses.join(', ')} ${what}`.trimStart(),
  }));
  const operations = grouped(
    merged,
    ({ what }) => what,
    ({ operation }) => operation,
  );
  return operations.map(([{ what }, names]) => (names.length === 0 ? what : `${names.map(code).join(', ')}: ${what}`));
}

/** The first of those that have the same key, with what they differ in. */
function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  differOf: (one: T) => string | undefined,
): [T, string[]][] {
  const groups = new Map<string, [T, string[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [one, []];
    const differ = differOf(one);
    if (differ !== undefined && !group[1].includes(differ)) group[1].push(differ);
    groups.set(keyOf(one), group);
  }
  return [...groups.values()];
}

function code(name: string): string {
  return name.includes(' ') ? name : `\`${name}\``;
}
