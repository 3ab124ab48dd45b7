/**
 * The static pages: guides, operations, schemas and error codes. Each is written as Markdown and as HTML. The Markdown that this file
 * makes has links relative to the root of the site, to the Markdown of other pages.
 */
import { contractFile, type DocumentedContract, type DocumentedOperation } from './contract.ts';
import { renderCatalogue } from './codes.ts';
import { type Guide, type GuideGroup, guideGroups } from './guides.ts';
import { deeper } from './markdown.ts';
import { renderOperation, renderSchemas } from './reference.ts';
import { tryPath } from './try/path.ts';

/** A page of the site. */
export interface SitePage {
  /** Where it is below the root, without extension, such as `operations/createEvent`. */
  readonly path: string;
  readonly title: string;
  readonly kind: 'home' | 'guide' | 'operation' | 'catalogue';
  /** The group of a guide. */
  readonly group?: GuideGroup;
  /** The file in which its text is written, relative to the root of the project. */
  readonly source: string;
  /** One sentence, for search engines and lists of results. */
  readonly summary: string;
  /** Markdown; its first line is the title as a heading. */
  readonly text: string;
}

/** All pages, in the order in which they are read: the home page, guides, operations by tag, error codes, schemas. */
export function sitePages(contract: DocumentedContract, guides: readonly Guide[], sdk: string): readonly SitePage[] {
  return [
    {
      path: 'index',
      title: contract.title,
      kind: 'home',
      source: contractFile,
      summary: firstSentence(contract.description),
      text: renderHome(contract, guides),
    },
    ...guides.map(({ name, title, text, group, source }): SitePage => ({
      path: `guides/${name}`,
      title,
      kind: 'guide',
      group,
      source,
      summary: firstSentence(text),
      text,
    })),
    ...operationsByTag(contract).flatMap(([, operations]) =>
      operations.map((operation) => operationPage(operation, contract, sdk)),
    ),
    {
      path: 'errors',
      title: 'Error codes',
      kind: 'catalogue',
      source: contractFile,
      summary: 'Every error code of the API: its status, what it means, what to do, and the operations that return it.',
      text: renderCatalogue(contract),
    },
    {
      path: 'schemas',
      title: 'Schemas',
      kind: 'catalogue',
      source: contractFile,
      summary: 'Every object of requests and responses: its fields, with type, limits and meaning.',
      text: `# Schemas\n\nThe objects of requests and responses, by name.\n\n${renderSchemas(contract)}`,
    },
  ];
}

function operationPage(operation: DocumentedOperation, contract: DocumentedContract, sdk: string): SitePage {
  const { operationId, summary, method, path, description } = operation;
  return {
    path: `operations/${operationId}`,
    title: summary,
    kind: 'operation',
    source: contractFile,
    summary: `${method.toUpperCase()} ${path}: ${firstSentence(description) || summary}`,
    text: deeper(renderOperation(operation, contract, sdk), -1),
  };
}

/** The operations of each tag, in the order of the contract's tags. */
export function operationsByTag({
  operations,
  tree,
}: DocumentedContract): readonly (readonly [tag: string, operations: readonly DocumentedOperation[]])[] {
  const tags = (tree['tags'] ?? []) as readonly { readonly name: string }[];
  return tags.map(({ name }) => [name, operations.filter(({ tag }) => tag === name)] as const);
}

/** What the API is, and where to read on. */
function renderHome(contract: DocumentedContract, guides: readonly Guide[]): string {
  const [summary = '', ...more] = contract.description.trim().split('\n\n');
  return [
    `# ${contract.title}`,
    summary,
    '[Get started](guides/getting-started.md), build a frontend with [React](guides/react.md) or [another framework](#building-a-frontend), look up an [operation](#operations), or find out what an [error code](errors.md) means.',
    '## Guides',
    ...guideGroups.flatMap((group) => [
      `### ${group}`,
      guides
        .filter((guide) => guide.group === group)
        .map(({ name, title, text }) => `- [${title}](guides/${name}.md): ${firstSentence(text)}`)
        .join('\n'),
    ]),
    '## Operations',
    ...operationsByTag(contract).flatMap(([tag, operations]) => [`### ${tag}`, listOf(operations)]),
    '## Reference',
    [
      '- [Error codes](errors.md): what each means, and what to do',
      '- [Schemas](schemas.md): the objects of requests and responses',
      '- [Interactive reference](reference.html): operations and schemas to unfold (needs JavaScript)',
      `- [Try it](${tryPath}): sign in, and send requests from a page (needs JavaScript)`,
      `- The contract, OpenAPI ${contract.tree.openapi}: [openapi.yaml](openapi.yaml), [openapi.json](openapi.json)`,
      '- For language models: [llms.txt](llms.txt), [everything as one Markdown file](llms-full.txt)',
    ].join('\n'),
    '## Conventions',
    ...more,
  ].join('\n\n');
}

/** Operations as a list of links. */
export function listOf(operations: readonly DocumentedOperation[]): string {
  return operations
    .map(
      ({ operationId, method, path, summary }) =>
        `- [${summary}](operations/${operationId}.md): \`${method.toUpperCase()} ${path}\``,
    )
    .join('\n');
}

/** The first sentence of the first paragraph of a text, without Markdown. */
export function firstSentence(text: string): string {
  const paragraph = text.split('\n\n').find((one) => /^[^#|`\s-]|^`[^`]/.test(one.trim())) ?? '';
  const plain = paragraph
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/[*`]/g, '');
  return /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain;
}
