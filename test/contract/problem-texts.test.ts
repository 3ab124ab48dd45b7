import { maxBodyBytes } from '../../src/http/pipeline/read-body.ts';
import { problemTexts, type ProblemText } from '../../src/http/problems.ts';
import { statusOf } from '../../src/contract/problem-statuses.ts';
import { maxHeaderSize } from '../../src/http/node/server.ts';
import { responses, codesOf, contract, resolve } from './contract.ts';

interface Example {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const examples = responses.flatMap(({ response }) =>
  Object.values(response.content?.['application/problem+json']?.examples ?? {}).map(
    (example) => resolve(example).value as Example,
  ),
);
const texts = new Map<string, ProblemText>(Object.entries(problemTexts));

describe('The texts of problems', () => {
  it('exist for exactly the codes of the contract', () => {
    expect([...texts.keys()].sort()).toEqual(contract.components.schemas['ProblemCode']?.enum);
  });

  it('are those of every example in the contract', () => {
    const shown = examples.map(({ code, title, detail }) => ({ code, title, detail }));
    expect(shown).toEqual(examples.map(({ code }) => ({ code, ...texts.get(code) })));
  });

  it('appear in examples, except codes that only the gateway returns or that have no operation', () => {
    const shown = new Set(examples.map(({ code }) => code));
    const unshown = responses
      .flatMap(({ response }) => response['x-problem-code'] ?? [])
      .concat(Object.keys(contract['x-unrouted-codes']));
    expect([...texts.keys()].filter((code) => !shown.has(code)).filter((code) => !unshown.includes(code))).toEqual([]);
  });

  it('have the status of the contract', () => {
    const pairs = responses.flatMap(({ status, response }) =>
      [...codesOf(response), response['x-problem-code'] ?? []].flat().map((code) => [code, status] as const),
    );
    const statuses = Object.fromEntries([...pairs, ...Object.entries(contract['x-unrouted-codes'])]);
    expect(Object.fromEntries([...texts.keys()].map((code) => [code, statusOf(code as never)]))).toEqual(statuses);
  });

  it('have details that are distinct sentences', () => {
    const details = [...texts.values()].map(({ detail }) => detail);
    expect(new Set(details).size).toBe(details.length);
    expect(details.filter((detail) => !/^[A-Z].*\.$/.test(detail))).toEqual([]);
  });

  it('name the limits that the server enforces', () => {
    expect(texts.get('body-too-large')?.detail).toContain(`more than ${maxBodyBytes.toLocaleString('en')} bytes`);
    expect(texts.get('headers-too-large')?.detail).toContain(`more than ${maxHeaderSize.toLocaleString('en')} bytes`);
  });
});
