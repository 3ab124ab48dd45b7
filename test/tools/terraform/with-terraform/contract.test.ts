/** Terraform and the application read the same from the contract. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corsNeeds } from '../../../../src/contract/cors.ts';
import { operations } from '../../../../src/contract/operations.ts';
import { contract, operations as documented } from '../../../contract/contract.ts';
import { outputsOf } from './terraform.ts';

const file = 'openapi/openapi.yaml';
const text = readFileSync(file, 'utf8');
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'contract-'));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The outputs of Terraform for a changed contract. */
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

it('Terraform reads the operations of the application, with method, path, security and throttle', () => {
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
  const { operations: read, unrouted_throttle: unrouted, preflight_throttle: preflight } = outputsOf(file);
  expect(read).toEqual(Object.fromEntries(expected));
  expect({ unrouted, preflight }).toEqual({ unrouted: throttles.unrouted, preflight: throttles.preflight });
});

it('pages of other origins may send the same requests to the gateway and to the Node.js server', () => {
  const { methods, allowedHeaders, exposedHeaders } = corsNeeds(operations);
  const { cors } = outputsOf(file);
  expect(cors.methods).toEqual(methods);
  expect(cors.allowed_headers).toEqual(allowedHeaders);
  expect(cors.exposed_headers).toEqual(exposedHeaders);
});

it('a new operation of the contract is added, and nothing else changes', () => {
  const { archiveEvent, ...others } = outputsAfter(addOperation).operations;
  const before = outputsOf(file).operations;
  expect(others).toEqual(before);
  expect(archiveEvent).toEqual({ ...before['publishEvent'], path: '/events/{eventId}/archive' });
});

it('a duplicate operationId fails the plan', () => {
  expect(() => outputsAfter((text) => addOperation(text).replace('archiveEvent', 'publishEvent'))).toThrow(
    /Duplicate object key/,
  );
});

it('a missing operationId fails the plan', () => {
  expect(() => outputsAfter((text) => text.replace('      operationId: getHealth\n', ''))).toThrow(/operationId/);
});

it('a reference to a missing parameter fails the plan', () => {
  expect(() =>
    outputsAfter((text) =>
      text.replace("$ref: '#/components/parameters/IfMatch'", "$ref: '#/components/parameters/IfMtch'"),
    ),
  ).toThrow(/does not have an attribute named "in"/);
});
