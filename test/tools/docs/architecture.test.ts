/** docs/architecture.md against the project: its map lists every folder, and its diagram shows every import between folders. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const text = readFileSync('docs/architecture.md', 'utf8');

const foldersIn = (parent: string) =>
  readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => `${parent}/${name}/`);

/** The folder of src/ that a file belongs to; for a file in src/ itself, its name. */
const partOf = (file: string) => (relative('src', file).split('/')[0] ?? '').replace(/\.ts$/, '');

/** The relative paths that a source imports, types included. */
const importsOf = (source: string) =>
  [...source.matchAll(/\b(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)].map(([, path]) => path as string);

/** The imports between the parts of src/, as `http --> contract`. Tests may import what they like. */
function importArrows(): Set<string> {
  const files = (readdirSync('src', { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join('src', file));
  return new Set(
    files.flatMap((file) =>
      importsOf(readFileSync(file, 'utf8'))
        .map((path) => normalize(join(dirname(file), path)))
        .filter((target) => target.startsWith('src/') && partOf(target) !== partOf(file))
        .map((target) => `${partOf(file)} --> ${partOf(target)}`),
    ),
  );
}

/** The arrows of a Mermaid flowchart: `a --> b & c` is two. */
function arrowsOf(diagram: string): Set<string> {
  return new Set(
    [...diagram.matchAll(/^ *(\w+) --> (.+)$/gm)].flatMap(([, from, to]) =>
      (to as string).split('&').map((target) => `${from} --> ${target.trim()}`),
    ),
  );
}

const diagrams = [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, diagram]) => diagram as string);

describe('docs/architecture.md', () => {
  it('shows in its first diagram exactly the imports between the parts of src', () => {
    expect([...arrowsOf(diagrams[0] ?? '')].sort()).toEqual([...importArrows()].sort());
  });

  it('lists in its map exactly the folders that exist', () => {
    const [, map = ''] = text.split('## Map of folders');
    const listed = [...(map.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+\/)` \|/gm)].map(([, folder]) => folder);
    const parents = ['src', 'src/domain', 'scripts', 'test', 'terraform/modules'];
    expect(listed.filter((folder) => parents.includes(dirname(folder as string))).sort()).toEqual(
      parents.flatMap(foldersIn).sort(),
    );
  });

  it('says which parts of src import each of them', () => {
    const rows = [...text.matchAll(/^\| `src\/(\w+)\/` \|.*\| ([^|]+) \|$/gm)];
    const arrows = [...importArrows()].map((arrow) => arrow.split(' --> '));
    expect(rows.length).toBeGreaterThan(5);
    for (const [, part = '', by = ''] of rows) {
      const importers = arrows.filter(([, to]) => to === part).map(([from = '']) => from);
      const named = by.split(', ').map((name) => name.replace(/`|\.ts/g, ''));
      // Outside of src, anything may import it.
      const inSource = named.filter((name) => !['scripts', 'tests', 'nothing'].includes(name));
      expect([part, inSource.sort()]).toEqual([part, part === 'lib' ? ['everything in src/'] : importers.sort()]);
    }
  });

  it('names functions in the files that have them', () => {
    for (const [row, , cell = ''] of text.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)) {
      const paths = [...cell.matchAll(/`((?:src|client)\/[\w./-]+\.ts)`/g)].map(([, path]) => path as string);
      const names = [...cell.matchAll(/`([a-z]+[A-Z]\w*)`/g)].map(([, name]) => name as string);
      if (paths.length === 0) continue;
      const sources = paths.map((path) => readFileSync(path, 'utf8')).join('\n');
      expect([row, names.filter((name) => !sources.includes(name))]).toEqual([row, []]);
    }
  });

  it('names only paths that exist', () => {
    const built = /^(build|coverage|\.local|client\/dist)\//;
    const paths = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)].map(([, path]) => path as string);
    const missing = paths.filter((path) => !built.test(path) && !existsSync(path));
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('scripts/README.md', () => {
  const listed = [...readFileSync('scripts/README.md', 'utf8').matchAll(/^\| `([^`]+\.ts)` \|/gm)].map(
    ([, file]) => file,
  );

  it('lists only commands that exist', () => {
    expect(listed.filter((file) => !existsSync(`scripts/${file}`))).toEqual([]);
  });

  it('lists every script that make or npm runs', () => {
    const texts = ['Makefile', 'package.json', 'client/package.json'].map((file) => readFileSync(file, 'utf8'));
    const run = [...texts.join('').matchAll(/(?:\$\(TSX\)|tsx) (?:\.\.\/)?scripts\/(\S+\.ts)/g)].map(
      ([, file]) => file,
    );
    expect(run.length).toBeGreaterThan(15);
    expect(run.filter((file) => !listed.includes(file))).toEqual([]);
  });
});
