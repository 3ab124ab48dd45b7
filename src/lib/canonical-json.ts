import library from 'canonicalize';

// The package is CommonJS, and its types promise an ES module.
const canonicalize = library as unknown as (value: unknown) => string;

/** The one way to write a JSON value (RFC 8785): members sorted, no spaces. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value);
}
