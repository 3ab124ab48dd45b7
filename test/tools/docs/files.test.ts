import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '../../../scripts/docs/codes.ts';
import { readDocumentedContract } from '../../../scripts/docs/contract.ts';
import { readGuides, sdkName } from '../../../scripts/docs/guides.ts';
import { samplesOf } from '../../../scripts/docs/samples.ts';
import { buildDocs, type BuiltDocs } from '../../support/docs.ts';

const contract = readDocumentedContract();
const guides = readGuides(contract);
const samples = contract.operations.flatMap((operation) => samplesOf(operation, contract, sdkName()));

let docs: BuiltDocs;
const text = (name: string) => readFileSync(join(docs.folder, name), 'utf8');

beforeAll(async () => {
  docs = await buildDocs();
});
afterAll(() => docs.remove());

describe('the files of the documentation', () => {
  it('the downloadable contract is the unchanged file', () => {
    expect(text('openapi.yaml')).toBe(readFileSync('openapi/openapi.yaml', 'utf8'));
    expect(JSON.parse(text('openapi.json'))).toEqual(contract.tree);
  });

  it('llms.txt links to every guide, every operation, and the single Markdown file', () => {
    const links = [...text('llms.txt').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
    expect(links).toEqual([
      ...['docs.md', 'openapi.yaml', 'openapi.json'],
      ...guides.map(({ name }) => `${name}.md`),
      ...contract.operations.map(({ operationId }) => `${operationId}.md`),
    ]);
    expect(links.filter((target) => !existsSync(join(docs.folder, target)))).toEqual([]);
    for (const { operationId, summary } of contract.operations)
      expect(text(`${operationId}.md`)).toMatch(new RegExp(`^# ${summary} `));
  });

  it('the single Markdown file has guides, samples, codes and schemas', () => {
    const whole = text('docs.md');
    for (const { title } of guides) expect(whole).toContain(`\n## ${title}\n`);
    for (const { source } of samples) expect(whole).toContain(source);
    for (const { code } of problemCodes(contract))
      expect(whole).toContain(`<a id="${code}"></a>[\`${code}\`](#${code})`);
    for (const name of Object.keys(contract.schemas)) expect(whole).toContain(`\n### ${name}\n`);
  });
});
