/** Renders the client's part of what follows from the contract: `client/src/generated/`. */
import { clientContract, type ClientOperation, foreignCodes, nameOf } from './client-model.ts';
import type { Tree } from './read.ts';
import { withRetirementsDescribed } from './deprecation-text.ts';
import type { Identifier, InterfaceDeclaration, PropertySignature, TypeLiteralNode, TypeNode } from 'typescript';

/** The source of `operations.ts`: the table by which operations are sent, their codes, and the interface that carries the contract's words. */
export function renderClientOperations(document: Tree, version: string): string {
  const { operations } = clientContract(document);
  const unrouted = Object.keys(document['x-unrouted-codes'] ?? {});
  const types = [...new Set(operations.flatMap(({ input, output }) => [input, output]))].filter(
    (name) => name !== undefined && name !== 'undefined',
  );
  const targets = [...new Set(operations.flatMap(({ ids }) => targetOf(ids) ?? []))];
  return `
import type { ApiPromise, PagePromise } from '../promises.ts';
import type { CallOptions, OperationEntry, ${targets.sort().join(', ')} } from '../types.ts';
import type { ${types.sort().join(', ')} } from './schemas.ts';

/** The version of this package. */
export const version = ${quoted(version)};

/** How each operation is sent. */
export const operations: { readonly [Id in OperationId]: OperationEntry } = {
${operations.map(({ id, entry }) => `  ${id}: ${literal(entry)},\n`).join('')}};

/** What the code of an answer is that is no problem of this API's own making: by status. */
export const foreignCodes: { readonly [status: number]: ProblemCode } = ${literal(foreignCodes(document))};

/** The name of an operation. */
export type OperationId = keyof ProblemCodes;

/** The problem codes that each operation can be answered with. */
export interface ProblemCodes {
${operations.map(({ id, codes }) => `  ${id}: ${union(codes)};\n`).join('')}}

/** Codes of answers that come before there is an operation: a wrong \`baseUrl\` is \`route-not-found\`. */
export type UnroutedCode = ${union(unrouted)};

/** The problem codes that an operation, or any of them, can be answered with. */
export type ProblemCode<Op extends OperationId = OperationId> = ProblemCodes[Op] | UnroutedCode;

/** The operations of the API, each as a method. */
export interface EventsClient {
${operations.map(method).join('\n')}}
`;
}

function method({ id, words, ids, input, inputRequired, output, deprecated, entry }: ClientOperation): string {
  const target = ids.length === 0 ? [] : [`target: ${targetOf(ids)}<${union(ids)}>`];
  const change = entry.read ? `${input} | ((current: ${output}) => ${input} | undefined)` : (input ?? 'undefined');
  const parameters = [...target, `input${inputRequired ? '' : '?'}: ${change}`, 'options?: CallOptions'];
  const answer = `${entry.paged ? 'PagePromise' : 'ApiPromise'}<${output}, ${quoted(id)}>`;
  const comment =
    words.join('\n\n').trim().replaceAll('*/', '*\\/') +
    (deprecated === undefined ? '' : `\n\n@deprecated ${deprecated}`.trimEnd());
  return `  /**\n${comment.replace(/^/gm, '   * ').replace(/ +$/gm, '')}\n   */\n  ${id}(${parameters.join(', ')}): ${answer};\n`;
}

/** An id alone can stand for what it names; several must be named. */
function targetOf({ length }: readonly string[]): 'Target' | 'Targets' | undefined {
  return length === 0 ? undefined : length === 1 ? 'Target' : 'Targets';
}

const quoted = (text: string) => `'${text}'`;
const union = (names: readonly string[]) => names.map(quoted).join(' | ') || 'never';

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? quoted(value) : String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([name, member]) => `${name}: ${literal(member)}`).join(', ')} }`;
}

/**
 * The source of `schemas.ts`: each schema of the contract, and each input that is made of parameters, as a type of its own name. (With the
 * option `rootTypes` of openapi-typescript, an editor would show `components["schemas"]["Event"]` wherever an event stands.)
 */
export async function renderClientSchemas(document: Tree): Promise<string> {
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
    components: { schemas: withMembersRetired(withRetirementsDescribed(clientContract(document).schemas)) },
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

/** Retires members whose schema is: an editor strikes out what says so itself, not what has a type that does. */
function withMembersRetired(schemas: Readonly<Record<string, Tree>>): Record<string, Tree> {
  const retired = (member: Tree): Tree => {
    const { deprecated, description } = schemas[nameOf(member) ?? ''] ?? {};
    return deprecated === true ? { allOf: [member], deprecated, description } : member;
  };
  const all = Object.entries(schemas).map(([name, schema]) => {
    const members = Object.entries((schema['properties'] ?? {}) as Record<string, Tree>).map(([member, its]) => [
      member,
      retired(its),
    ]);
    return [
      name,
      members.length === 0 ? schema : { ...schema, properties: Object.fromEntries(members) as Tree },
    ] as const;
  });
  return Object.fromEntries(all);
}
