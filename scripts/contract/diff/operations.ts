import { asObject, type JsonObject, type OpenApiDocument } from '../../../src/openapi/document.ts';
import { methods } from '../../../src/openapi/methods.ts';
import * as openapi from '../../../src/openapi/operations.ts';
import type { Alternatives } from './security.ts';

/** An operation in the form in which it is compared. */
export interface Operation {
  readonly id: string;
  /** Method and path. */
  readonly route: string;
  /** The operation object, with what its path says for all of its operations. */
  readonly node: JsonObject;
  /** By place and name. */
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly responses: Readonly<Record<string, JsonObject>>;
  readonly security: Alternatives;
}

/** All operations of a contract without `$ref`s, or all webhooks, whose names take the place of paths. */
export function operationsOf(contract: OpenApiDocument, section: 'paths' | 'webhooks' = 'paths'): Operation[] {
  return openapi
    .operationsOf(contract, (node) => node, section)
    .map((operation) => {
      const item = Object.entries(asObject(contract[section]?.[operation.path]));
      const shared = Object.fromEntries(item.filter(([key]) => !methods.some((method) => method === key)));
      return {
        id: operation.operationId,
        route: `${operation.method.toUpperCase()} ${operation.path}`,
        node: { ...shared, ...operation.source },
        parameters: Object.fromEntries(
          operation.parameters.map((one) => [`the ${one.in} parameter \`${one.name}\``, withDefaults(one)]),
        ),
        responses: operation.responses,
        security: operation.security,
      };
    });
}

/** OpenAPI 3.0.3, section 4.7.12: how a parameter is serialized unless the contract says otherwise. */
function withDefaults(parameter: JsonObject): JsonObject {
  const style = parameter['style'] ?? (parameter['in'] === 'query' || parameter['in'] === 'cookie' ? 'form' : 'simple');
  return { explode: style === 'form', ...parameter, style };
}

type Pair = readonly [before: Operation | undefined, after: Operation | undefined];

/** Each operation of both contracts with its counterpart: the same operationId, or else the same route. */
export function pairOperations(before: readonly Operation[], after: readonly Operation[]): Pair[] {
  const kept = new Set(before.map(({ id }) => id));
  const renamed = after.filter(({ id }) => !kept.has(id));
  const known = before.map((old): Pair => [
    old,
    after.find(({ id }) => id === old.id) ?? renamed.find(({ route }) => route === old.route),
  ]);
  const added = after.filter((one) => !known.some(([, young]) => young === one)).map((one): Pair => [undefined, one]);
  return [...known, ...added];
}
