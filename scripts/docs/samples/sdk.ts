/** Samples for the client package. */
import type { DocumentedOperation } from '../contract.ts';
import { inSource, javaScript, widest } from './literal.ts';
import { exampleOf, type Program, shownInQuery, withoutTarget } from './program.ts';

/**
 * Calls of the client package: target, input, and the use of the result. Each call is given the result of the one before.
 *
 * @param sdk the name of the package
 */
export function sdkSample({ operation, first, server }: Program, sdk: string): string {
  const { parameters } = operation;
  const ids = parameters.filter((one) => one.in === 'path').map((one) => inSource(exampleOf(one), javaScript));
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
  const members = missing.map((one) => `${one.name}: ${inSource(exampleOf(one), javaScript)}`);
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
  const given = [...target, ...(input === undefined ? [] : [inSource(input, javaScript)])];
  const oneLine = `api.${operationId}(${given.join(', ')})`;
  // The rest of the line is `const event = await …;`.
  if (input === undefined || oneLine.split('\n').every((line) => line.length <= widest - 24)) return oneLine;
  return `api.${operationId}(${[...target, inSource(input, javaScript, { spread: true })].join(', ')})`;
}
