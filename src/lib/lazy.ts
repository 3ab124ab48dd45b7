/** Makes a value at its first use. If that throws, the next use tries again. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** An object with more members, each of which is made at its first use. */
export function withLazy<T extends object, More extends object>(
  object: T,
  makers: { readonly [Name in keyof More]: () => More[Name] },
): T & More {
  const getters = Object.entries<() => unknown>(makers).map(([name, make]) => [
    name,
    { get: lazy(make), enumerable: true },
  ]);
  return Object.defineProperties(object, Object.fromEntries(getters) as PropertyDescriptorMap) as T & More;
}
