import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { readEntries } from './entries.ts';

const entries = readEntries();

test.each(entries)('$specifier is in both formats, in files of its name', ({ path }) => {
  const { exports } = JSON.parse(readFileSync('client/package.json', 'utf8')) as { exports: Record<string, unknown> };
  const name = path === '.' ? 'index' : path.slice('./'.length);
  const inFormat = (format: string) => ({
    types: `./dist/${format}/${name}.d.ts`,
    default: `./dist/${format}/${name}.js`,
  });
  expect(exports[path]).toEqual({ import: inFormat('esm'), require: inFormat('cjs') });
});

/** What the contract names follows from the contract. */
const ofTheContract = /\/generated\/(schemas|inputs|enums)\.ts$/;

test('the names that programs can import are those that were accepted', () => {
  const program = ts.createProgram(
    entries.map(({ source }) => source),
    {
      noEmit: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  );
  const checker = program.getTypeChecker();
  const names = entries.map(({ specifier, source }) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)!;
    const own = checker.getExportsOfModule(module).filter((symbol) => {
      const { declarations = [] } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return !declarations.some((one) => ofTheContract.test(one.getSourceFile().fileName));
    });
    return [specifier, own.map(({ name }) => name).sort()];
  });
  expect(Object.fromEntries(names)).toMatchSnapshot();
});
