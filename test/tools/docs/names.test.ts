/** The names in prose: what a text tells people to type, to set or to look up exists. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFiles } from '../../../scripts/quality/project-files.ts';
import { localClientId } from '../../../scripts/stack/identity/users.ts';
import { columnsOf } from '../../../src/domain/registrations/columns.ts';
import { defaultTableName, type TableName, tableNameVariable, tables } from '../../../src/storage/tables.ts';
import { codesOf, contract, operations, resolve, walk } from '../../contract/contract.ts';
import { rules } from '../../support/makefile.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const files = projectFiles();
const isText = (file: string) => /\.(cjs|css|hbs|hcl|html|js|json|tf|ts|tsx|ya?ml)$|^Makefile$|\/run$/.test(file);
const isSource = (file: string) => isText(file) && !/package-lock\.json$|mutate\/|docs\/names\.test\.ts$/.test(file);

/** The texts about the project as it is. Changelogs and decisions are about what it was. */
const documents = files.filter(
  (file) => file.endsWith('.md') && !file.endsWith('CHANGELOG.md') && !file.startsWith('docs/decisions/0'),
);

const fences = (text: string) => [...text.matchAll(/^ *```(\w*).*\n([^]*?)^ *```$/gm)];
const spansOf = (text: string) =>
  [...text.replace(/^ *```[^]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);

/** What a text tells people to type: in its blocks for a shell, and in its sentences. */
const commandsOf = (text: string) => [
  ...fences(text)
    .filter(([, language]) => language === 'sh')
    .flatMap(([, , block = '']) => block.split('\n')),
  ...spansOf(text),
];

const scripts = new Set(
  files
    .filter((file) => file.endsWith('package.json'))
    .flatMap((file) => Object.keys((JSON.parse(read(file)) as { scripts?: object }).scripts ?? {})),
);

/** Names that are unlike words: with a capital, a hyphen or an underscore inside. */
const namesIn = (text: string) => text.match(/\b[A-Za-z]+(?:[A-Z][a-z]|[-_][A-Za-z])\w*(?:-\w+)*/g) ?? [];

const tableNames = Object.keys(tables) as TableName[];

/** Names of AWS, browsers, compilers and other packages, which texts explain and no source has. */
const ofOthers = new Set([
  ...['CodeDeploy', 'INIT_REPORT', 'NotAuthorizedException', 'ResourceAlreadyExistsException', 'UserNotFoundException'],
  ...['delete-function-concurrency', 'describe-table', 'list-functions'],
  ...['HttpOnly', 'Permissions-Policy', 'SameSite', 'ts-ignore'],
  ...[
    'AccessibilityInfo',
    'announceForAccessibility',
    'expo-auth-session',
    'extraQueryParams',
    'react-native-url-polyfill',
  ],
]);

/** Names that are composed elsewhere: the alarm of an example, and a file of a reader. */
const composed = new Set(['events-signed-in-check-Errors', 'try-fakes']);

/** Files and scripts that readers of a text create. */
const ofReaders = /\.tfvars$|\.tfstate$|\/backend\.tf$|\.lock\.hcl$|^dev$/;

/** Every name in the sources, and in the programs of the texts. */
const known = new Set(
  [
    ...files,
    ...files.filter(isSource).map(read),
    ...documents.flatMap((file) =>
      fences(read(file))
        .filter(([, language]) => language !== 'sh')
        .map(([, , block = '']) => block),
    ),
  ]
    .flatMap((text) => [...namesIn(text), ...(text.match(/\w+/g) ?? [])])
    .concat(tableNames.map(tableNameVariable), tableNames.map(defaultTableName)),
);

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('names targets of the Makefile that exist', () => {
    const named = commandsOf(text).flatMap(
      (command) => /(?:^|[\s(])make((?: -\w+| [a-z][\w-]*(?!\S))+)/.exec(command)?.[1]?.trim().split(' ') ?? [],
    );
    expect(named.filter((target) => !target.startsWith('-') && !rules.has(target))).toEqual([]);
  });

  it('names scripts of package.json that exist', () => {
    const named = commandsOf(text).flatMap((command) => /npm run (?:--silent )?([\w:]+)/.exec(command)?.[1] ?? []);
    expect(named.filter((script) => !scripts.has(script) && !ofReaders.test(script))).toEqual([]);
  });

  it('names files of the project that exist', () => {
    const top = new Set(files.filter((name) => name.includes('/')).map((name) => name.split('/')[0]));
    const paths = spansOf(text).filter((span) => /^[\w.-]+\/[\w./-]*\.\w+$/.test(span) && top.has(span.split('/')[0]));
    const exists = (path: string) => existsSync(path) || existsSync(join(dirname(file), path));
    expect(paths.filter((path) => !exists(path) && !ofReaders.test(path))).toEqual([]);
  });

  it('names only what occurs in the sources', () => {
    const named = spansOf(text).flatMap((span) => namesIn(span.replace(/https?:\S+/g, '')));
    expect([...new Set(named)].filter((name) => ![known, ofOthers, composed].some((names) => names.has(name)))).toEqual(
      [],
    );
  });
});

describe('docs/runbook.md', () => {
  it('names alarms that Terraform creates', () => {
    const alarms = files
      .filter((file) => file.endsWith('.tf') && read(file).includes('"aws_cloudwatch_metric_alarm"'))
      .map((file) => read(file).replace(/\b(?:alarm_description|section|text) += ".*?"/g, ''))
      .join('\n');
    const named = spansOf(read('docs/runbook.md')).flatMap(
      (span) => /^(?:…|events-signed-in-check)-(.+)$/.exec(span)?.[1] ?? [],
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !new RegExp(`(?:-|["\\s])${name}(?:"| +=)`).test(alarms))).toEqual([]);
  });
});

describe('the contract', () => {
  const textKeys = ['description', 'summary', 'title', 'detail', 'remedy'];

  it('names only what it defines', () => {
    const isProse = (key: string, value: unknown) => textKeys.includes(key) && typeof value === 'string';
    const entries = [...walk(contract)].flatMap(([, node]) => Object.entries(node));
    const defined = new Set([
      ...entries.flatMap(([key, value]) =>
        isProse(key, value) ? [] : [key, ...(typeof value === 'string' ? [value] : [])],
      ),
      ...columnsOf().map(({ name }) => name),
      ...['Content-Type', localClientId],
    ]);
    const named = entries.flatMap(([key, value]) =>
      isProse(key, value) ? spansOf(String(value)).flatMap(namesIn) : [],
    );
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((name) => !defined.has(name))).toEqual([]);
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'names in the description of %s only statuses and problems that it responds with',
    (_, operation) => {
      const codes = Object.values(operation.responses).flatMap((response) => codesOf(resolve(response)));
      const spans = spansOf(operation.description ?? '');
      const statuses = spans.filter((span) => /^[1-5]\d\d$/.test(span));
      expect(statuses.filter((status) => !(status in operation.responses))).toEqual([]);
      const problems = spans.filter((span) => contract.components.schemas['ProblemCode']?.enum?.includes(span));
      expect(problems.filter((code) => !codes.includes(code))).toEqual([]);
    },
  );
});
