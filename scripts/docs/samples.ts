/**
 * A sample of each operation for the client package and one for curl, made from the examples of the contract. They are complete
 * programs, which work as they are, any number of times and in any order: what a sample needs, it creates first. Tests run them all.
 * Both take the access token from the environment variable `TOKEN`.
 */
import type { Json, Parameter } from '../../src/openapi/document.ts';
import { nameOf } from '../../src/openapi/refs.ts';
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
  const first = preparationOf(operation, contract);
  const sources = {
    SDK: sdkSample(operation, contract.server, sdk, first),
    curl: curlSample(operation, contract.server, first),
  };
  return sampleLanguages.map((language) => ({ ...language, source: sources[language.label] }));
}

/** The state that an operation needs, as the operations that lead from a new resource to it. */
const stepsTo: Readonly<Record<string, readonly string[]>> = {
  cancelEvent: ['publishEvent'],
  unpublishEvent: ['publishEvent'],
  registerForEvent: ['publishEvent'],
  getMyRegistration: ['publishEvent', 'registerForEvent'],
  deleteMyRegistration: ['publishEvent', 'registerForEvent'],
  cancelMyRegistration: ['publishEvent', 'registerForEvent'],
  listRegistrations: ['publishEvent', 'registerForEvent'],
  getRegistration: ['publishEvent', 'registerForEvent'],
  deleteRegistration: ['publishEvent', 'registerForEvent'],
  cancelRegistration: ['publishEvent', 'registerForEvent'],
  createRegistration: ['publishEvent'],
  updateRegistration: ['publishEvent', 'registerForEvent'],
  createCheckIns: ['publishEvent', 'registerForEvent'],
  deleteCheckIn: ['publishEvent', 'registerForEvent', 'createCheckIns'],
};

/** The body of a step that must fit what was done before: the example of `createCheckIns` has the ticket of another event. */
const bodyAfterSteps: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  createCheckIns: {
    scans: [{ scanId: '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924', number: 1, scannedAt: '2030-06-21T17:32:08Z' }],
  },
};

/** The steps whose result names no resource, so that the next call has the target of the one before. */
const withoutTarget: readonly string[] = ['createCheckIns'];

/** The values of further parameters of the path after these steps: the first to register for a new event has the number 1. */
const afterSteps: Readonly<Record<string, string>> = { number: '1' };

/** The collection whose creation returns the first parameter of a path, where it is another one than the path's. */
const createdElsewhere: Readonly<Record<string, string>> = { '/calendars': '/calendar-feeds' };

/** The fields of a new resource that an operation needs, in addition to the required ones. */
const fieldsFor: Readonly<Record<string, readonly string[]>> = { publishEvent: ['location'] };

/**
 * The operations that a sample calls first: the one that creates what the first parameter of the path names, with the required fields only,
 * and those that bring it into the state that the sample needs. Empty for an operation without such a parameter.
 */
export function preparationOf(
  operation: DocumentedOperation,
  { operations, schemas }: DocumentedContract,
): readonly DocumentedOperation[] {
  const [collection = '', ...rest] = operation.path.split('/{');
  const createdAt = createdElsewhere[collection] ?? collection;
  const creation = operations.find(({ method, path }) => method === 'post' && path === createdAt);
  if (rest.length === 0 || creation?.exampleBody === undefined) return [];
  const steps = (stepsTo[operation.operationId] ?? []).map((id) => {
    const step = operations.find(({ operationId }) => operationId === id);
    if (step === undefined)
      throw new Error(`The sample of ${operation.operationId} needs ${id}, which does not exist.`);
    const body = bodyAfterSteps[id];
    return body === undefined ? step : { ...step, exampleBody: body };
  });
  const schema = schemas[nameOf(creation.bodySchema, 'schemas') ?? ''] ?? {};
  const needed = [
    ...((schema['required'] ?? []) as readonly string[]),
    ...[operation, ...steps].flatMap(({ operationId }) => fieldsFor[operationId] ?? []),
  ];
  const entries = Object.entries(creation.exampleBody).filter(([name]) => needed.includes(name));
  return [{ ...creation, exampleBody: Object.fromEntries<Json | undefined>(entries) }, ...steps];
}

/**
 * What a sample sends in the query: not what has a default, not the position in a list, which only a response can provide, and no time,
 * because nothing may happen then.
 */
function shownInQuery({ in: place, name, schema }: Parameter): boolean {
  return place === 'query' && name !== 'cursor' && schema['default'] === undefined && schema['format'] !== 'date-time';
}

/** The optional headers protect repetitions and concurrent changes. A fixed value would make a sample fail when it is edited or repeated. */
const shownInHeaders = ({ in: place, required }: Parameter) => place === 'header' && required === true;

/** `eventId` as the name of a variable of the shell. */
const inShell = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const exampleOf = (parameter: Parameter) => parameter['example'] as Json;

/** Lines get no longer than this, so that they fit beside the text. */
const widest = 80;

/**
 * `curl -s …`, one argument a line.
 *
 * @param first what is called before it, see `preparationOf`
 */
export function curlSample(
  operation: DocumentedOperation,
  server: string,
  first: readonly DocumentedOperation[] = [],
): string {
  const [creation, ...steps] = first;
  const [parameter] = operation.parameters.filter((one) => one.in === 'path');
  if (creation === undefined || parameter === undefined) return curl(operation, server);
  const { name } = parameter;
  const variable = inShell(name);
  const known = { ...afterSteps, [name]: `$${variable}` };
  const create = curl(creation, server).replaceAll('\n', '\n  ');
  return [
    `${variable}=$(\n  ${create} |\n  sed -n 's/.*"${name}":"\\([^"]*\\)".*/\\1/p'\n)`,
    ...steps.map((step) => curl(step, server, known, '-o /dev/null ')),
    curl(operation, server, known),
  ].join('\n');
}

/** @param known the variables for parameters of the path; the others have their example */
function curl(
  { method, path, parameters, acceptsToken, exampleBody }: DocumentedOperation,
  server: string,
  known: Readonly<Record<string, string>> = {},
  flags = '',
): string {
  const url =
    server +
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
      return known[name] ?? encodeURIComponent(parameter ? textOf(exampleOf(parameter)) : name);
    });
  const query = parameters
    .filter(shownInQuery)
    .flatMap((parameter) =>
      [exampleOf(parameter)].flat().map((value) => `-d ${inQuotes(`${parameter.name}=${inQuery(textOf(value))}`)}`),
    );
  const headers = parameters.filter(shownInHeaders).map((one) => `${one.name}: ${textOf(exampleOf(one))}`);
  const sendsBody = exampleBody !== undefined;
  const methodFlag = method === 'get' || (method === 'post' && sendsBody) ? '' : ` -X ${method.toUpperCase()}`;
  return [
    `curl -s ${flags}${query.length > 0 ? '-G' : ''}${methodFlag} ${url}`.replace(/ +/g, ' '),
    ...(acceptsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
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

/**
 * A call of the client package: target, input, and the use of the result.
 *
 * @param first what is called before it, see `preparationOf`; each call is given the result of the one before
 */
export function sdkSample(
  operation: DocumentedOperation,
  server: string,
  sdk: string,
  first: readonly DocumentedOperation[] = [],
): string {
  const { parameters } = operation;
  const ids = parameters.filter((one) => one.in === 'path').map((one) => inSource(exampleOf(one)));
  const named = first.filter(({ operationId }) => !withoutTarget.includes(operationId));
  const [target = ''] = named.map(({ operationId }) => resultOf(operationId)).slice(-1);
  const options = [operation, ...first].some((one) => one.acceptsToken)
    ? `{\n  baseUrl: '${server}',\n  token: process.env.TOKEN,\n}`
    : `{ baseUrl: '${server}' }`;
  return [
    `import { createEventsClient } from '${sdk}';`,
    '',
    `const api = createEventsClient(${options});`,
    '',
    ...first.map((one, index) => prepare(one, first[index - 1])),
    use(call(operation, target === '' ? ids : [withExamples(target, operation)]), operation),
  ].join('\n');
}

/** A call before that of the sample. Its target is the result of the one before. */
function prepare(step: DocumentedOperation, before: DocumentedOperation | undefined): string {
  const source = `await ${call(step, before ? [resultOf(before.operationId)] : [])};`;
  return withoutTarget.includes(step.operationId) ? source : `const ${resultOf(step.operationId)} = ${source}`;
}

/** A result as the target of an operation, with the ids that it lacks. */
function withExamples(result: string, { parameters }: DocumentedOperation): string {
  const missing = parameters.filter(({ in: place, name }) => place === 'path' && name === 'scanId');
  const members = missing.map((one) => `${one.name}: ${inSource(exampleOf(one))}`);
  return members.length === 0 ? result : `{ ...${[result, ...members].join(', ')} }`;
}

/** `createEvent` as the name of its result: `created`. */
function resultOf(operationId: string): string {
  const [verb = ''] = /^[a-z]+/.exec(operationId) ?? [];
  return verb.endsWith('e') ? `${verb}d` : `${verb}ed`;
}

/** Lists are walked, results shown; what has none is only waited for. */
function use(source: string, { result, item }: DocumentedOperation): string {
  if (item !== undefined)
    return `for await (const ${variable(item)} of ${source}) {\n  console.log(${variable(item)});\n}`;
  if (result === undefined) return `await ${source};`;
  return `const ${variable(result)} = await ${source};\nconsole.log(${variable(result)});`;
}

const variable = (schema: string) => schema.charAt(0).toLowerCase() + schema.slice(1);

/** @param target the target in source code, if the operation has one */
function call({ operationId, parameters, exampleBody }: DocumentedOperation, target: readonly string[]): string {
  const query = parameters.filter(shownInQuery).map((one) => [one.name, exampleOf(one)] as const);
  const input = exampleBody ?? (query.length > 0 ? Object.fromEntries(query) : undefined);
  const given = [...target, ...(input === undefined ? [] : [inSource(input)])];
  const oneLine = `api.${operationId}(${given.join(', ')})`;
  // The rest of the line is `const event = await …;`.
  if (input === undefined || oneLine.split('\n').every((line) => line.length <= widest - 24)) return oneLine;
  return `api.${operationId}(${[...target, inSource(input, { spread: true })].join(', ')})`;
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
