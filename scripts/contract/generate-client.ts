/** Renders the client's part of what follows from the contract: `client/src/generated/`. */
import { clientContract, type ClientOperation, codesByGatewayStatus } from './client-model.ts';
import type { JsonObject, OpenApiDocument } from '../../src/openapi/document.ts';
import { nameOf } from '../../src/openapi/refs.ts';
import { withDeprecationsDescribed } from './deprecation-text.ts';
import { besideNull } from './null-types.ts';
import type { Identifier, InterfaceDeclaration, PropertySignature, TypeLiteralNode, TypeNode } from 'typescript';

/** The source of `operations.ts`: the table by which operations are sent, their codes, and the interface that carries the contract's words. */
export function renderClientOperations(document: OpenApiDocument, version: string): string {
  const { operations } = clientContract(document);
  const unrouted = Object.keys(document['x-unrouted-codes'] ?? {});
  const types = [...new Set(operations.flatMap(({ input, output }) => [input, output]))].filter(
    (name) => name !== undefined && !['undefined', 'string'].includes(name),
  );
  const targets = [...new Set(operations.flatMap(({ ids }) => targetOf(ids) ?? []))];
  const helpers = [
    'CallOptions',
    'OperationEntry',
    ...(operations.some((one) => one.textTypes.length > 0) ? ['TextOptions'] : []),
  ];
  const promises = [
    'ApiPromise',
    'PagePromise',
    ...(operations.some(({ textTypes, entry }) => textTypes.length > 0 && entry.paged) ? ['TextPages'] : []),
  ];
  return `
import type { ${promises.join(', ')} } from '../promises.ts';
import type { ${[...targets, ...helpers].sort().join(', ')} } from '../types.ts';
import type { ${types.sort().join(', ')} } from './schemas.ts';

/** The version of this package. */
export const version = ${quoted(version)};

/** How each operation is sent. */
export const operations: { readonly [Id in OperationId]: OperationEntry } = {
${operations.map(({ id, entry }) => `  ${id}: ${literal(entry)},\n`).join('')}};

/** The code of a response that the gateway made, by its status. */
export const codesByGatewayStatus: { readonly [status: number]: ProblemCode } = ${literal(codesByGatewayStatus(document))};

/** The name of an operation. */
export type OperationId = keyof ProblemCodes;

/** The operations that read; all others change something. */
export type ReadOperationId = ${union(operations.filter(({ entry }) => entry.method === 'get').map(({ id }) => id))};

/** The problem codes of each operation. */
export interface ProblemCodes {
${operations.map(({ id, codes }) => `  ${id}: ${union(codes)};\n`).join('')}}

/** The codes of responses that belong to no operation: a wrong \`baseUrl\` is \`route-not-found\`. */
export type UnroutedCode = ${union(unrouted)};

/** The problem codes of an operation, or of all operations. */
export type ProblemCode<Op extends OperationId = OperationId> = ProblemCodes[Op] | UnroutedCode;

/** The operations of the API, each as a method. */
export interface EventsClient {
${operations.map(method).join('\n')}}
`;
}

function method({
  id,
  words,
  ids,
  numericIds,
  input,
  inputRequired,
  output,
  textTypes,
  deprecated,
  entry,
}: ClientOperation): string {
  const target = ids.length === 0 ? [] : [`target: ${targetOf(ids)}<${targetTypes(ids, numericIds)}>`];
  const change = entry.readOperation
    ? `${input} | ((current: ${output}) => ${input} | undefined | Promise<${input} | undefined>)`
    : (input ?? 'undefined');
  const inputs = [...target, `input${inputRequired ? '' : '?'}: ${change}`];
  const result = `${entry.paged ? 'PagePromise' : 'ApiPromise'}<${output}, ${quoted(id)}>`;
  const comment =
    words.join('\n\n').trim().replaceAll('*/', '*\\/') +
    (deprecated === undefined ? '' : `\n\n@deprecated ${deprecated}`.trimEnd());
  const doc = `  /**\n${comment.replace(/^/gm, '   * ').replace(/ +$/gm, '')}\n   */\n`;
  // The overload for text comes first: the compiler takes the first one that fits.
  const asText =
    textTypes.length === 0
      ? ''
      : `${doc}  ${id}(${[...inputs.map((one) => one.replace('?: undefined', ': undefined').replace('?:', ': undefined |')), `options: TextOptions<${union(textTypes)}>`].join(', ')}): ${entry.paged ? 'TextPages' : `ApiPromise<string, ${quoted(id)}>`};\n`;
  return `${asText}${doc}  ${id}(${[...inputs, 'options?: CallOptions'].join(', ')}): ${result};\n`;
}

/** An id alone can stand for what it names; several must be named. */
function targetOf({ length }: readonly string[]): 'Target' | 'Targets' | undefined {
  return length === 0 ? undefined : length === 1 ? 'Target' : 'Targets';
}

/** The ids that are text, and those that are numbers if there are any. */
function targetTypes(ids: readonly string[], numericIds: readonly string[]): string {
  const texts = union(ids.filter((name) => !numericIds.includes(name)));
  return numericIds.length === 0 ? texts : `${texts}, ${union(numericIds)}`;
}

/** A string of one line as TypeScript writes it. */
export const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
const union = (names: readonly string[]) => names.map(quoted).join(' | ') || 'never';

/** A JSON value as TypeScript writes it. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? quoted(value) : String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([name, member]) => `${name}: ${literal(member)}`).join(', ')} }`;
}

/**
 * The source of `schemas.ts`: each schema of the contract, and each input built from parameters, as a named type. (With the
 * option `rootTypes` of openapi-typescript, an editor would show `components["schemas"]["Event"]` instead of `Event`.)
 */
export async function renderClientSchemas(document: OpenApiDocument): Promise<string> {
  const [{ default: openapiTS, astToString }, { createConfig }, { default: ts }] = await Promise.all([
    import('openapi-typescript'),
    import('@redocly/openapi-core'),
    import('typescript'),
  ]);
  const { openapi, info } = document;
  const source = {
    openapi,
    info,
    paths: {},
    components: { schemas: withDeprecatedMembers(withDeprecationsDescribed(clientContract(document).schemas)) },
  };
  const nodes = await openapiTS(source as never, {
    redocly: await createConfig({}, { extends: [] }),
    defaultNonNullable: false,
    silent: true,
  });
  const components = nodes.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'components');
  const schemas = (components as InterfaceDeclaration).members[0] as PropertySignature;
  const types = (schemas.type as TypeLiteralNode).members.map((member) => {
    const { name, type } = member as PropertySignature;
    const alias = ts.factory.createTypeAliasDeclaration(
      [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)],
      (name as Identifier).text,
      undefined,
      type as TypeNode,
    );
    return ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(member));
  });
  return astToString(types).replaceAll(/components\["schemas"\]\["(\w+)"\]/g, '$1');
}

/** Deprecates fields whose schema is deprecated: an editor strikes out a deprecated field, but not one of a deprecated type. */
function withDeprecatedMembers(schemas: Readonly<Record<string, JsonObject>>): Record<string, JsonObject> {
  const withDeprecation = (member: JsonObject): JsonObject => {
    const { deprecated, description: its } = schemas[nameOf(besideNull(member) ?? member, 'schemas') ?? ''] ?? {};
    if (deprecated !== true) return member;
    const { description = its, ...rest } = member;
    return { allOf: [rest], deprecated, ...(description === undefined ? {} : { description }) };
  };
  const all = Object.entries(schemas).map(([name, schema]) => {
    const members = Object.entries((schema['properties'] ?? {}) as Record<string, JsonObject>).map(([member, its]) => [
      member,
      withDeprecation(its),
    ]);
    return [
      name,
      members.length === 0 ? schema : { ...schema, properties: Object.fromEntries(members) as JsonObject },
    ] as const;
  });
  return Object.fromEntries(all);
}
