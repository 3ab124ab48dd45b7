/** Compares messages: parameters and bodies of the client, responses of the server. */
import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { describe, type Described } from './changes.ts';
import { pairs } from './dereference.ts';
import {
  handledElsewhere,
  breaksBoth,
  breaksNone,
  compareKeywords,
  type Classifier,
  looseFlag,
  strictFlag,
} from './keywords.ts';
import { compareSchemas } from './schemas.ts';

type Node = JsonObject | undefined;

/** What a change of a parameter's own keywords means. */
export const parameterClassifiers: Readonly<Record<string, Classifier>> = {
  required: strictFlag,
  allowReserved: looseFlag,
  allowEmptyValue: looseFlag,
  schema: handledElsewhere,
  content: handledElsewhere,
};

/** @param name of the parameter, in words */
export function compareParameter(name: string, before: Node, after: Node): Described[] {
  if (!before) return [added(name, after)];
  if (!after) return [{ what: `${name} is gone`, level: 'breaking' }];
  return [
    ...describe('request', name, [
      ...compareKeywords(parameterClassifiers, before, after),
      ...compareSchemasOf(before, after),
    ]),
    ...compareContents('request', name, before, after),
  ];
}

/** Compares the bodies of a request. */
export function compareBodies(before: Node, after: Node): Described[] {
  if (!before && !after) return [];
  if (!before) return [added('a body', after)];
  if (!after) return [{ what: 'the body is gone', level: 'breaking' }];
  return [
    ...describe(
      'request',
      'the body',
      compareKeywords({ required: strictFlag, content: handledElsewhere }, before, after),
    ),
    ...compareContents('request', 'the body', before, after),
  ];
}

function added(name: string, node: Node): Described {
  return node?.['required'] === true
    ? { what: `${name} is new, and required`, level: 'breaking' }
    : { what: `${name} is new`, level: 'compatible' };
}

const responseClassifiers: Readonly<Record<string, Classifier>> = {
  links: breaksNone,
  'x-made-by': breaksNone,
  'x-problem-code': breaksBoth,
  headers: handledElsewhere,
  content: handledElsewhere,
};

/** @param status of the response, as the contract writes it */
export function compareResponse(status: string, before: Node, after: Node): Described[] {
  // A client that handles every known response cannot handle a new one.
  if (!before) return [{ response: status, what: 'is a new response', level: 'breaking' }];
  if (!after) return [{ response: status, what: 'is no longer a response', level: 'breaking' }];
  const changes = [
    ...describe('response', '', compareKeywords(responseClassifiers, before, after)),
    ...pairs(before['headers'], after['headers']).flatMap(([name, old, young]) =>
      compareHeader(`the header \`${name}\``, old, young),
    ),
    ...compareContents('response', '', before, after),
  ];
  return changes.map((one) => ({ response: status, ...one }));
}

function compareHeader(name: string, before: Node, after: Node): Described[] {
  if (!before) return [{ what: `${name} is new`, level: 'compatible' }];
  if (!after) return [{ what: `${name} is gone`, level: 'breaking' }];
  return describe('response', name, [
    ...compareKeywords({ required: strictFlag, schema: handledElsewhere }, before, after),
    ...compareSchemasOf(before, after),
  ]);
}

/** Media types, each with its schema. */
export function compareContents(
  side: 'request' | 'response',
  name: string,
  before: JsonObject,
  after: JsonObject,
): Described[] {
  return pairs(before['content'], after['content']).flatMap(([mediaType, old, young]): Described[] => {
    if (!old)
      return [
        { what: `${name} may be \`${mediaType}\``.trim(), level: side === 'request' ? 'compatible' : 'breaking' },
      ];
    if (!young) return [{ what: `${name} is no longer \`${mediaType}\``.trim(), level: 'breaking' }];
    return describe(side, name, [
      ...compareKeywords({ schema: handledElsewhere }, old, young),
      ...compareSchemasOf(old, young),
    ]);
  });
}

/** Compares the schemas of two nodes that have one each. */
export function compareSchemasOf(before: JsonObject, after: JsonObject) {
  return compareSchemas(asObject(before['schema']), asObject(after['schema']));
}
