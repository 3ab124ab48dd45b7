// Copied by `make generate` from src/lib/json-bytes.ts; do not edit.
/** The length of a value as JSON in UTF-8, in bytes. */
export function jsonBytes(value: object): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
