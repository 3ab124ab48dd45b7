/** Checks of what the caller passes. Each throws a TypeError that says what is wrong; none repeats a value, which may be a secret. */

/** The members of a plain object. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is an object literal, or what JSON or a spread makes; its prototype may be that of another realm. */
export function isPlain(value: unknown): value is Members {
  if (typeof value !== 'object' || !value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return !prototype || !Object.getPrototypeOf(prototype);
}

/** @throws TypeError if the value is not a plain object: the members of anything else may be invisible */
export function plain(name: string, value: unknown): Members {
  if (!isPlain(value)) throw new TypeError(`${name} is not a plain object`);
  return value;
}

/** @throws TypeError if the value is not a string, or an empty one */
export function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || !value)
    throw new TypeError(`${name} is ${value ? 'not a string' : String(value) || 'empty'}`);
  return value;
}

/**
 * The members of an input as JSON makes them: a date is its ISO text.
 *
 * @throws TypeError if the input is not a plain object, or if JSON would omit or replace a value, such as a Map or NaN
 */
export function jsonOf(input: unknown): Members {
  const json = JSON.stringify(plain('input', input), function (this: Members, name, value: unknown) {
    const given = this[name];
    const kept =
      typeof value === 'object'
        ? value
          ? Array.isArray(value) || isPlain(value)
          : given === null
        : typeof value === 'string' ||
          typeof value === 'boolean' ||
          Number.isFinite(value) ||
          // An optional member that is not set. In an array, it would become null.
          (given === undefined && !Array.isArray(this));
    if (!kept) throw new TypeError(`${name} cannot be sent as JSON`);
    return value;
  });
  return JSON.parse(json) as Members;
}

/**
 * Sets headers. Undefined ones are omitted.
 *
 * @param given a plain object, or pairs such as those of `Headers`
 * @throws TypeError if a name or value cannot be sent
 */
export function setHeaders(headers: Headers, given: unknown): void {
  const pairs =
    Symbol.iterator in Object(given)
      ? (given as Iterable<readonly [string, unknown]>)
      : Object.entries(plain('headers', given ?? {})).filter(([, value]) => value !== undefined);
  const added = new Headers();
  for (const pair of pairs) {
    if (!Array.isArray(pair)) throw new TypeError('headers are neither an object nor pairs');
    const [name, value] = pair as [string, unknown];
    text(name, value);
    try {
      added.append(name, value as string);
    } catch {
      // The message of the platform contains the value.
      throw new TypeError(`${name} cannot be sent as a header`);
    }
  }
  added.forEach((value, name) => headers.set(name, value));
}

/**
 * The absolute base URL, without a trailing slash.
 *
 * @throws TypeError if no request can be sent to it
 */
export function baseUrlOf(given: unknown): string {
  const { document, location } = globalThis as {
    document?: { baseURI: string };
    location?: { href: string };
  };
  const written = (given as URL | undefined)?.href ?? given;
  if (typeof written !== 'string')
    throw new TypeError(`baseUrl is ${written === undefined ? 'undefined' : 'not a URL'}`);
  let href = '';
  try {
    ({ href } = new URL(`${written.trim()}/`, document?.baseURI ?? location?.href));
  } catch {
    // It is neither absolute nor relative to a page.
  }
  const flaw = !/^https?:/.test(href)
    ? 'is not a URL with http:// or https://; only a web page may omit them'
    : /^\w+:\/\/[^/]*@/.test(href)
      ? 'contains a user name or a password, which fetch rejects'
      : /[?#]/.test(href)
        ? 'contains a query or a fragment, which would end the path of each operation'
        : '';
  if (flaw) throw new TypeError(`baseUrl ${flaw}`);
  return href.replace(/\/+$/, '');
}
