/** Renders the contract's examples of responses, which the tests of the API hold to what it returns: `client/src/generated/examples.ts`. */
import { asObject, type JsonObject, type OpenApiDocument } from '../../src/openapi/document.ts';
import { type Operation, operationsOf } from '../../src/openapi/operations.ts';
import { problemMediaType } from '../../src/openapi/problem-codes.ts';
import { deepResolver } from '../../src/openapi/refs.ts';
import { clientContract } from './client-model.ts';
import { quoted } from './generate-client.ts';

type Problem = JsonObject & { readonly code: string };

/** What an operation returns in the examples. */
interface Examples {
  readonly id: string;
  /** The type of its data. */
  readonly output: string;
  /** The status of the first success. */
  readonly status: number;
  /** The data, by the name of the example. */
  readonly successes: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** The source of `examples.ts`: problems by code, and for each operation the data and the problems that it can return. */
export function renderClientExamples(document: OpenApiDocument): string {
  const { operations } = clientContract(document);
  const byId = new Map(operations.map((one) => [one.id, one]));
  const all = operationsOf(document, deepResolver(document)).map((one) =>
    examplesOf(one, byId.get(one.operationId)?.output ?? ''),
  );
  const shared = byCode(all.flatMap(({ problems }) => problems));
  const types = [...new Set(all.map(({ output }) => output))].filter((name) => /^[A-Z]/.test(name));
  return `
import type { ProblemCodes, UnroutedCode } from './operations.ts';
import type { ${[...types, 'Problem'].sort().join(', ')} } from './schemas.ts';

type Of<Code extends string> = Problem & { readonly code: Code };
const problem = <Code extends string>(document: Of<Code>) => document;

const problems = {
${[...shared.values()].map((one) => `  ${quoted(one.code)}: problem(${json(one)}),\n`).join('')}};

/** The problems of requests that reach no operation. */
export const unrouted: { readonly [Code in UnroutedCode]: Of<Code> } = {
${unrouted()
  .map((problem) => `  ${quoted(problem.code)}: ${json(problem)},\n`)
  .join('')}};

/** The status of a success, if it is not 200. */
export const successStatuses: { readonly [Op in keyof ProblemCodes]?: number } = {
${all.map(({ id, status }) => (status === 200 ? '' : `  ${id}: ${status},\n`)).join('')}};

/** The data of each operation by the name of the contract's example. */
export const successes: {
${all
  .map(
    ({ id, output, successes }) =>
      `  readonly ${id}: { ${Object.keys(successes)
        .map((name) => `readonly ${name}: ${typeOf(successes[name], output)}`)
        .join('; ')} };\n`,
  )
  .join('')}} = {
${all.map(({ id, successes }) => `  ${id}: ${json(successes)},\n`).join('')}};

/** The problems of each operation by their code, without those that only the gateway reports: it has no document for them. */
export const problemsOf = {
${all.map(({ id, problems }) => `  ${id}: { ${problems.map((one) => `${quoted(one.code)}: ${reference(one)}`).join(', ')} },\n`).join('')}} satisfies {
  readonly [Op in keyof ProblemCodes]: { readonly [Code in ProblemCodes[Op]]?: Of<Code> };
};
`;

  /** A problem by its name, or as it is if the operation has one of its own. */
  function reference(problem: Problem): string {
    return json(shared.get(problem.code)) === json(problem)
      ? `problems[${quoted(problem.code)}]`
      : `problem(${json(problem)})`;
  }

  /** The contract has no examples of them, as no operation responds with them. */
  function unrouted(): readonly Problem[] {
    const [known] = shared.values();
    if (known === undefined) throw new Error('The contract has no example of a problem.');
    const { type, ...members } = known;
    const texts = asObject(document['x-problems']);
    return Object.entries(asObject(document['x-unrouted-codes'])).map(([code, status]) => {
      const { title, detail } = asObject(texts[code]);
      return { type: (type as string).replace(known.code, code), ...members, title, status, detail, code };
    });
  }
}

function examplesOf({ operationId: id, responses }: Operation, output: string): Examples {
  const all = Object.entries(responses).map(([status, response]) => ({
    status: Number(status),
    content: asObject(response['content']),
  }));
  const [success] = all.filter(({ status }) => status < 300).reverse();
  const data = Object.values(success?.content ?? {}).flatMap((media) => valuesOf(media));
  const problems = all.flatMap(({ content }) =>
    valuesOf(content[problemMediaType]).map(([, value]) => value as Problem),
  );
  return {
    id,
    output,
    status: success?.status ?? 200,
    successes: Object.fromEntries(data),
    // An operation has one example of a code: the first.
    problems: [...new Map([...problems].reverse().map((one) => [one.code, one])).values()],
  };
}

function valuesOf(media: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(asObject(asObject(media)['examples'])).map(([name, one]) => [name, asObject(one)['value']]);
}

/** The example of each code that most operations have. */
function byCode(problems: readonly Problem[]): ReadonlyMap<string, Problem> {
  const uses = new Map<string, number>();
  for (const one of problems) uses.set(json(one), (uses.get(json(one)) ?? 0) + 1);
  const sorted = [...problems].sort((a, b) => (uses.get(json(a)) ?? 0) - (uses.get(json(b)) ?? 0));
  const latest = new Map(sorted.map((one) => [one.code, one]));
  return new Map([...latest].sort(([a], [b]) => a.localeCompare(b)));
}

/** An example in a media type other than JSON is text. */
const typeOf = (value: unknown, output: string) => (typeof value === 'string' ? 'string' : output);
const json = (value: unknown) => JSON.stringify(value);
