/** `llms.txt` and the whole documentation as one Markdown file. */
import type { DocumentedContract, DocumentedOperation } from './contract.ts';
import type { Guide } from './guides.ts';
import { deeper } from './markdown.ts';
import { renderOperation, renderSchemas } from './reference.ts';

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');

/** The index for language models (https://llmstxt.org): what this is, and where to read on. */
export function renderIndex({ title, description, operations }: DocumentedContract, guides: readonly Guide[]): string {
  const [summary = '', ...more] = description.trim().split('\n\n');
  return (
    [
      `# ${title}`,
      `> ${oneLine(summary)}`,
      ...more.map(oneLine),
      '## Documentation',
      [
        '- [Everything as one file](docs.md): guides, operations, schemas',
        '- [The contract](openapi.yaml): OpenAPI 3.1, also [as JSON](openapi.json)',
      ].join('\n'),
      '## Guides',
      guides.map(({ name, title: of }) => `- [${of}](${name}.md)`).join('\n'),
      '## Operations',
      operations
        .map(
          ({ operationId, method, path, summary: does }) =>
            `- [\`${operationId}\`](${operationId}.md) (\`${method.toUpperCase()} ${path}\`): ${does}`,
        )
        .join('\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** One operation as a file of its own, with a title. */
export function renderOperationFile(operation: DocumentedOperation, contract: DocumentedContract, sdk: string): string {
  const [heading, ...rest] = renderOperation(operation, contract, sdk).split('\n');
  return `${[heading?.slice(1), ...rest].join('\n')}\n`;
}

/** Guides, operations and schemas in one text. */
export function renderWhole(contract: DocumentedContract, guides: readonly Guide[], sdk: string): string {
  const { title, version, description, operations } = contract;
  return (
    [
      `# ${title} ${version}`,
      description.trim(),
      ...guides.map(({ text }) => deeper(text, 1)),
      '## Operations',
      ...operations.map((operation) => deeper(renderOperation(operation, contract, sdk), 1)),
      '## Schemas',
      deeper(renderSchemas(contract), 1),
    ].join('\n\n') + '\n'
  );
}
