/**
 * A sample of each operation for the client package and one for curl, made from the examples of the contract. They are complete
 * programs: tests run them all. Both take the access token from the environment variable `TOKEN`.
 */
import type { Json, Parameter } from '../../src/openapi/document.ts';
import { type DocumentedContract, type DocumentedOperation, textOf } from './contract.ts';

export interface Sample {
  /** As the switch between samples shows it. */
  readonly label: 'SDK' | 'curl';
  /** For the highlighter. */
  readonly lang: 'JavaScript' | 'curl';
  readonly source: string;
}

/** The labels and languages in the order of the switch. A sample in a language that is not listed is silently omitted by Redoc. */
export const sampleLanguages = [
  { lang: 'JavaScript', label: 'SDK' },
  { lang: 'curl', label: 'curl' },
] as const satisfies readonly Omit<Sample, 'source'>[];

/** The samples of an operation, the client package's first. */
export function samplesOf(
  operation: DocumentedOperation,
  contract: DocumentedContract,
  sdk: string,
): readonly Sample[] {
  const sources = { SDK: sdkSample(operation, contract.server, sdk), curl: curlSample(operation, contract.server) };
  return sampleLanguages.map((language) => ({ ...language, source: sources[language.label] }));
}

/** What a sample sends in the query: not what has a default, and not the position in a list, which only a response can provide. */
function shownInQuery({ in: place, name, schema }: Parameter): boolean {
  return place === 'query' && name !== 'cursor' && schema['default'] === undefined;
}

const exampleOf = (parameter: Parameter) => parameter['example'] as Json;

/** Lines get no longer than this, so that they fit beside the text. */
const widest = 80;

/** `curl -s …`, one argument a line. */
export function curlSample(operation: DocumentedOperation, server: string): string {
  const { method, path, parameters, secured, exampleBody } = operation;
  const url =
    server +
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
      return encodeURIComponent(parameter ? textOf(exampleOf(parameter)) : name);
    });
  const query = parameters
    .filter(shownInQuery)
    .flatMap((parameter) =>
      [exampleOf(parameter)].flat().map((value) => `-d ${inQuotes(`${parameter.name}=${inQuery(textOf(value))}`)}`),
    );
  const headers = parameters
    .filter(({ in: place, name }) => place === 'header' && name !== 'Client-Version')
    .map((one) => `${one.name}: ${textOf(exampleOf(one))}`);
  const sendsBody = exampleBody !== undefined;
  const methodFlag = method === 'get' || (method === 'post' && sendsBody) ? '' : ` -X ${method.toUpperCase()}`;
  return [
    `curl -s${query.length > 0 ? ' -G' : ''}${methodFlag} ${url}`,
    ...(secured ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...headers.map((header) => `-H ${inQuotes(header)}`),
    ...(sendsBody
      ? ["-H 'Content-Type: application/json'", `-d ${quoted(inSource(exampleBody, { quote: json, indent: '  ' }))}`]
      : []),
    ...query,
  ].join(' \\\n  ');
}

/** A value of a query string; what needs no encoding there (RFC 3986, section 3.4) stays readable. */
function inQuery(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2F', '/');
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const inQuotes = (text: string) => (/^[\w=:/.%-]+$/.test(text) ? text : quoted(text));

/** A call of the client package: target, input, and the use of the result. */
export function sdkSample(operation: DocumentedOperation, server: string, sdk: string): string {
  const { operationId, parameters, secured, exampleBody } = operation;
  const ids = parameters.filter((one) => one.in === 'path').map((one) => [one.name, exampleOf(one)] as const);
  const etag = parameters.filter((one) => one.name === 'If-Match').map((one) => ['etag', exampleOf(one)] as const);
  const query = parameters.filter(shownInQuery).map((one) => [one.name, exampleOf(one)] as const);
  const target =
    ids.length === 1 && etag.length === 0
      ? [ids[0]?.[1] as Json]
      : ids.length > 0
        ? [Object.fromEntries([...ids, ...etag])]
        : [];
  const input = exampleBody ?? (query.length > 0 ? Object.fromEntries(query) : undefined);
  const given = [...target, ...(input === undefined ? [] : [input])] as readonly Json[];
  const options = secured ? `{\n  baseUrl: '${server}',\n  token: process.env.TOKEN,\n}` : `{ baseUrl: '${server}' }`;
  return [
    `import { createEventsClient } from '${sdk}';`,
    '',
    `const api = createEventsClient(${options});`,
    '',
    use(call(operationId, given), operation),
  ].join('\n');
}

/** Lists are walked, results shown; what has none is only waited for. */
function use(source: string, { result, item }: DocumentedOperation): string {
  if (item !== undefined)
    return `for await (const ${variable(item)} of ${source}) {\n  console.log(${variable(item)});\n}`;
  if (result === undefined) return `await ${source};`;
  return `const ${variable(result)} = await ${source};\nconsole.log(${variable(result)});`;
}

const variable = (schema: string) => schema.charAt(0).toLowerCase() + schema.slice(1);

function call(operationId: string, given: readonly Json[]): string {
  const oneLine = `api.${operationId}(${given.map((value) => inSource(value)).join(', ')})`;
  // The rest of the line is `const event = await …;`.
  if (oneLine.length <= widest - 24) return oneLine;
  if (given.length === 1) return `api.${operationId}(${inSource(given[0] ?? null, { spread: true })})`;
  return `api.${operationId}(\n${given.map((value) => `  ${inSource(value, { indent: '  ' })},\n`).join('')})`;
}

const json = (text: string) => JSON.stringify(text);
const javaScript = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

/** How a literal is written: its strings, its indentation, and whether each member always has its own line. */
interface Layout {
  readonly quote?: (text: string) => string;
  readonly indent?: string;
  readonly spread?: boolean;
}

/** A JSON value as a literal, of JavaScript unless `quote` says otherwise: on one line where it fits, each member on its own where not. */
export function inSource(value: Json, { quote = javaScript, indent = '', spread = false }: Layout = {}): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return String(value);
  const isJavaScript = quote === javaScript;
  const inner = { quote, indent: `${indent}  ` };
  const nameOf = (name: string) => (isJavaScript && /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: Json) => inSource(item, inner))
    : Object.entries(value).map(([name, member]) => `${nameOf(name)}: ${inSource(member ?? null, inner)}`);
  const oneLine = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (!spread && indent.length + oneLine.length <= widest && !oneLine.includes('\n')) return oneLine;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const lines = parts.map((part) => `${inner.indent}${part}`);
  return `${open}\n${lines.join(',\n')}${isJavaScript ? ',' : ''}\n${indent}${close}`;
}
