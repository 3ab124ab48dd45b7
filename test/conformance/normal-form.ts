/** Strings of requests in the normal form that the contract describes for `x-text`. Shares no code with the server. */
import type { Node, Tree } from './tree.ts';

/** A value in its normal form; a string that has none stays as it is. */
export type ToNormalForm = (schema: unknown, value: unknown) => unknown;

export function createNormalForm({ resolve }: Tree): ToNormalForm {
  return function toNormalForm(source, value): unknown {
    const schema = resolve(source);
    for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
      const parts = (schema[keyword] ?? []) as unknown[];
      if (parts.length > 0 && value !== null) return toNormalForm(partFor(parts, value), value);
    }
    if (typeof value === 'string') return normalString(schema['x-text'], value);
    if (Array.isArray(value)) return value.map((item) => toNormalForm(schema['items'] ?? {}, item));
    if (value === null || typeof value !== 'object') return value;
    const members = (schema['properties'] ?? {}) as Node;
    const others = schema['additionalProperties'];
    const schemaOf = (name: string) => (Object.hasOwn(members, name) ? members[name] : others);
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        typeof schemaOf(name) === 'object' ? toNormalForm(schemaOf(name), member) : (member as unknown),
      ]),
    );
  };

  /** The alternative to whose constants and enumerations the value belongs. */
  function partFor(parts: readonly unknown[], value: unknown): unknown {
    return parts.find((part) =>
      Object.entries((resolve(part)['properties'] ?? {}) as Record<string, Node>).every(
        ([name, { const: only, enum: values = only === undefined ? undefined : [only] }]) =>
          values === undefined || (values as unknown[]).includes((value as Node)[name]),
      ),
    );
  }
}

/** The normal form of one string. */
export function normalString(kind: unknown, text: string): string {
  if (kind === 'url') return normalUrl(text);
  if (kind !== 'single-line' && kind !== 'multi-line') return text;
  const lines = kind === 'multi-line' ? text.replaceAll(/\r\n|\r|\u2028|\u2029/g, '\n') : text;
  const trimmed = lines.replace(/^[\s\u200b\u2060]+/, '').replace(/[\s\u200b\u2060]+$/, '');
  return /[^\s\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u.test(trimmed) ? trimmed.normalize('NFC') : '';
}

/** The URL as RFC 3986 writes it: a browser leaves some characters that are not allowed in a URI. A text that cannot be parsed stays as it is. */
function normalUrl(text: string): string {
  let href: string;
  try {
    ({ href } = new URL(text));
  } catch {
    return text;
  }
  const [, origin = '', ...parts] = /^(https?:\/\/[^/]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? [];
  const escaped = parts.map((part = '') => {
    const body = part.slice(1).replaceAll(/%(?![0-9a-f]{2})/gi, '%25');
    return part.slice(0, 1) + body.replaceAll(/[^\w.~!$&'()*+,;=:@/?%-]/g, encodeURIComponent);
  });
  return origin + escaped.join('');
}
