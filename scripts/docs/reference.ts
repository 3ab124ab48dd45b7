/** The reference as Markdown, for the static pages and for machines that read. Links are relative to the root of the site. */
import { problemCodesWithGateway } from '../../src/openapi/problem-codes.ts';
import { asObject, type Json, type JsonObject, type Parameter } from '../../src/openapi/document.ts';
import { nameOf } from '../../src/openapi/refs.ts';
import { type DocumentedContract, type DocumentedOperation, limitOf, textOf } from './contract.ts';
import { anchorOf, table } from './markdown.ts';
import { type Sample, sampleLanguages, samplesOf } from './samples.ts';

/** One operation: what it does, its input, its responses, and how to call it. Headings begin at level 2. */
export function renderOperation(operation: DocumentedOperation, contract: DocumentedContract, sdk: string): string {
  const { operationId, method, path, summary, description } = operation;
  const parameters = inReadingOrder(operation.parameters, contract);
  return [
    `## ${summary} (\`${operationId}\`)`,
    `\`${method.toUpperCase()} ${path}\``,
    description.trim(),
    ...[limitOf(operation, 'guides/requests.md')].filter((text) => text !== ''),
    ...(parameters.length > 0
      ? ['### Parameters', table(['name', 'in', 'meaning', 'type'], parameters.map(parameterRow))]
      : []),
    ...bodyOf(operation),
    ...exampleOf(operation),
    '### Responses',
    table(['status', 'body', 'codes', 'meaning'], responseRows(operation, contract)),
    '### Samples',
    ...samplesIn(samplesOf(operation, contract, sdk)),
  ].join('\n\n');
}

/** The samples below a heading for each language, and below it one for each example. */
function samplesIn(samples: readonly Sample[]): string[] {
  return sampleLanguages.flatMap((language) => [
    `#### ${language.heading}`,
    ...samples
      .filter((sample) => sample.language === language)
      .flatMap(({ example, source }) => [
        ...(example === undefined ? [] : [`##### ${example}`]),
        `\`\`\`${language.fence}\n${source}\n\`\`\``,
      ]),
  ]);
}

function parameterRow({ name, in: place, required, schema, description }: Parameter): string[] {
  return [`\`${name}\`${required === true ? ' (required)' : ''}`, place, textOf(description), typeOf(schema)];
}

/** The parameters with those last that every operation has: they are the least important ones. */
function inReadingOrder(parameters: readonly Parameter[], { operations }: DocumentedContract): readonly Parameter[] {
  const everywhere = ({ name }: Parameter) =>
    operations.every((one) => one.parameters.some((its) => its.name === name));
  return [...parameters.filter((one) => !everywhere(one)), ...parameters.filter(everywhere)];
}

function bodyOf({ requestBody, bodySchema = {} }: DocumentedOperation): string[] {
  if (!requestBody) return [];
  const need = requestBody['required'] === true ? 'required' : 'optional';
  const examples = Object.values(asObject(requestBody.content['application/json']?.['examples'])).map(asObject);
  return [
    '### Body',
    `${typeOf(bodySchema)}, ${need}. ${textOf(requestBody['description'])}`.trim(),
    ...examples.flatMap(({ summary, value }) => [`${textOf(summary)}:`, block(value)]),
  ];
}

/** The first example of the successful response. */
function exampleOf({ responses, resultType = '' }: DocumentedOperation): string[] {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const [example] = Object.values(asObject(asObject(asObject(success?.['content'])[resultType])['examples']));
  return example === undefined ? [] : ['### Example response', block(asObject(example)['value'])];
}

/** An example as a block of code: a text as it is, anything else as JSON. */
function block(value: Json | undefined): string {
  return typeof value === 'string'
    ? `\`\`\`text\n${value.trimEnd()}\n\`\`\``
    : `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function responseRows({ responses, result }: DocumentedOperation, { schemas }: DocumentedContract): string[][] {
  return Object.entries(responses).map(([status, response]) => {
    const schema = status.startsWith('2') ? result : 'Problem';
    const body = schema === undefined ? '' : response['x-made-by'] === 'gateway' ? 'GatewayError' : schema;
    if (body !== '' && schemas[body] === undefined) throw new Error(`There is no schema ${body}.`);
    return [
      status,
      body === '' ? '' : linkToSchema(body),
      problemCodesWithGateway(response)
        .map((code) => `[\`${code}\`](errors.md#${code})`)
        .join(', '),
      textOf(response['description']),
    ];
  });
}

const linkToSchema = (name: string) => `[${name}](schemas.md#${anchorOf(name)})`;

/** All schemas by name. Headings begin at level 2. */
export function renderSchemas({ schemas }: DocumentedContract): string {
  return Object.entries(schemas)
    .map(([name, schema]) => renderSchema(name, schema))
    .join('\n\n');
}

function renderSchema(name: string, schema: JsonObject): string {
  const members = Object.entries(asObject(schema['properties']) as Record<string, JsonObject>);
  const required = new Set((schema['required'] ?? []) as string[]);
  const rows = members.map(([member, its]) => [
    `\`${member}\`${required.has(member) ? ' (required)' : ''}`,
    textOf(its['description']),
    typeOf(its),
  ]);
  return [
    `## ${name}`,
    ...(typeof schema['description'] === 'string' ? [schema['description']] : []),
    rows.length > 0 ? table(['member', 'meaning', 'type'], rows) : typeOf(schema),
  ].join('\n\n');
}

const bounds = [
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'default',
  'pattern',
];

/** A schema in a few words: its name where it has one, else its type and bounds. */
export function typeOf(schema: JsonObject): string {
  const name = nameOf(schema, 'schemas');
  if (name !== undefined) return linkToSchema(name);
  const types = [schema['type'] ?? []].flat() as readonly string[];
  const orNull = types.length > 1 && types.includes('null') ? ' or null' : '';
  const alternatives = (schema['oneOf'] ?? schema['anyOf'] ?? []) as readonly JsonObject[];
  if (alternatives.length > 0) return alternatives.map(typeOf).join(' or ') + orNull;
  const { const: only, items } = schema as { const?: string; items?: JsonObject };
  const values = (only === undefined ? schema['enum'] : [only]) as readonly string[] | undefined;
  const what = values
    ? values.map((value) => `\`${value}\``).join(', ')
    : items
      ? `array of ${typeOf(items)}`
      : types.filter((type) => orNull === '' || type !== 'null').join(' or ') || 'object';
  const limits = bounds
    .filter((key) => schema[key] !== undefined && !(values && key !== 'default'))
    .map((key) => `${key} \`${textOf(schema[key])}\``);
  return [what + orNull, ...limits].join(', ');
}
