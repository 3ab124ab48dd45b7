import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractError, readContract } from './read.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const file = join(folder, 'contract.yaml');
  writeFileSync(file, text);
  return readContract(file, 'contract.yaml');
}

describe('readContract', () => {
  it('returns the parsed contract', () => {
    expect(read("openapi: 3.1.1\na: { $ref: '#/b/x~1y' }\nb: { x/y: 1 }\n")).toEqual({
      openapi: '3.1.1',
      a: { $ref: '#/b/x~1y' },
      b: { 'x/y': 1 },
    });
  });

  it('reads webhooks and null as a type, and finds what they refer to', () => {
    const webhooks = "webhooks: { made: { post: { requestBody: { $ref: '#/components/schemas/Made' } } } }\n";
    expect(read(`${webhooks}components: { schemas: { Made: { type: [string, 'null'], const: x } } }\n`)).toEqual({
      webhooks: { made: { post: { requestBody: { $ref: '#/components/schemas/Made' } } } },
      components: { schemas: { Made: { type: ['string', 'null'], const: 'x' } } },
    });
    expect(() => read(webhooks)).toThrow(
      'contract.yaml:1: The target of $ref #/components/schemas/Made does not exist.',
    );
  });

  it('reads a member that is called $ref as a member', () => {
    expect(read('properties:\n  $ref: { type: string }\n')).toEqual({ properties: { $ref: { type: 'string' } } });
  });

  it.each([
    ['a: 1\nb: [\n', /^contract\.yaml:\d: Invalid YAML: .+/],
    ['a: 1\na: 2\n', /^contract\.yaml:2: Invalid YAML: Map keys must be unique$/],
    ['', /^contract\.yaml:1: Not an OpenAPI document\.$/],
    ['just text\n', /^contract\.yaml:1: Not an OpenAPI document\.$/],
    ["a: 1\nb:\n  $ref: '#/c/d'\nc: {}\n", /^contract\.yaml:3: The target of \$ref #\/c\/d does not exist\.$/],
    ['a:\n  - $ref: other.yaml#/a\n', /^contract\.yaml:2: The target of \$ref other\.yaml#\/a does not exist\.$/],
    ["a:\n  - $ref: '#/%'\n", /^contract\.yaml:2: The target of \$ref #\/% does not exist\.$/],
  ])('reports file and line of the error in %j', (text, message) => {
    expect(() => read(text)).toThrow(ContractError);
    expect(() => read(text)).toThrow(message);
  });
});
