/** The calls of a sample as HTTP requests, for the languages that send these. */
import type { JsonObject, Parameter } from '../../../src/openapi/document.ts';
import { type DocumentedOperation, textOf } from '../contract.ts';
import { exampleOf, type Program, shownInQuery } from './program.ts';

type Pairs<Value> = readonly (readonly [name: string, value: Value])[];

export interface Request {
  readonly operation: DocumentedOperation;
  /** In capitals. */
  readonly method: string;
  /** With ids that are known only when the sample runs as `{eventId}`. */
  readonly path: string;
  readonly query: Pairs<readonly string[]>;
  readonly headers: Pairs<string>;
  readonly body?: JsonObject;
}

export interface Requests {
  /** Creates what the other requests are about; its response has the `id` that their paths name. */
  readonly creation?: { readonly request: Request; readonly id: string };
  readonly steps: readonly Request[];
  readonly last: Request;
}

/** The values of further parameters of the path after the steps: the first to register for a new event has the number 1. */
const afterSteps: Readonly<Record<string, string>> = { number: '1' };

/** The optional headers protect repetitions and concurrent changes. A fixed value would make a sample fail when it is edited or repeated. */
const shownInHeaders = ({ in: place, required }: Parameter) => place === 'header' && required === true;

/** The requests of a program, in their order. */
export function requestsOf({ operation, first: [creation, ...steps] }: Program): Requests {
  const [parameter] = operation.parameters.filter((one) => one.in === 'path');
  if (creation === undefined || parameter === undefined) return { steps: [], last: requestOf(operation) };
  const known = { ...afterSteps, [parameter.name]: `{${parameter.name}}` };
  return {
    creation: { request: requestOf(creation), id: parameter.name },
    steps: steps.map((step) => requestOf(step, known)),
    last: requestOf(operation, known),
  };
}

/** @param known the values of parameters of the path; the others have their example */
function requestOf(operation: DocumentedOperation, known: Readonly<Record<string, string>> = {}): Request {
  const { method, path, parameters, exampleBody } = operation;
  return {
    operation,
    method: method.toUpperCase(),
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
      return known[name] ?? encodeURIComponent(parameter ? textOf(exampleOf(parameter)) : name);
    }),
    query: parameters.filter(shownInQuery).map((one) => [one.name, [exampleOf(one)].flat().map(textOf)]),
    headers: parameters.filter(shownInHeaders).map((one) => [one.name, textOf(exampleOf(one))]),
    ...(exampleBody === undefined ? {} : { body: exampleBody }),
  };
}

/** Whether any of these requests needs a token. */
export function sendsToken({ creation, last }: Requests): boolean {
  return last.operation.acceptsToken || creation?.request.operation.acceptsToken === true;
}
