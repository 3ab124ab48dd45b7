import vm from 'node:vm';

// The environment of these tests has replaced this function.
const compile = (filename: string, source: string, parsingContext = vm.createContext()) =>
  vm.compileFunction(source, ['exports'], { filename, parsingContext }) as (
    exports: Record<string, unknown>,
  ) => unknown;

describe('a module that several test files load', () => {
  it('has state, functions and globals of its own in each', () => {
    const source = 'let count = 0; exports.add = () => (count += 1); exports.Array = Array;';
    const [one, other] = [vm.createContext(), vm.createContext()].map((context) => {
      const exports: { add?: () => number; Array?: unknown } = {};
      compile('shared.js', source, context)(exports);
      expect(exports.Array).toBe(vm.runInContext('Array', context));
      return exports;
    });
    expect([one?.add?.(), one?.add?.(), other?.add?.()]).toEqual([1, 2, 1]);
    expect(one?.add).not.toBe(other?.add);
  });

  it('is compiled again if it has changed', () => {
    expect(compile('changed.js', 'return 1')({})).toBe(1);
    expect(compile('changed.js', 'return 2')({})).toBe(2);
  });

  it('keeps its positions in stack traces, in the first line too', () => {
    const stackOf = (source: string) => (compile('traced.js', source)({}) as Error).stack;
    expect(stackOf('return new Error()')).toContain('traced.js:1:8');
    expect(stackOf('\n  return new Error()')).toContain('traced.js:2:10');
  });

  it('is in strict mode if it says so, and may end with a comment', () => {
    expect((compile('strict.js', '"use strict"; return this // the end') as () => unknown)()).toBeUndefined();
  });

  it('fails with the position of a syntax error', () => {
    const failure = (() => {
      try {
        return compile('invalid.js', 'const a = 1;\nconst = 2;');
      } catch (error) {
        return error as Error;
      }
    })();
    expect(failure).toMatchObject({ name: 'SyntaxError', stack: expect.stringContaining('invalid.js:2') });
  });
});
