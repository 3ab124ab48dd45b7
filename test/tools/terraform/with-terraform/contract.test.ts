/** What Terraform reads from the contract is what the application reads from it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corsNeeds } from '../../../../src/contract/cors.ts';
import { operations } from '../../../../src/contract/operations.ts';
import { contract, operations as documented, text } from '../../../contract/contract.ts';
import { outputsOf } from './terraform.ts';

const file = 'openapi/openapi.yaml';
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'contract-'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Terraform's view of a changed contract. */
function outputsAfter(change: (text: string) => string) {
  const changed = change(text);
  expect(changed).not.toBe(text);
  const path = join(scratch, 'openapi.yaml');
  writeFileSync(path, changed);
  return outputsOf(path);
}

/** A second `publishEvent` under another name. */
function addOperation(text: string): string {
  const start = text.indexOf('  /events/{eventId}/publish:\n');
  const end = text.indexOf('\n  /', start + 1) + 1;
  const added = text
    .slice(start, end)
    .replace('/publish:', '/archive:')
    .replace('operationId: publishEvent', 'operationId: archiveEvent');
  return text.slice(0, end) + added + text.slice(end);
}

it('the operations are those of the application, each with its method, path, token and throttle', () => {
  const throttles = contract['x-throttles'];
  const own = new Map(documented.map((one) => [one.operationId, one['x-throttle']]));
  const expected = operations.map(({ operationId, method, path, secured }) => [
    operationId,
    {
      method: method.toUpperCase(),
      path,
      secured,
      throttle: own.get(operationId) ?? (secured ? throttles.secured : throttles.open),
    },
  ]);
  const { operations: read, unrouted_throttle: unrouted } = outputsOf(file);
  expect(read).toEqual(Object.fromEntries(expected));
  expect(unrouted).toEqual(throttles.unrouted);
});

it('pages of other origins may do behind the gateway what they may do with the plain server', () => {
  const { methods, allowedHeaders, exposedHeaders } = corsNeeds(operations);
  const { cors } = outputsOf(file);
  expect(cors.methods).toEqual(methods);
  expect(cors.allowed_headers).toEqual(allowedHeaders);
  expect(cors.exposed_headers).toEqual(exposedHeaders);
});

it('an operation that is added to the contract is there, and nothing else changes', () => {
  const { archiveEvent, ...others } = outputsAfter(addOperation).operations;
  const before = outputsOf(file).operations;
  expect(others).toEqual(before);
  expect(archiveEvent).toEqual({ ...before['publishEvent'], path: '/events/{eventId}/archive' });
});

it('two operations of one name stop the plan', () => {
  expect(() => outputsAfter((text) => addOperation(text).replace('archiveEvent', 'publishEvent'))).toThrow(
    /Duplicate object key/,
  );
});

it('an operation without a name stops the plan', () => {
  expect(() => outputsAfter((text) => text.replace('      operationId: getHealth\n', ''))).toThrow(/operationId/);
});

it('a parameter that is not there stops the plan', () => {
  expect(() =>
    outputsAfter((text) =>
      text.replace("$ref: '#/components/parameters/IfMatch'", "$ref: '#/components/parameters/IfMtch'"),
    ),
  ).toThrow(/does not have an attribute named "in"/);
});
