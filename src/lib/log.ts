/** The log: one JSON object per line on the standard output. */
import { types } from 'node:util';

/** What a line says. Errors may stand anywhere in it; members that are undefined are left out. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes lines. */
export interface Logger {
  info(fields: LogFields): void;
  error(fields: LogFields): void;
}

/** What a logger is made of. */
export interface LoggerOptions {
  /**
   * Takes one line, its line feed included. By default it goes to the standard output, past `console.log`, before whose
   * text Lambda puts a time and an id.
   */
  readonly write?: (line: string) => void;
  readonly now?: () => Date;
}

/** Makes a logger. It never throws: what cannot be written as JSON is replaced by a line that says so. */
export function createLogger({
  write = (line) => void process.stdout.write(line),
  now = () => new Date(),
}: LoggerOptions = {}): Logger {
  function log(level: 'info' | 'error', fields: LogFields): void {
    const head = { time: now().toISOString(), level };
    let line: string;
    try {
      line = JSON.stringify({ ...head, ...fields }, plain);
    } catch (error) {
      line = JSON.stringify({ ...head, level: 'error', message: 'A log line could not be written.', error }, plain);
    }
    write(`${line.replace(unseen, escape)}\n`);
  }
  return { info: (fields) => log('info', fields), error: (fields) => log('error', fields) };
}

/** What may give access, or belongs to the people whose data it is, whatever object it came with. */
const secret = /^(authorization|cookie|set-cookie|(access|id|refresh)?_?token|password|body)$/i;

/** Parts of base64url, of which the first begins like JSON: a token that got into a text, perhaps without its end. */
const signedToken = /(?<![\w-])eyJ[\w-]*(?:\.[\w-]*)+/g;

/** What JSON leaves as it is, but a terminal obeys, or a reader takes for the end of a line or for another order of the text. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** As JSON escapes it: each of its UTF-16 units. */
const escape = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

function plain(key: string, value: unknown): unknown {
  if (secret.test(key) && value !== undefined) return '[left out]';
  if (typeof value === 'string') return value.replace(signedToken, '[token]');
  if (typeof value === 'bigint') return String(value);
  return isError(value) ? describe(value, 0) : value;
}

/** `instanceof` alone misses the errors of another realm, such as those of Node's core under Jest. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** Deep enough for every real chain; one that leads back to itself ends here. */
const longestChain = 5;

function describe(value: unknown, depth: number): unknown {
  if (!isError(value)) return typeof value === 'object' ? '[object]' : value;
  const { name, message, stack, cause } = value;
  const { code, errors } = value as { code?: unknown; errors?: unknown };
  const deeper = depth < longestChain;
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause !== undefined && deeper ? { cause: describe(cause, depth + 1) } : {}),
    // A host with several addresses fails with one error for each, and says nothing itself.
    ...(Array.isArray(errors) && deeper ? { errors: errors.slice(0, 5).map((one) => describe(one, depth + 1)) } : {}),
  };
}
