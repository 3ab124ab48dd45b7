/** Compares two contracts: what changed, for which operation, and whether a client can break. */
import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { nullsAsTypes } from '../null-types.ts';
import { type Change, describe, type Described } from './changes.ts';
import { dereference, pairs } from './dereference.ts';
import { handledElsewhere, breaksBoth, breaksNone, compareKeywords, type Classifier, docs } from './keywords.ts';
import { type Operation, operationsOf, pairOperations } from './operations.ts';
import { compareRequirements, compareSchemes } from './security.ts';
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

const operationClassifiers: Readonly<Record<string, Classifier>> = {
  'x-required-role': breaksBoth,
  operationId: handledElsewhere,
  parameters: handledElsewhere,
  requestBody: handledElsewhere,
  responses: handledElsewhere,
  security: handledElsewhere,
};

function compareOperation(before: Operation | undefined, after: Operation | undefined): Described[] {
  if (!before) return [{ what: `is new (${after?.route})`, level: 'compatible' }];
  if (!after) return [{ what: `is gone (${before.route})`, level: 'breaking' }];
  return [
    ...renamed('is', before.id, after.id),
    ...renamed('has the route', before.route, after.route),
    ...compareRequirements(before.security, after.security),
    ...describe('terms', '', compareKeywords(operationClassifiers, before.node, after.node)),
    ...pairs(before.parameters, after.parameters).flatMap(([name, old, young]) => compareParameter(name, old, young)),
    ...compareBodies(
      before.node['requestBody'] as JsonObject | undefined,
      after.node['requestBody'] as JsonObject | undefined,
    ),
    ...pairs(before.responses, after.responses).flatMap(([status, old, young]) => compareResponse(status, old, young)),
  ];
}

/** What clients rely on word by word. */
function renamed(verb: string, before: string, after: string): Described[] {
  return before === after ? [] : [{ what: `${verb} \`${after}\` (was \`${before}\`)`, level: 'breaking' }];
}

const rootClassifiers: Readonly<Record<string, Classifier>> = {
  openapi: breaksNone,
  servers: breaksNone,
  info: handledElsewhere,
  security: handledElsewhere,
  paths: handledElsewhere,
  webhooks: handledElsewhere,
  components: handledElsewhere,
  'x-unrouted-codes': handledElsewhere,
};
const infoClassifiers: Readonly<Record<string, Classifier>> = {
  version: handledElsewhere,
  contact: docs,
  license: docs,
  termsOfService: docs,
};

function compareRoots(before: JsonObject, after: JsonObject): Described[] {
  const own = [
    ...compareKeywords(rootClassifiers, before, after),
    ...compareKeywords(infoClassifiers, asObject(before['info']), asObject(after['info'])),
  ];
  const codes = pairs<number | string>(before['x-unrouted-codes'], after['x-unrouted-codes']);
  return [
    ...describe('terms', '', own),
    ...codes.flatMap(([code, was = 'none', is = 'none']) =>
      renamed(`the code \`${code}\` has the status`, String(was), String(is)),
    ),
  ];
}

/** Of what other parts refer to, only the names matter here, and what no part resolves: the security schemes. */
function compareComponents(before: JsonObject, after: JsonObject): Described[] {
  return [
    ...compareSchemes(asObject(before['securitySchemes']), asObject(after['securitySchemes'])),
    // Generated clients give their types these names.
    ...pairs(before['schemas'], after['schemas'])
      .filter(([, , young]) => young === undefined)
      .map(([name]): Described => ({ what: `the schema \`${name}\` is gone, or has another name`, level: 'breaking' })),
  ];
}
