/** The package of the Lambda function, as `make deps` builds it: what is in it, and that it depends on nothing but the sources. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { document } from '../../../src/contract/generated/document.ts';
import { nodeMajor } from '../../../scripts/function/node.ts';
import { type BuiltFunction, buildFunction } from '../../support/function.ts';

let built: BuiltFunction;
let zip: Buffer;
beforeAll(() => {
  built = buildFunction();
  zip = readFileSync(join(built.folder, 'function.zip'));
});
afterAll(() => built.remove());

const file = () => readFileSync(join(built.folder, 'function/index.mjs'));

it('holds one file, which is the one beside it, and no source map', () => {
  const entries = unzipSync(zip);
  expect(Object.keys(entries)).toEqual(['index.mjs']);
  expect(Buffer.from(entries['index.mjs'] ?? []).equals(file())).toBe(true);
  expect(readdirSync(built.folder).sort()).toEqual(['function', 'function.zip', 'index.mjs.map']);
  expect(readdirSync(join(built.folder, 'function'))).toEqual(['index.mjs']);
  expect(/sourceMappingURL|sourcesContent/.test(file().toString())).toBe(false);
});

it('is started by Terraform as what it is: by a handler that it has, under the version of Node.js that it was made for', () => {
  const hcl = readFileSync('terraform/modules/api/function.tf', 'utf8');
  const [, runtime] = /^ {2}runtime += "(.*)"$/m.exec(hcl) ?? [];
  const [, module, handler] = /^ {2}handler += "(\w+)\.(\w+)"$/m.exec(hcl) ?? [];
  expect(runtime).toBe(`nodejs${nodeMajor}.x`);
  expect(Object.keys(unzipSync(zip))).toEqual([`${module}.mjs`]);
  expect(file().toString()).toMatch(new RegExp(`export ?\\{[^}]*\\bas ${handler}\\b`));
});

it('can be read by whoever runs it: the file has mode 644', () => {
  const directory = zip.indexOf(Buffer.from('PK\u0001\u0002'));
  expect((zip.readUInt32LE(directory + 38) >>> 16).toString(8)).toBe('644');
});

it('has a map that leads back to the sources of this project', () => {
  const { sources } = JSON.parse(readFileSync(join(built.folder, 'index.mjs.map'), 'utf8')) as { sources: string[] };
  expect(sources).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/src\/entries\/lambda-api\.ts$/),
      expect.stringMatching(/src\/http\/pipeline\/pipeline\.ts$/),
    ]),
  );
});

it('holds the contract, and neither a test, nor a script, nor a path of the machine that built it, nor a choice that was made for production', () => {
  const text = file().toString();
  const holds = (part: string) => text.includes(part);
  expect(Object.keys(document.paths).filter((path) => !holds(path))).toEqual([]);
  expect([process.cwd(), 'oauth2-mock-server', 'dynoxide', 'fast-check', 'process.env.NODE_ENV'].filter(holds)).toEqual(
    [],
  );
});

it('says how large it is, and the hash that Terraform will compare', () => {
  expect(built.output).toMatch(/function\.zip: \d+ kB of 500 \(unpacked \d+ kB\), sha256 [\w+/]{43}=\n$/);
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

  it.each([
    [
      'again, by a call from another folder and in another time zone',
      () => ({ cwd: tmpdir(), env: { TZ: 'Pacific/Apia' } }),
    ],
    ['in another folder', () => ({ root: copy, cwd: copy })],
  ])('make the same bytes %s', (_, where) => {
    const other = buildFunction(where());
    rebuilt.push(other);
    expect(readFileSync(join(other.folder, 'function.zip')).equals(zip)).toBe(true);
  });

  it('make no package where it would be larger than it may', () => {
    const script = join(copy, 'scripts/function/build.ts');
    const text = readFileSync(script, 'utf8');
    const smaller = text.replace('zipLimit = 500_000', `zipLimit = ${zip.length - 1}`);
    expect(smaller).not.toBe(text);
    writeFileSync(script, smaller);
    expect(() => buildFunction({ root: copy, cwd: copy })).toThrow('The zip of the function is larger than');
  });
});
