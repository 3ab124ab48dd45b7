/** Compares webhooks: requests that the API sends and its clients receive, so senders and readers swap sides. */
import { asObject, type JsonObject, type OpenApiDocument } from '../../../src/openapi/document.ts';
import { type Change, describe, type Described } from './changes.ts';
import { pairs } from './dereference.ts';
import { handledElsewhere, compareKeywords, type Classifier } from './keywords.ts';
import { compareContents, compareSchemasOf, parameterClassifiers } from './messages.ts';
import { type Operation, operationsOf, pairOperations } from './operations.ts';

const classifiers: Readonly<Record<string, Classifier>> = {
  operationId: handledElsewhere,
  parameters: handledElsewhere,
  requestBody: handledElsewhere,
  responses: handledElsewhere,
};

/** What changed in the webhooks of two contracts without `$ref`s. A new webhook breaks no client: it asks for the ones it wants. */
export function compareWebhooks(before: OpenApiDocument, after: OpenApiDocument): Change[] {
  return pairOperations(operationsOf(before, 'webhooks'), operationsOf(after, 'webhooks')).flatMap(([old, young]) =>
    compareWebhook(old, young).map((one): Change => ({ operation: (old ?? young)?.id, ...one })),
  );
}

function compareWebhook(before: Operation | undefined, after: Operation | undefined): Described[] {
  if (!before) return [{ what: `is a new webhook (${after?.route})`, level: 'compatible' }];
  if (!after) return [{ what: `is no longer a webhook (${before.route})`, level: 'breaking' }];
  return [
    ...(before.route === after.route
      ? []
      : [{ what: `has the name \`${after.route}\` (was \`${before.route}\`)`, level: 'breaking' } as const]),
    ...describe('terms', '', compareKeywords(classifiers, before.node, after.node)),
    ...pairs(before.parameters, after.parameters).flatMap(([name, old, young]) => compareParameter(name, old, young)),
    ...compareContents(
      'response',
      'the body',
      asObject(before.node['requestBody']),
      asObject(after.node['requestBody']),
    ),
    ...pairs(before.responses, after.responses).flatMap(([status, old, young]) => compareResponse(status, old, young)),
  ];
}

/** The API sends it: one more is ignored, and one that is gone is missed. */
function compareParameter(name: string, before: JsonObject | undefined, after: JsonObject | undefined): Described[] {
  if (!before) return [{ what: `${name} is new`, level: 'compatible' }];
  if (!after) return [{ what: `${name} is gone`, level: 'breaking' }];
  return describe('response', name, [
    ...compareKeywords(parameterClassifiers, before, after),
    ...compareSchemasOf(before, after),
  ]);
}

/** The client sends it: it need not use a new one, and one that is gone is no longer accepted. */
function compareResponse(status: string, before: JsonObject | undefined, after: JsonObject | undefined): Described[] {
  if (!before) return [{ response: status, what: 'is accepted now', level: 'compatible' }];
  if (!after) return [{ response: status, what: 'is no longer accepted', level: 'breaking' }];
  return [
    ...describe('terms', '', compareKeywords({ content: handledElsewhere }, before, after)),
    ...compareContents('request', '', before, after),
  ].map((one) => ({ response: status, ...one }));
}
