/**
 * Small changes of the contract, each of which a test or the compiler must notice. Every place of the contract where such a change
 * is possible is listed; a run makes some of them.
 */
import type { JsonObject } from '../../../src/openapi/document.ts';
import { refTo } from '../../../src/openapi/refs.ts';
import { type Keys, type Kind, prose, type Rule, rulesOf } from './contract-rules.ts';
import { linkRule, textRule } from './contract-texts.ts';

/** One small change of the contract. */
export interface Mutation {
  readonly kind: Kind;
  /** Where, as a JSON Pointer, and what. */
  readonly title: string;
  /** Makes the change in a copy of the contract. */
  apply(contract: JsonObject): void;
}

/** Every small change that this contract offers, in its order. */
export function mutationsOf(contract: JsonObject): Mutation[] {
  return [
    ...apply(rulesOf(contract), objectsOf(contract, prose)),
    ...apply([textRule, linkRule(contract)], objectsOf(contract, examples)),
  ];
}

function apply(rules: readonly Rule[], objects: Iterable<[Keys, JsonObject]>): Mutation[] {
  return [...objects].flatMap(([at, node]) =>
    rules.flatMap((rule) =>
      rule(node, at).map(({ kind, what, edit }): Mutation => ({
        kind,
        title: `${refTo(at)}: ${what}`,
        apply: (copy) => edit(at.reduce((parent, key) => parent[key] as JsonObject, copy)),
      })),
    ),
  );
}

/** The keys below these are names that the contract chooses: a property may be called `description`. */
const nameMaps = new Set([
  'properties',
  'schemas',
  'paths',
  'webhooks',
  'responses',
  'headers',
  'parameters',
  'content',
]);

/** Keys whose values hold neither a text nor a link of ours. */
const examples = new Set(['example', 'examples']);

/** Every object with its location, except those below some keys. */
function* objectsOf(node: unknown, except: ReadonlySet<string>, at: Keys = []): Generator<[Keys, JsonObject]> {
  if (node === null || typeof node !== 'object') return;
  if (!Array.isArray(node)) yield [at, node as JsonObject];
  const isNameMap = nameMaps.has(at.at(-1) ?? '') && !nameMaps.has(at.at(-2) ?? '');
  for (const [key, child] of Object.entries(node)) {
    if (isNameMap || !except.has(key)) yield* objectsOf(child, except, [...at, key]);
  }
}
