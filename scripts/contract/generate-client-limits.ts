/** Renders what a form needs to know of the contract without validating: `client/src/generated/limits.ts` and `enums.ts`. */
import { asObject, type JsonObject, type OpenApiDocument } from '../../src/openapi/document.ts';
import { nameOf } from '../../src/openapi/refs.ts';
import { clientContract } from './client-model.ts';
import { literal, quoted } from './generate-client.ts';
import { nullsAsTypes } from './null-types.ts';

/** The keywords that are limits. Lengths count characters, as JSON Schema does. */
const limitKeywords = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'maxProperties'];

/** The source of `limits.ts`: the limits of each field of each object that is sent, by the name of its schema. */
export function renderClientLimits(document: OpenApiDocument): string {
  const { operations, schemas } = clientContract(nullsAsTypes(document));
  const named = new Map<string, JsonObject>();
  for (const { input } of operations) if (input !== undefined) visit({ $ref: `#/components/schemas/${input}` });
  const rendered = [...named].flatMap(([name, schema]) => {
    const fields = fieldsOf(schema, schemas);
    return fields === undefined ? [] : [`/** The limits of ${name}. */\nexport const ${name} = ${fields} as const;\n`];
  });
  return `\n${rendered.join('\n')}`;

  function visit(node: unknown, parent = ''): void {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, parent));
    if (node === null || typeof node !== 'object') return;
    const name = nameOf(node, 'schemas');
    if (name !== undefined && named.has(name)) return;
    const schema = name === undefined ? (node as JsonObject) : (schemas[name] as JsonObject);
    if (name !== undefined) named.set(name, schema);
    // What an input adds to its body has the name of the input.
    else if (parent !== '' && schema['properties'] !== undefined) named.set(parent, schema);
    const { allOf, oneOf, properties, items } = schema;
    visit(allOf, name ?? '');
    visit([oneOf, items]);
    for (const member of Object.values(asObject(properties))) visit(member);
  }
}

/** The fields of an object with their limits; undefined if none has a limit. */
function fieldsOf({ properties, required = [] }: JsonObject, schemas: Record<string, JsonObject>): string | undefined {
  const fields = Object.entries(asObject(properties)).map(([name, member]) => {
    const limits = limitsOf(asObject(member), schemas);
    return [name, { required: (required as readonly string[]).includes(name), ...limits }] as const;
  });
  if (fields.every(([, { required: _, ...limits }]) => Object.keys(limits).length === 0)) return undefined;
  return `{\n${fields.map(([name, limits]) => `  ${name}: ${literal(limits)},\n`).join('')}}`;
}

function limitsOf(schema: JsonObject, schemas: Record<string, JsonObject>): JsonObject {
  const { items, ...own } = flattened(schema, schemas);
  // The length of a value from a list says nothing.
  if (own['enum'] !== undefined || own['const'] !== undefined) return {};
  const limits = Object.fromEntries(limitKeywords.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]])));
  const ofItems = items === undefined ? {} : limitsOf(asObject(items), schemas);
  return Object.keys(ofItems).length === 0 ? limits : { ...limits, items: ofItems };
}

/** A schema with what it refers to. */
function flattened(schema: JsonObject, schemas: Record<string, JsonObject>): JsonObject {
  const name = nameOf(schema, 'schemas');
  const target = name === undefined ? {} : flattened(schemas[name] as JsonObject, schemas);
  const parts = ((schema['allOf'] ?? []) as readonly JsonObject[]).map((one) => flattened(one, schemas));
  return Object.assign({}, target, ...parts, schema) as JsonObject;
}

/**
 * The source of `enums.ts`: the values of each schema with an `enum`, named by its plural (`eventStatuses` of `EventStatus`), and the
 * kinds of each union (`locationKinds` of `Location`). The values of a field that repeats the end of its schema's name are named by
 * the schema (`checkInOutcomes` of `CheckInOutcome.outcome`).
 */
export function renderClientEnums(document: OpenApiDocument): string {
  const schemas = asObject(document.components?.['schemas']) as Readonly<Record<string, JsonObject>>;
  const lists = Object.entries(schemas).flatMap(([name, schema]) => {
    const { enum: values, properties, discriminator } = schema;
    if (values !== undefined) return [{ name: plural(name), type: name, values }];
    const kinds = discriminator && Object.keys(asObject(asObject(discriminator)['mapping']));
    const kind = kinds && (asObject(discriminator)['propertyName'] as string);
    const ofFields = Object.entries(asObject(properties)).flatMap(([field, member]) =>
      asObject(member)['enum'] !== undefined && name.toLowerCase().endsWith(field.toLowerCase())
        ? [{ name: plural(name), type: `${name}[${quoted(field)}]`, values: asObject(member)['enum'] }]
        : [],
    );
    return [
      ...(kind ? [{ name: `${camel(name)}Kinds`, type: `${name}[${quoted(kind)}]`, values: kinds }] : []),
      ...ofFields,
    ];
  });
  // A union of a request has the kinds of the one in the response.
  const unique = lists.filter(
    ({ values }, index) => lists.findIndex((one) => literal(one.values) === literal(values)) === index,
  );
  const types = [...new Set(unique.map(({ type }) => type.replace(/\[.*/, '')))].sort();
  return `
import type { ${types.join(', ')} } from './schemas.ts';

${unique
  .map(
    ({ name, type, values }) =>
      `/** The values of \`${type}\`. */\nexport const ${name} = ${literal(values)} as const satisfies readonly ${type}[];\n`,
  )
  .join('\n')}`;
}

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function plural(name: string): string {
  const ending = /(s|x|ch|sh)$/.test(name) ? 'es' : /[^aeiou]y$/.test(name) ? 'ies' : 's';
  return (ending === 'ies' ? camel(name).slice(0, -1) : camel(name)) + ending;
}
