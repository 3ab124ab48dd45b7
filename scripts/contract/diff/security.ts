/** Compares how callers sign in: what operations require, and the schemes that they name. */
import { asObject, type JsonObject, type SecurityRequirement } from '../../../src/openapi/document.ts';
import { describe, type Described } from './changes.ts';
import { pairs } from './dereference.ts';
import { breaksNone, compareKeywords, docs, handledElsewhere } from './keywords.ts';

/** The alternatives of an operation, of which a caller must satisfy one. */
export type Alternatives = readonly SecurityRequirement[];

/**
 * What changed in who may call an operation. Any such change is breaking, even a looser one. Another scheme beside others is not: who may call
 * stays the same, and all the ways from before are left.
 */
export function compareRequirements(before: Alternatives, after: Alternatives): Described[] {
  const [was, is] = [phrasesOf(before), phrasesOf(after)];
  if (was.join() === is.join()) return [];
  const asks = was.some((one) => one !== nothing) && was.includes(nothing) === is.includes(nothing);
  const isCompatible = asks && was.every((one) => is.includes(one));
  const [old, young] = [was, is].map((phrases) => phrases.join(' or '));
  return [{ what: `needs \`${young}\` (was \`${old}\`)`, level: isCompatible ? 'compatible' : 'breaking' }];
}

const nothing = 'nothing';

/** Each alternative as a phrase: all of its schemes with their scopes. */
function phrasesOf(alternatives: Alternatives): readonly string[] {
  const phrases = alternatives.map((one) =>
    Object.entries(one)
      .map(([scheme, scopes]) => [scheme, ...[...scopes].sort()].join(' '))
      .sort()
      .join(' and '),
  );
  return phrases.length === 0 ? [nothing] : phrases.map((one) => one || nothing).sort();
}

/** What changed in the security schemes of a contract. No operation need use a new one, and `compareRequirements` sees a lost one. */
export function compareSchemes(before: JsonObject, after: JsonObject): Described[] {
  return pairs(before, after).flatMap(([name, old, young]): Described[] => {
    const scheme = `the security scheme \`${name}\``;
    if (old === undefined || young === undefined)
      return [{ what: `${scheme} is ${old === undefined ? 'new' : 'gone'}`, level: 'compatible' }];
    return [
      ...describe('terms', scheme, compareKeywords({ bearerFormat: docs, flows: handledElsewhere }, old, young)),
      ...compareFlows(scheme, asObject(old['flows']), asObject(young['flows'])),
    ];
  });
}

/** The URLs of a flow are those of one deployment, as servers are. */
const flowClassifiers = { authorizationUrl: breaksNone, tokenUrl: breaksNone, refreshUrl: breaksNone };

function compareFlows(scheme: string, before: JsonObject, after: JsonObject): Described[] {
  return pairs(before, after).flatMap(([name, old, young]): Described[] => {
    const flow = `${scheme}: the flow \`${name}\``;
    if (old === undefined) return [{ what: `${flow} is new`, level: 'compatible' }];
    if (young === undefined) return [{ what: `${flow} is gone`, level: 'breaking' }];
    return describe('terms', flow, compareKeywords(flowClassifiers, old, young));
  });
}
