import type { JsonObject } from '../../../src/openapi/document.ts';

/**
 * A schema in the one spelling that is compared, so that OpenAPI 3.0 and 3.1 say the same in the same words: `nullable` beside the other
 * types, `enum` for a single value, too, and an exclusive bound as a flag beside its number.
 */
export function spelledAlike(schema: JsonObject): JsonObject {
  return withFlaggedBounds(withListedValues(withNullable(schema)));
}

/** `type: [string, 'null']` as `type: string` and `nullable: true`. Several other types are sorted, integers being numbers. */
function withNullable(schema: JsonObject): JsonObject {
  if (!Array.isArray(schema['type'])) return schema;
  const all = new Set(schema['type'] as string[]);
  const others = [...all].filter((one) => one !== 'null' && !(one === 'integer' && all.has('number'))).sort();
  if (others.length === 0) return { ...schema, type: 'null' };
  return {
    ...schema,
    type: others.length === 1 ? others[0] : others,
    ...(all.has('null') ? { nullable: true } : {}),
  };
}

function withListedValues({ const: only, ...schema }: JsonObject): JsonObject {
  if (only === undefined) return schema;
  const listed = schema['enum'] as readonly unknown[] | undefined;
  return { ...schema, enum: listed === undefined || listed.includes(only) ? [only] : [] };
}

/** `exclusiveMinimum: 5` as `minimum: 5` and `exclusiveMinimum: true`, unless `minimum` is larger. The same for the maximum. */
function withFlaggedBounds(schema: JsonObject): JsonObject {
  const bounds = [
    ['minimum', 'exclusiveMinimum', (exclusive: number, limit: number) => exclusive >= limit],
    ['maximum', 'exclusiveMaximum', (exclusive: number, limit: number) => exclusive <= limit],
  ] as const;
  return bounds.reduce<JsonObject>((spelled, [inclusive, flag, isTighter]) => {
    const { [flag]: exclusive, ...rest } = spelled;
    if (typeof exclusive !== 'number') return spelled;
    const limit = rest[inclusive] as number | undefined;
    return limit === undefined || isTighter(exclusive, limit)
      ? { ...rest, [inclusive]: exclusive, [flag]: true }
      : rest;
  }, schema);
}
