/** The interactive reference: Redocly's page of the contract, with guides, samples and the meaning of codes put in. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { asObject, type EditableJsonObject, type JsonObject } from '../../src/openapi/document.ts';
import { nullsAsTypes } from '../contract/null-types.ts';
import { problemCodes } from './codes.ts';
import { type DocumentedContract, type DocumentedOperation, limitOf, textOf } from './contract.ts';
import { type Guide, guidesFolder } from './guides.ts';
import { withTargets } from './markdown.ts';
import { describePatterns, giveOwnExamples } from './page-schemas.ts';
import { sampleLanguages, samplesOf } from './samples.ts';

/** What is put right in Redoc's own script. Each must be found: an upgrade of Redocly that changes one is to be looked at. */
const patches: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // What it would fetch while the page is shown: its logo, an icon font, measurements of use.
  [
    /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g,
    image("<text y='12' font-family='sans-serif' font-size='12' fill='%234d82e0'>Redocly</text>"),
  ],
  [/https:\/\/cdn\.redocly\.com\/icons\/[\w./-]+/g, image('')],
  [/https:\/\/otel\.cloud\.redocly\.com\/[\w/]*/g, 'data:,'],
  // Names for screen readers that hide which example or media type is chosen (WCAG 2.2, 2.5.3).
  [/"aria-label":`Example`,/g, ''],
  [/"aria-label":\w+,(?=options:\w+\.map\(\w+=>\(\{value:\w+,label:\w+\}\)\))/g, ''],
  // It shows the first sample in a language, whichever example is chosen: `$2` is the number of the chosen one.
  [
    /=(\w+)\[(\w+)\]\?\?\1\[0\],(\{languages:\w+,filteredDefinitionSamples:.{0,300}?)let e=(\w+)\?\.find\((e=>\w+\(e\)===(\w+))\);(return e\?e\.source.{0,99}?\},\[\6,\4,)/,
    '=$1[$2]??$1[0],$3let e=$4?.filter($5);e=e?.[$2]??e?.[0];$7$2,',
  ],
  // It names the kind of the security scheme, `http`, where `bearer` belongs.
  [/(`HTTP Authorization Scheme`\),value:\w+)\.type/g, '$1.scheme'],
];

function image(content: string): string {
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' width='52' height='16'>${content}</svg>`;
  return `data:image/svg+xml,${svg.replaceAll('<', '%3C').replaceAll('>', '%3E')}`;
}

/** The settings of Redoc. `Payload` shows all examples of a body. */
const options = {
  downloadUrls: [
    { title: 'openapi.yaml', url: 'openapi.yaml' },
    { title: 'openapi.json', url: 'openapi.json' },
  ],
  codeSamples: {
    languages: [...sampleLanguages, { lang: 'Payload', label: 'Payload' }].map(({ lang, label }) => ({ lang, label })),
  },
  jsonSamplesExpandLevel: 4,
  hideSchemaPattern: true,
  maxDisplayedEnumValues: 40,
};

/** The contract as the page shows it. Redoc would show a choice for a schema or null. */
export function pageDocument(contract: DocumentedContract, guides: readonly Guide[], sdk: string): JsonObject {
  const document = nullsAsTypes(contract.tree);
  addGuides(document, guides);
  for (const operation of contract.operations) {
    const shown = document.paths?.[operation.path]?.[operation.method] as EditableJsonObject;
    shown['description'] = `${operation.description}\n\n${limitOf(operation, 'guides/requests.html')}`.trim();
    shown['x-codeSamples'] = codeSamples(operation, contract, sdk);
  }
  showOneExample(document);
  giveOwnExamples(document);
  describePatterns(document);
  describeCodes(
    document,
    Object.fromEntries(problemCodes(contract).map(({ code, detail, remedy }) => [code, `${detail} ${remedy}`])),
  );
  return document;
}

/** The samples as Redoc knows them; those in one language are in the order of the examples. */
function codeSamples(operation: DocumentedOperation, contract: DocumentedContract, sdk: string): JsonObject[] {
  return samplesOf(operation, contract, sdk).map(({ language: { lang, label }, source }) => ({ lang, label, source }));
}

/**
 * Adds each guide as a tag of its own: the search of Redoc finds tags, but only the beginning of `info.description`. A guide may have
 * the title of a tag of operations, so that its name here is another one.
 */
function addGuides(document: EditableJsonObject, guides: readonly Guide[]): void {
  const operationTags = (document['tags'] ?? []) as readonly JsonObject[];
  const guideTags = guides.map(({ name, title, text }): JsonObject => {
    const page = `[This guide as a page of its own](guides/${name}.html).`;
    // Redoc takes all that follows a fence for the language.
    const content = text.replace(/^# .*\n+/, '').replace(/^(```\w+) (\S+)$/gm, '`$2`:\n\n$1');
    const body = withTargets(content, (target) => target.replace(/\.md(?=#|$)/, '.html'));
    return { name: `guide-${name}`, 'x-displayName': title, 'x-traitTag': true, description: `${page}\n\n${body}` };
  });
  document['tags'] = [...guideTags, ...operationTags];
  const group = (name: string, tags: readonly JsonObject[]): JsonObject => ({
    name,
    tags: tags.map((tag) => textOf(tag['name'])),
  });
  document['x-tagGroups'] = [group('Guides', guideTags), group('Operations', operationTags)];
}

/** Keeps one of two examples of a parameter with several values: Redoc would show both as one query, which the API rejects. */
function showOneExample(tree: unknown): void {
  if (tree === null || typeof tree !== 'object') return;
  const { in: place, schema, example } = asObject(tree);
  const own: EditableJsonObject = asObject(schema);
  if (place === 'query' && example !== undefined) delete own['example'];
  for (const child of Object.values(tree)) showOneExample(child);
}

/** Adds the meaning of each code to every list of codes. A constant becomes a list of one: Redoc shows meanings with `enum` only. */
function describeCodes(tree: unknown, meanings: Readonly<Record<string, string>>): void {
  if (tree === null || typeof tree !== 'object') return;
  const code: EditableJsonObject = asObject(asObject(asObject(tree)['properties'])['code']);
  const listed = (code['enum'] ?? (code['const'] === undefined ? [] : [code['const']])) as string[];
  const known = listed.filter((value) => meanings[value] !== undefined);
  if (known.length > 0) {
    code['enum'] = listed;
    delete code['const'];
    code['x-enumDescriptions'] = Object.fromEntries(known.map((value) => [value, meanings[value]]));
  }
  for (const child of Object.values(tree)) describeCodes(child, meanings);
}

/**
 * The page as text.
 *
 * @throws Error when Redocly refuses the document, or when its script names a host that this file does not know yet
 */
export async function buildPage(contract: DocumentedContract, guides: readonly Guide[], sdk: string): Promise<string> {
  mkdirSync('build', { recursive: true });
  const folder = mkdtempSync('build/docs-');
  try {
    const file = (name: string, content: unknown) => (
      writeFileSync(join(folder, name), JSON.stringify(content)),
      join(folder, name)
    );
    const document = file('openapi.json', pageDocument(contract, guides, sdk));
    const settings = file('options.json', options);
    const page = join(folder, 'reference.html');
    await redocly([
      'build-docs',
      document,
      '--output',
      page,
      '--openapi',
      settings,
      '--template',
      `${guidesFolder}/template.hbs`,
      '--inlineBundle',
    ]);
    return finished(readFileSync(page, 'utf8'), contract);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The page with its style, and without anything that another host would be asked for. */
function finished(page: string, { title, description }: DocumentedContract): string {
  const stripped = patches.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text))
      throw new Error(`Redoc no longer has ${pattern.source}: see the patches in scripts/docs/page.ts.`);
    return text.replace(pattern, replacement);
  }, page);
  const left = /https:\/\/(?:cdn|otel)[\w.-]*\.redoc[\w.-]*/.exec(stripped);
  if (left !== null)
    throw new Error(`The page would still send requests to ${left[0]}: add it to the list in scripts/docs/page.ts.`);
  const summary = description.split('\n\n', 1)[0]?.replaceAll('\n', ' ').trim() ?? title;
  const style = readFileSync(`${guidesFolder}/style.css`, 'utf8');
  return stripped.replace('/*STYLE*/', () => style).replace('SUMMARY', () => summary.replaceAll('"', '&quot;'));
}

/** Runs Redocly, whose notices about Node and itself are shown only when it fails. */
function redocly(args: readonly string[]): Promise<void> {
  const manifest = createRequire(join(process.cwd(), 'package.json')).resolve('@redocly/cli/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { redocly: string } };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dirname(manifest), bin.redocly), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const boxes = /^ *[╔║╚].*\n?/gm;
      if (code === 0) resolve();
      else reject(new Error(`The documentation cannot be built.\n${output.replace(boxes, '').trim()}`));
    });
  });
}
