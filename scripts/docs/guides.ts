/** The guides: the files in docs/site, with what they take from the contract, the code and the changelog, and the client's README. */
import { readdirSync, readFileSync } from 'node:fs';
import { maxBodyBytes } from '../../src/http/pipeline/read-body.ts';
import { daysAfterEnd, maxEntries, maxFeeds } from '../../src/domain/calendars/model.ts';
import { maxHours } from '../../src/domain/events/times.ts';
import { listBudget } from '../../src/domain/events/list-query.ts';
import { tombstoneSeconds } from '../../src/domain/shared/idempotency.ts';
import { columnsOf } from '../../src/domain/registrations/columns.ts';
import { maxHeaderSize } from '../../src/http/node/server.ts';
import { readClientPage } from './client-page.ts';
import { type DocumentedContract, type DocumentedOperation, textOf } from './contract.ts';
import { table } from './markdown.ts';

export const guidesFolder = 'docs/site';

/** The groups of guides in the navigation, each with the number of its first file. */
const groups = [
  { title: 'Start', first: 1 },
  { title: 'The API', first: 3 },
  { title: 'Building a frontend', first: 20 },
] as const;

export type GuideGroup = (typeof groups)[number]['title'];

/** The titles of the groups, in their order. */
export const guideGroups: readonly GuideGroup[] = groups.map(({ title }) => title);

export interface Guide {
  /** The file's name without its number and extension, such as `errors`. */
  readonly name: string;
  readonly group: GuideGroup;
  /** The file that it is made from, relative to the root of the project. */
  readonly source: string;
  readonly title: string;
  /** Markdown; its first line is the title as a heading. */
  readonly text: string;
}

const read = (file: string) => readFileSync(file, 'utf8');
const manifest = (file: string) => JSON.parse(read(file)) as { name: string; engines: { node: string } };

/** The name of the client package. */
export const sdkName = (): string => manifest('client/package.json').name;

/** What stands for `{{name}}` in a guide: what is decided elsewhere is not typed again. */
function values(contract: DocumentedContract): Readonly<Record<string, string>> {
  const limit =
    contract.operations.flatMap(({ parameters }) => parameters).find(({ name }) => name === 'limit')?.schema ?? {};
  const named = (some: readonly DocumentedOperation[]) =>
    some.map(({ operationId }) => `\`${operationId}\``).join(' and ');
  const withoutToken = contract.operations.filter(({ acceptsToken }) => !acceptsToken);
  const optionalToken = contract.operations.filter(({ acceptsToken, secured }) => acceptsToken && !secured);
  return {
    bodyKiB: String(maxBodyBytes / 1024),
    changelog: read('CHANGELOG.md')
      .replace(/^# .*\n+/, '')
      .trim(),
    daysAfterEnd: String(daysAfterEnd),
    docs: contract.url,
    exportColumns: columnsOf()
      .map(({ name }) => `\`${name}\``)
      .join(', '),
    headerKiB: String(maxHeaderSize / 1024),
    keyConsumedHours: String(tombstoneSeconds / 3600),
    limitDefault: textOf(limit['default']),
    limitMaximum: textOf(limit['maximum']),
    listEvents: String(listBudget.items),
    maxEntries: String(maxEntries),
    maxFeeds: String(maxFeeds),
    maxDays: String(maxHours / 24),
    node: manifest('package.json').engines.node.replace(/^\D+/, ''),
    open: named(withoutToken),
    optional: named(optionalToken),
    roles: table(
      ['operation', 'who'],
      contract.operations.map((one) => [`\`${one.operationId}\``, whoMay(one)]),
    ),
    scanner: read(`${guidesFolder}/scanner.ts`).trim(),
    sdk: sdkName(),
    server: contract.server,
    version: contract.version,
  };
}

function whoMay({ secured, acceptsToken, role, parameters }: DocumentedOperation): string {
  if (!acceptsToken) return 'anyone, without a token';
  if (!secured) return 'anyone, with or without a token';
  if (role === undefined) return 'any signed-in user';
  return parameters.some((one) => one.in === 'path') ? `the event's ${role}` : `${role}s`;
}

/** The files of the guides, in the order of their numbers. */
function guideFiles() {
  return readdirSync(guidesFolder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const number = Number.parseInt(file, 10);
      const group = groups.findLast(({ first }) => number >= first)?.title;
      if (group === undefined) throw new Error(`${guidesFolder}/${file}: the name of a guide begins with its number.`);
      return { source: `${guidesFolder}/${file}`, name: file.replace(/^\d+-|\.md$/g, ''), group };
    });
}

/**
 * The guides, in the order of their numbers. The page about the client package comes first in its group.
 *
 * @throws Error where a guide asks for a value that is not there, or does not begin with its title
 */
export function readGuides(contract: DocumentedContract): readonly Guide[] {
  const known = values(contract);
  const written = guideFiles().map(({ source, ...guide }): Guide => {
    const text = read(source).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = known[name];
      if (value === undefined) throw new Error(`${source}: there is no value for {{${name}}}.`);
      return value;
    });
    const title = /^# (.+)\n/.exec(text)?.[1];
    if (title === undefined) throw new Error(`${source}: a guide begins with its title, "# …".`);
    return { ...guide, source, title, text: text.trim() };
  });
  const about: Guide = { ...readClientPage(contract), group: 'Building a frontend' };
  const before = written.filter(({ group }) => group !== about.group);
  return [...before, about, ...written.slice(before.length)];
}
