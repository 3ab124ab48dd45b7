import { lazy, withLazy } from './lazy.ts';

describe('lazy', () => {
  it('makes a value at its first use, and once', () => {
    const make = jest.fn(() => undefined);
    const value = lazy(make);
    expect(make).not.toHaveBeenCalled();
    expect([value(), value()]).toEqual([undefined, undefined]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('tries again after an error', () => {
    const make = jest
      .fn(() => 'made')
      .mockImplementationOnce(() => {
        throw new Error('not yet');
      });
    const value = lazy(make);
    expect(value).toThrow('not yet');
    expect(value()).toBe('made');
  });
});

describe('withLazy', () => {
  it('makes each member at its first use, and once', () => {
    const [first, second] = [jest.fn(() => ({ n: 1 })), jest.fn(() => 2)];
    const object = withLazy({ kept: 0 }, { first, second });
    expect(object.kept).toBe(0);
    expect(object.first).toBe(object.first);
    expect(first).toHaveBeenCalledTimes(1);
    expect(second).not.toHaveBeenCalled();
  });

  it('has them among its own members', () => {
    expect({ ...withLazy({ kept: 0 }, { first: () => 1 }) }).toEqual({ kept: 0, first: 1 });
  });
});
