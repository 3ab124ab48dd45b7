/** The packages of the Lambda functions, as `make deps` builds them: their contents, which depend on the sources only. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { functionEntries } from '../../../scripts/function/entries.ts';
import { nodeMajor } from '../../../scripts/function/node.ts';
import { zip as pack } from '../../../scripts/function/zip.ts';
import { document } from '../../../src/contract/generated/document.ts';
import { type BuiltFunction, buildFunction } from '../../support/function.ts';

let built: BuiltFunction;
let zip: Buffer;
beforeAll(() => {
  built = buildFunction();
  zip = readFileSync(join(built.folder, 'api.zip'));
});
afterAll(() => built.remove());

const file = () => readFileSync(join(built.folder, 'api/index.mjs'));

it('a package contains one file, which is the bundle next to it, and no source map', () => {
  const entries = unzipSync(zip);
  expect(Object.keys(entries)).toEqual(['index.mjs']);
  expect(Buffer.from(entries['index.mjs'] ?? []).equals(file())).toBe(true);
  expect(readdirSync(join(built.folder, 'api'))).toEqual(['index.mjs']);
  expect(/sourceMappingURL|sourcesContent/.test(file().toString())).toBe(false);
});

it('each entry in src/entries becomes one bundle, one source map and one package', () => {
  const names = functionEntries('.').map(({ name }) => name);
  expect(names).toContain('api');
  expect(functionEntries('.').map((entry) => entry.file)).toEqual(names.map((name) => `src/entries/lambda-${name}.ts`));
  expect(readdirSync(built.folder).sort()).toEqual(
    names.flatMap((name) => [name, `${name}.mjs.map`, `${name}.zip`]).sort(),
  );
});

it('Terraform runs the handler of the package on the version of Node.js that it is built for', () => {
  const hcl = (path: string) => readFileSync(`terraform/modules/${path}`, 'utf8');
  const [, runtime] = /^ {2}runtime += "(.*)"$/m.exec(hcl('function/main.tf')) ?? [];
  const [, module, handler] =
    /^variable "handler" \{[^}]*^ {2}default += "(\w+)\.(\w+)"$/ms.exec(hcl('function/variables.tf')) ?? [];
  expect(hcl('api/function.tf')).not.toMatch(/^ {2}handler\b/m);
  expect(hcl('api/function.tf')).toMatch(/^ {2}package_path += "\$\{var\.package_folder\}\/api\.zip"$/m);
  expect(runtime).toBe(`nodejs${nodeMajor}.x`);
  expect(Object.keys(unzipSync(zip))).toEqual([`${module}.mjs`]);
  expect(file().toString()).toMatch(new RegExp(`export ?\\{[^}]*\\bas ${handler}\\b`));
});

it('any user can read the file in a package: its mode is 644', () => {
  const directory = zip.indexOf(Buffer.from('PK\u0001\u0002'));
  expect((zip.readUInt32LE(directory + 38) >>> 16).toString(8)).toBe('644');
});

it('the bytes of a package depend on its files only: not on the machine, the version of Node.js or the environment', () => {
  const text = Array.from({ length: 500 }, (_, index) => `line ${index * index}`).join('\n');
  const digest = createHash('sha256')
    .update(pack({ 'index.mjs': Buffer.from(text) }))
    .digest('hex');
  expect(digest).toBe('33b7230ecbf979dc28934cecf6e5462964a7c8c60acbe09d0c0df9b5fdd802a2');
});

it('the source map refers to the sources of this project', () => {
  const { sources } = JSON.parse(readFileSync(join(built.folder, 'api.mjs.map'), 'utf8')) as { sources: string[] };
  expect(sources).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/src\/entries\/lambda-api\.ts$/),
      expect.stringMatching(/src\/http\/pipeline\/pipeline\.ts$/),
    ]),
  );
});

it('the bundle contains the contract, but no test, script, path of the build machine or development setting', () => {
  const text = file().toString();
  const contains = (part: string) => text.includes(part);
  expect(Object.keys(document.paths).filter((path) => !contains(path))).toEqual([]);
  const unwanted = [process.cwd(), 'oauth2-mock-server', 'dynoxide', 'fast-check', 'process.env.NODE_ENV'];
  expect(unwanted.filter(contains)).toEqual([]);
});

it('the build prints the size of each package and the hash that Terraform compares', () => {
  const lines = built.output.trimEnd().split('\n');
  expect(lines).toHaveLength(functionEntries('.').length);
  for (const line of lines)
    expect(line).toMatch(/[a-z-]+\.zip: \d+ kB of 250 \(unpacked \d+ kB\), sha256 [\w+/]{43}=$/);
});

describe('the same sources', () => {
  const rebuilt: BuiltFunction[] = [];
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'a copy of the project '));
    for (const name of ['openapi', 'scripts', 'src', 'package.json', 'tsconfig.json'])
      cpSync(name, join(copy, name), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => {
    for (const { remove } of rebuilt) remove();
    rmSync(copy, { recursive: true, force: true });
  });

  it('the same sources produce the same bytes again, from another working folder and in another time zone', () => {
    const other = buildFunction({ cwd: tmpdir(), env: { TZ: 'Pacific/Apia' } });
    rebuilt.push(other);
    expect(readFileSync(join(other.folder, 'api.zip')).equals(zip)).toBe(true);
  });

  it('the same sources produce the same bytes in another folder and next to a second entry, which has its own package', () => {
    writeFileSync(
      join(copy, 'src/entries/lambda-second.ts'),
      "import { createDatabase } from '../storage/database.ts';\n" +
        "const database = createDatabase({ region: 'us-east-1' });\n" +
        'export const handler = () => database.close();\n',
    );
    const other = buildFunction({ root: copy, cwd: copy });
    rebuilt.push(other);
    expect(readFileSync(join(other.folder, 'api.zip')).equals(zip)).toBe(true);
    const second = readFileSync(join(other.folder, 'second.zip'));
    const bundled = readFileSync(join(other.folder, 'second/index.mjs'));
    expect(Object.keys(unzipSync(second))).toEqual(['index.mjs']);
    expect(Buffer.from(unzipSync(second)['index.mjs'] ?? []).equals(bundled)).toBe(true);
    expect(bundled.toString()).toMatch(/export ?\{[^}]*\bas handler\b/);
    expect(second.length).toBeLessThan(zip.length);
    expect(other.output).toMatch(/second\.zip: \d+ kB of 250 /);
  });

  it('a package that exceeds the limit fails the build', () => {
    const script = join(copy, 'scripts/function/build.ts');
    const text = readFileSync(script, 'utf8');
    const smaller = text.replace('zipLimit = 250_000', `zipLimit = ${zip.length - 1}`);
    expect(smaller).not.toBe(text);
    writeFileSync(script, smaller);
    expect(() => buildFunction({ root: copy, cwd: copy })).toThrow('api.zip is larger than');
  });
});
