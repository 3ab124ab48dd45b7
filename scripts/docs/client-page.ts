/** The page about the client package: its README, with links to the other pages of the site. */
import { readFileSync } from 'node:fs';
import type { DocumentedContract } from './contract.ts';
import { changeOutsideCode } from './markdown.ts';

const source = 'client/README.md';
const title = 'The client package';

/**
 * The README as a page of the site. It has addresses, because it is part of the package; the page has links within the site.
 *
 * @throws Error if the README does not begin with its title
 */
export function readClientPage({ url, repository, operations }: DocumentedContract) {
  const names = new Set(operations.map(({ operationId }) => operationId));
  const readme = readFileSync(source, 'utf8');
  const [heading] = /^# .+\n/.exec(readme) ?? [];
  if (heading === undefined) throw new Error(`${source} must begin with its title, "# …".`);
  const text = readme
    .slice(heading.length)
    // Blocks of code that are marked for the checks.
    .replace(/^(```\w+) \w+$/gm, '$1')
    .replace(/^<!--.*-->\n/gm, '');
  const linked = changeOutsideCode(text, (line) =>
    line
      .replaceAll('](CHANGELOG.md)', `](${repository}/blob/main/client/CHANGELOG.md)`)
      .replace(/\]\(([^)]+)\.html(#[^)]*)?\)/g, (link, page: string, anchor = '') =>
        page.startsWith(url) ? `](${page.slice(url.length)}.md${anchor})` : link,
      )
      // The table of operations.
      .replace(/^(\| `(\w+)\(.*?` \|) ([^|]+) \|/, (row, start: string, name: string, summary: string) =>
        names.has(name) ? `${start} [${summary}](operations/${name}.md) |` : row,
      ),
  );
  return { name: 'client', source, title, text: `# ${title}\n${linked}`.trim() };
}
