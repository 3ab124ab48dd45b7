/** The log: one JSON object per line on standard output. */
import { types } from 'node:util';

/** The fields of a log line. Values may contain errors; undefined fields are omitted. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines. */
export interface Logger {
  info(fields: LogFields): void;
  error(fields: LogFields): void;
}

/** The settings of a logger. */
export interface LoggerOptions {
  /**
   * Writes one line, which includes its line feed. By default it goes to standard output directly: Lambda puts a time and an id
   * before the text of `console.log`.
   */
  readonly write?: (line: string) => void;
  readonly now?: () => Date;
}

/** Creates a logger. It never throws: fields that cannot be serialized are replaced by a line that says so. */
export function createLogger({
  write = (line) => void process.stdout.write(line),
  now = () => new Date(),
}: LoggerOptions = {}): Logger {
  function log(level: 'info' | 'error', fields: LogFields): void {
    const head = { time: now().toISOString(), level };
    let line: string;
    try {
      line = JSON.stringify({ ...head, ...fields }, replacer);
    } catch (error) {
      line = JSON.stringify({ ...head, level: 'error', message: 'A log line could not be written.', error }, replacer);
    }
    write(`${line.replace(controlCharacters, escape)}\n`);
  }
  return { info: (fields) => log('info', fields), error: (fields) => log('error', fields) };
}

/** Fields that may contain credentials or personal data, in any object. */
const secret = /^(authorization|cookie|set-cookie|(access|id|refresh)?_?token|password|body)$/i;

/** Base64url parts of which the first starts like JSON: a token inside a text, possibly truncated. */
const signedToken = /(?<![\w-])eyJ[\w-]*(?:\.[\w-]*)+/g;

/** Characters that JSON does not escape, but that control a terminal, break lines or reorder text. */
const controlCharacters = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Escapes a character as JSON does: each of its UTF-16 units. */
const escape = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

function replacer(key: string, value: unknown): unknown {
  if (secret.test(key) && value !== undefined) return '[redacted]';
  if (typeof value === 'string') return value.replace(signedToken, '[token]');
  if (typeof value === 'bigint') return String(value);
  return isError(value) ? serializeError(value, 0) : value;
}

/** `instanceof` alone misses errors of another realm, such as those of Node's core under Jest. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** The maximum depth of a chain of causes; a circular chain ends here. */
const maxCauses = 5;

function serializeError(value: unknown, depth: number): unknown {
  if (!isError(value)) return typeof value === 'object' ? '[object]' : value;
  const { name, message, stack, cause } = value;
  const { code, errors } = value as { code?: unknown; errors?: unknown };
  const deeper = depth < maxCauses;
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause !== undefined && deeper ? { cause: serializeError(cause, depth + 1) } : {}),
    // A host with several addresses fails with one error for each, and the error around them has no message.
    ...(Array.isArray(errors) && deeper
      ? { errors: errors.slice(0, 5).map((one) => serializeError(one, depth + 1)) }
      : {}),
  };
}
