import { zipSync } from 'fflate';

/** The earliest moment that the format knows, and no time zone: a zip holds local time. */
const always = new Date(1980, 0, 1);

/** Read by everybody, written by its owner: Lambda runs the function as another user than the one who packed it. */
const mode = 0o644;

/**
 * Packs files. The same files make the same bytes: their times do not count, and the compression is fflate's own, where
 * `node:zlib` gives other bytes with another version of Node.
 */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const unix = { os: 3, attrs: mode << 16 };
  return zipSync({ ...files }, { level: 9, mtime: always, ...unix });
}
