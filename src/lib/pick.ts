/** The named members of an object without those that are undefined, in the order of the names. */
export function pick<T extends object, Name extends keyof T>(source: T, names: readonly Name[]): Pick<T, Name> {
  const picked: Partial<Pick<T, Name>> = {};
  for (const name of names) if (source[name] !== undefined) picked[name] = source[name];
  return picked as Pick<T, Name>;
}
