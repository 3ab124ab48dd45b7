/** Renders the checks of the client's inputs: `client/src/generated/inputs.ts`. */
import { createRequire } from 'node:module';
import { asObject, type JsonObject, type OpenApiDocument } from '../../src/openapi/document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { nameOf, shallowResolver } from '../../src/openapi/refs.ts';
import { clientContract } from './client-model.ts';
import { literal, quoted } from './generate-client.ts';
import { besideNull } from './null-types.ts';

/** The rules about the content of an input that its schema cannot express, by the name of the schema or of the operation. */
const rules: Readonly<Record<string, string>> = {
  EventCreate: 'contentRules',
  EventUpdate: 'contentRules',
  EventDuplicate: 'timeRules',
  RegistrationDetails: 'answersRules',
  RegistrationUpdate: 'answersRules',
  listEvents: 'filterRules',
};

const { fullFormats } = createRequire(import.meta.url)('ajv-formats/dist/formats.js') as {
  readonly fullFormats: Readonly<Record<string, unknown>>;
};

/** A call without side effects, which a bundler drops if its value is not used. */
const pure = (call: string) => `/* @__PURE__ */ ${call}`;

/** The source of `inputs.ts`: one check for each schema that inputs refer to, and one Standard Schema for each input. */
export function renderClientInputs(document: OpenApiDocument): string {
  const { operations: described } = clientContract(document);
  const schemas = asObject(document.components?.['schemas']) as Readonly<Record<string, JsonObject>>;
  const resolve = shallowResolver(document);
  const nodes = new Map<string, string>();
  const used = new Set<string>();
  const call = (name: string, ...args: readonly string[]) => {
    used.add(name);
    return pure(`${name}(${args.join(', ')})`);
  };

  const inputs = operationsOf(document, resolve).flatMap((operation) => {
    const { operationId: id, method, parameters, requestBody } = operation;
    const type = described.find((one) => one.id === id)?.input;
    if (type === undefined) return [];
    const [media] = Object.values(requestBody?.content ?? {});
    const body = media?.['schema'] as JsonObject | undefined;
    const query = parameters.filter((one) => one.in === 'query');
    const fields = query.map(({ name, schema }) => `${name}: ${nodeOf(schema)}`).join(', ');
    const rule = rules[nameOf(body, 'schemas') ?? id];
    const options = {
      required: requestBody?.['required'] === true ? 'true' : undefined,
      partial: method === 'patch' ? 'true' : undefined,
      rule,
    };
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    const args = [
      body === undefined ? 'undefined' : nodeOf(body),
      `{ ${fields} }`.replace('{  }', '{}'),
      ...(given.length > 0 ? [`{ ${given.map(([name, value]) => `${name}: ${value}`).join(', ')} }`] : []),
    ];
    return [{ id, type, rule, source: pure(`input(${args.join(', ')})`) }];
  });

  const types = [...new Set(inputs.map(({ type }) => type))].sort();
  const ruleNames = [...new Set(inputs.flatMap(({ rule }) => rule ?? []))].sort();
  return `
import { ${[...used].sort().join(', ')} } from '../schemas/checks.ts';
import { input, type InputSchema } from '../schemas/input.ts';
import { ${ruleNames.join(', ')} } from '../schemas/rules.ts';
import type { ${types.join(', ')} } from './schemas.ts';

${[...nodes].map(([name, source]) => `const ${name} = ${source};\n`).join('')}
${inputs
  .map(
    ({ id, type, source }) =>
      `/** Validates the input of \`${id}\`. */\nexport const ${id}Input: InputSchema<${type}> = ${source};\n`,
  )
  .join('\n')}`;

  /** The name of the check of a schema with a name, or a call that makes it. */
  function nodeOf(schema: JsonObject): string {
    const name = nameOf(schema, 'schemas');
    if (name === undefined) return sourceOf(schema);
    const target = schemas[name] as JsonObject;
    if (!nodes.has(name)) {
      const source = sourceOf(target);
      nodes.set(name, source);
    }
    return name;
  }

  function sourceOf(schema: JsonObject): string {
    const other = besideNull(schema);
    if (other !== undefined) return call('orNull', nodeOf(other));
    const { type, oneOf, enum: values, const: only } = schema;
    if (Array.isArray(type))
      return call('anyOf', ...(type as readonly string[]).map((one) => sourceOf({ ...schema, type: one })));
    if (values !== undefined || only !== undefined) return call('oneOf', literal(values ?? [only]));
    if (oneOf !== undefined) return unionOf(schema);
    if (type === 'object') return objectOf(schema);
    if (type === 'array') return arrayOf(schema);
    if (type === 'boolean') return call('boolean');
    if (type === 'integer') return call('integer', ...limits(schema, 'minimum', 'maximum'));
    if (type === 'string') return stringOf(schema);
    throw new Error(`The client cannot check a schema of the type ${JSON.stringify(type)}.`);
  }

  function stringOf(schema: JsonObject): string {
    const { 'x-text': kind, 'x-expected': expected = '', pattern, format } = schema;
    const size = limits(schema, 'minLength', 'maxLength');
    if (kind === 'url') return call('url', ...size, quoted(expected as string));
    if (kind === 'single-line' || kind === 'multi-line') return call('text', ...size, quoted(kind));
    if (format === 'date-time') return call('dateTime', ...size, quoted(expected as string), regExp(pattern as string));
    // The pattern of a UUID says more than its format.
    const form = pattern === undefined ? fullFormats[(format ?? '') as string] : regExp(pattern as string);
    if (form === undefined && format === undefined) return call('string', ...size);
    if (pattern === undefined && !(form instanceof RegExp))
      throw new Error(`The client cannot check the format ${JSON.stringify(format)}.`);
    return call('string', ...size, quoted(expected as string), String(form));
  }

  function arrayOf(schema: JsonObject): string {
    const { items, uniqueItems } = schema;
    return call(
      'array',
      nodeOf(items as JsonObject),
      ...limits(schema, 'minItems', 'maxItems'),
      ...(uniqueItems === true ? ['true'] : []),
    );
  }

  function objectOf({
    properties,
    required = [],
    additionalProperties,
    propertyNames,
    maxProperties,
  }: JsonObject): string {
    if (typeof additionalProperties === 'object') {
      const names = asObject(resolve(propertyNames as JsonObject));
      return call(
        'map',
        nodeOf(additionalProperties as JsonObject),
        JSON.stringify(maxProperties),
        regExp(names['pattern'] as string),
        quoted(names['x-expected'] as string),
      );
    }
    const fields = Object.entries(asObject(properties)).map(([name, member]) => `${name}: ${nodeOf(asObject(member))}`);
    return call(
      'object',
      `{ ${fields.join(', ')} }`,
      ...((required as readonly string[]).length > 0 ? [literal(required)] : []),
    );
  }

  function unionOf({ oneOf, discriminator }: JsonObject): string {
    const tag = asObject(discriminator)['propertyName'] as string;
    const branches = (oneOf as readonly JsonObject[]).flatMap((branch) => {
      const { enum: values, const: only } = asObject(asObject(asObject(resolve(branch))['properties'])[tag]);
      return ((values ?? [only]) as readonly string[]).map((kind) => `${quoted(kind)}: ${nodeOf(branch)}`);
    });
    return call('union', quoted(tag), `{ ${branches.join(', ')} }`);
  }
}

/** The least and the greatest value of two keywords; those of a number or a length if a keyword is absent. */
const limits = (schema: JsonObject, min: string, max: string) => [
  JSON.stringify(schema[min]) ?? (min === 'minimum' ? '-Infinity' : '0'),
  JSON.stringify(schema[max]) ?? 'Infinity',
];

const regExp = (pattern: string) => String(new RegExp(pattern));
