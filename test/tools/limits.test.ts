/**
 * The limits and durations of the server. Most of them show only in time or under load, where no other test looks, so each is accepted
 * once by hand. After an intended change, review the difference and accept it:
 * `npx jest --config jest.tools.config.js test/tools/limits -u`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const isOfServer = (file: string) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/\bgenerated\//.test(file);

const sources = (readdirSync('src', { recursive: true }) as string[]).filter(isOfServer).sort();

/** The names of the declarations around a node, such as `keyTimes.cooldown`. */
function nameOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    const { name } = at as ts.NamedDeclaration;
    if (name !== undefined && ts.isIdentifier(name)) names.unshift(name.text);
  }
  return names.join('.');
}

/** Whether a node is a number, or a calculation with numbers only, such as `64 * 1024`. */
function isNumber(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) || (ts.isBinaryExpression(node) && isNumber(node.left) && isNumber(node.right));
}

/** The numbers that a module declares as constants, alone or in an object, and those that options have by default. */
function numbersOf(node: ts.Node, inFunction = false): string[] {
  const { initializer } = node as { initializer?: ts.Expression };
  const isDefault = ts.isBindingElement(node) || ts.isParameter(node);
  const isConstant = !inFunction && (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node));
  if ((isDefault || isConstant) && initializer !== undefined && isNumber(initializer))
    return [`${nameOf(node)} = ${initializer.getText()}`];
  const inner: string[] = [];
  ts.forEachChild(node, (child) => void inner.push(...numbersOf(child, inFunction || ts.isFunctionLike(node))));
  return inner;
}

test('the limits and durations of the server are those that were accepted', () => {
  const all = sources.flatMap((file) => {
    const text = readFileSync(join('src', file), 'utf8');
    const root = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return numbersOf(root).map((line) => `${file}: ${line}`);
  });
  expect(`\n${all.join('\n')}\n`).toMatchSnapshot();
});
