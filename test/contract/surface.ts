/**
 * The surface of the contract: everything that a program depends on, without prose and examples. Each parameter, response and member of a
 * schema has its line, so that a change of one shows as one.
 * Unknown keywords are shown as JSON, so that a keyword that is new to the contract is shown, too.
 */
import {
  type Contract,
  type Operation,
  type Parameter,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from './contract.ts';

type Node = Readonly<Record<string, unknown>>;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];
const prose = ['description', 'summary', 'example', 'examples', 'links', 'tags', 'x-enumDescriptions', 'x-problems'];

/** The surface of a contract, one part per line. */
export function surfaceOf(contract: Contract): string {
  const {
    parameters = {},
    headers = {},
    responses = {},
    schemas,
  } = contract.components as Record<string, Record<string, Node>>;
  const { paths, components: _, info: _info, servers: _servers, ...root } = contract as Contract & Node;
  const components = [
    ...entries(parameters).map(([name, one]) => `parameter ${name} = ${parameter(one)}`),
    ...entries(headers).map(([name, one]) => `header ${name} = ${header(one)}`),
    ...entries(responses).map(([name, one]) => `response ${name} = ${response(one)}`),
    ...entries(schemas ?? {}).map(([name, one]) => `${name} = ${schema(one, inLines)}`),
  ];
  return [
    `all${rest(root)}`,
    ...entries(paths).flatMap(([path, item]) => pathItem(path, item as Node)),
    ...components,
  ].join('\n');
}

function pathItem(path: string, item: Node): string[] {
  const shared = (item['parameters'] ?? []) as Parameter[];
  const own = Object.keys(item).filter((key) => methods.includes(key));
  const other = rest(item, 'parameters', ...own);
  return [
    ...(other === '' && shared.length === 0 ? [] : [`${path}${other}`, ...shared.map((one) => `  ${parameter(one)}`)]),
    ...own.flatMap((method) => operation(method, path, item[method] as Operation & Node)),
  ];
}

function operation(
  method: string,
  path: string,
  { operationId, parameters = [], requestBody: declared, responses, ...other }: Operation & Node,
): string[] {
  const requestBody = declared as Node | undefined;
  return [
    `${operationId}: ${method.toUpperCase()} ${path}${rest(other)}`,
    ...parameters.map((one) => `  ${parameter(one)}`),
    ...(requestBody === undefined
      ? []
      : [`  body${mark(requestBody)} ${content(requestBody['content'])}${rest(requestBody, 'content', 'required')}`]),
    ...entries(responses).map(([status, one]) => `  ${status} ${response(one)}`),
  ];
}

const parameter = (one: Parameter | Node) =>
  named(
    one as Node,
    ({ name, in: place, schema: type, ...other }) =>
      `${String(name)}${mark(other)} in ${String(place)}: ${schema(type as Schema)}${rest(other, 'required')}`,
  );

const header = (one: Node) =>
  named(one, ({ schema: type, ...other }) => `${mark(other)} ${schema(type as Schema)}${rest(other, 'required')}`);

const response = (one: Response | Node) =>
  named(
    one as Node,
    ({ headers = {}, content: bodies, ...other }) =>
      [
        content(bodies),
        ...entries(headers as Record<string, Node>).map(([name, value]) => `${name}: ${header(value)}`),
      ].join('; ') + rest(other),
  );

const content = (bodies: unknown) =>
  entries((bodies ?? {}) as Record<string, Node>)
    .map(([mediaType, { schema: type, ...other }]) => `${mediaType} ${schema(type as Schema)}${rest(other)}`)
    .join(' or ');

type Join = (members: readonly string[]) => string;
const inOneLine: Join = (members) => `{ ${members.join(', ')} }`;
const inLines: Join = (members) => `{\n${members.map((member) => `  ${member}\n`).join('')}}`;

function schema(node: Schema, join = inOneLine): string {
  const other = besideNull(node);
  if (other !== undefined) return nullable(other);
  if (Array.isArray(node['type']) && node['type'].includes('null')) {
    const [type, ...more] = (node['type'] as string[]).filter((one) => one !== 'null');
    return nullable({ ...node, type: more.length === 0 ? type : [type, ...more] });
  }
  return named(
    node,
    ({ type, const: only, enum: values = only && [only], items, properties, required, oneOf, allOf, ...other }) => {
      const needed = (required ?? []) as string[];
      const unknown = needed.filter((name) => !Object.hasOwn((properties ?? {}) as Node, name));
      const parts = [
        Array.isArray(type) ? type.join('|') : ((type as string | undefined) ?? ''),
        ...(values === undefined ? [] : [(values as string[]).join(' | ')]),
        ...(items === undefined ? [] : [`of ${schema(items as Schema)}`]),
        ...(properties === undefined
          ? []
          : [
              join(
                entries(properties as Record<string, Schema>).map(
                  ([name, one]) => `${name}${needed.includes(name) ? '' : '?'}: ${schema(one)}`,
                ),
              ),
            ]),
        ...(unknown.length === 0 ? [] : [`required ${unknown.join(' ')}`]),
        ...(oneOf === undefined ? [] : [(oneOf as Schema[]).map((one) => schema(one)).join(' or ')]),
        ...(allOf === undefined ? [] : [(allOf as Schema[]).map((one) => schema(one)).join(' and ')]),
      ];
      return parts.filter((part) => part !== '').join(' ') + rest(other);
    },
  );
}

/** The schema next to null in an `anyOf`, if there is one. */
function besideNull({ anyOf = [] }: Schema): Schema | undefined {
  const others = anyOf.filter(({ type }) => type !== 'null');
  return anyOf.length === 2 && others.length === 1 ? others[0] : undefined;
}

/** A nullable reference, shown with the keywords of its schema. */
function nullable(reference: Schema): string {
  const { type, ...others } = resolve(reference);
  return schema({ type, nullable: true, ...others });
}

/** A reference by its name, any other node as `show` returns it. */
function named(node: Reference & Node, show: (node: Node) => string): string {
  return typeof node.$ref === 'string' ? (node.$ref.split('/').at(-1) ?? '') : show(node);
}

const mark = (node: Node) => (node['required'] === true ? '!' : '?');

/** The other keywords of a node, as `keyword=value`. */
function rest(node: Node, ...known: string[]): string {
  const left = entries(node).filter(([key, value]) => ![...known, ...prose].includes(key) && value !== undefined);
  return left.map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('');
}

const entries = <T>(object: Readonly<Record<string, T>>) => Object.entries(object);
