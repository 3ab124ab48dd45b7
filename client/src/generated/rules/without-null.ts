// Copied by `make generate` from src/lib/without-null.ts; do not edit.
/** An object type without null: members that can be null become optional. */
export type WithoutNull<T> = { [Name in keyof T as null extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as null extends T[Name] ? Name : never]?: Exclude<T[Name], null>;
};

/** A copy of an object without the members that are null. */
export function withoutNull<T extends object>(source: T): WithoutNull<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null)) as WithoutNull<T>;
}
