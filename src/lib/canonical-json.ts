import library from 'canonicalize';

// The package is CommonJS, but its types declare an ES module.
const canonicalize = library as unknown as (value: unknown) => string;

/** Serializes a JSON value in its canonical form (RFC 8785): members sorted, no spaces. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value);
}
