/** Compares two contracts: what changed, for which operation, and whether a client can break. */
import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { nullsAsTypes } from '../null-types.ts';
import { type Change, describe, type Described } from './changes.ts';
import { dereference, pairs } from './dereference.ts';
import { apart, breaksBoth, breaksNobody, compareKeywords, type Judge, words } from './keywords.ts';
import { type Operation, operationsOf, pairOperations } from './operations.ts';
import { compareWebhooks } from './webhooks.ts';
import { compareBodies, compareParameter, compareResponse } from './messages.ts';

/**
 * Everything that changed between two parsed contracts.
 *
 * @throws Error where a schema cannot be compared; see `compareSchemas`
 */
export function compareContracts(older: JsonObject, newer: JsonObject): Change[] {
  const [before, after] = [dereference(nullsAsTypes(older)), dereference(nullsAsTypes(newer))];
  const operations = pairOperations(operationsOf(before), operationsOf(after)).flatMap(([old, young]) =>
    compareOperation(old, young).map((one): Change => ({ operation: (old ?? young)?.id, ...one })),
  );
  return [
    ...operations,
    ...compareWebhooks(before, after),
    ...compareRoots(before, after),
    ...compareComponents(asObject(before['components']), asObject(after['components'])),
  ];
}

const operationJudges: Readonly<Record<string, Judge>> = {
  'x-required-role': breaksBoth,
  operationId: apart,
  parameters: apart,
  requestBody: apart,
  responses: apart,
  security: apart,
};

function compareOperation(before: Operation | undefined, after: Operation | undefined): Described[] {
  if (!before) return [{ what: `is new (${after?.route})`, level: 'compatible' }];
  if (!after) return [{ what: `is gone (${before.route})`, level: 'breaking' }];
  return [
    ...moved('is', before.id, after.id),
    ...moved('has the route', before.route, after.route),
    ...moved('needs', before.security, after.security),
    ...describe('terms', '', compareKeywords(operationJudges, before.node, after.node)),
    ...pairs(before.parameters, after.parameters).flatMap(([name, old, young]) => compareParameter(name, old, young)),
    ...compareBodies(
      before.node['requestBody'] as JsonObject | undefined,
      after.node['requestBody'] as JsonObject | undefined,
    ),
    ...pairs(before.responses, after.responses).flatMap(([status, old, young]) => compareResponse(status, old, young)),
  ];
}

/** What clients rely on word by word. */
function moved(verb: string, before: string, after: string): Described[] {
  return before === after ? [] : [{ what: `${verb} \`${after}\` (was \`${before}\`)`, level: 'breaking' }];
}

const rootJudges: Readonly<Record<string, Judge>> = {
  openapi: breaksNobody,
  servers: breaksNobody,
  info: apart,
  security: apart,
  paths: apart,
  webhooks: apart,
  components: apart,
  'x-unrouted-codes': apart,
};
const infoJudges: Readonly<Record<string, Judge>> = {
  version: apart,
  contact: words,
  license: words,
  termsOfService: words,
};

function compareRoots(before: JsonObject, after: JsonObject): Described[] {
  const own = [
    ...compareKeywords(rootJudges, before, after),
    ...compareKeywords(infoJudges, asObject(before['info']), asObject(after['info'])),
  ];
  const codes = pairs<number | string>(before['x-unrouted-codes'], after['x-unrouted-codes']);
  return [
    ...describe('terms', '', own),
    ...codes.flatMap(([code, was = 'none', is = 'none']) =>
      moved(`the code \`${code}\` has the status`, String(was), String(is)),
    ),
  ];
}

/** Of what other parts refer to, only the names matter here, and what no part resolves: the security schemes. */
function compareComponents(before: JsonObject, after: JsonObject): Described[] {
  return [
    ...pairs(before['securitySchemes'], after['securitySchemes']).flatMap(([name, old, young]): Described[] => {
      const scheme = `the security scheme \`${name}\``;
      if (old === undefined || young === undefined)
        return [{ what: `${scheme} is ${old === undefined ? 'new' : 'gone'}`, level: 'compatible' }];
      return describe('terms', scheme, compareKeywords({ bearerFormat: words }, old, young));
    }),
    // Generated clients give their types these names.
    ...pairs(before['schemas'], after['schemas'])
      .filter(([, , young]) => young === undefined)
      .map(([name]): Described => ({ what: `the schema \`${name}\` is gone, or has another name`, level: 'breaking' })),
  ];
}
