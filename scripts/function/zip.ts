import { zipSync } from 'fflate';

/** The earliest time that the format supports. Local time, because a zip has no time zones. */
const always = new Date(1980, 0, 1);

/** Readable by all users: Lambda runs the function as a user other than its owner. */
const mode = 0o644;

/**
 * Packs files. The same files produce the same bytes: file times are ignored, and fflate compresses by itself, because the output of
 * `node:zlib` depends on the version of Node.js.
 */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const unix = { os: 3, attrs: mode << 16 };
  return zipSync({ ...files }, { level: 9, mtime: always, ...unix });
}
