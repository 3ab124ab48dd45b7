/**
 * Opaque positions in lists. A cursor grants no access: for each page, the server checks what the caller may see.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { type Instant, instantPattern } from './instants.ts';

/** Where a page starts. */
export interface Position {
  /** The time at which the list was started, which later pages use as their reference time. */
  readonly asOf: Instant;
  /** The sort key after which the page starts. */
  readonly after: string;
}

/** Writes and reads the cursors of one list. `Filters` is what the list is narrowed to; equal filters must have one spelling. */
export interface CursorCodec<Filters extends object> {
  /** A cursor that is valid with these filters only. */
  encode(position: Position, filters: Filters): string;
  /** The position of a cursor; undefined if it is malformed or was written for other filters. */
  decode(cursor: string, filters: Filters): Position | undefined;
}

const version = 1;
const isInstant = new RegExp(`^${instantPattern}$`);

/** @param sortKey matches the sort keys of the list */
export function createCursorCodec<Filters extends object>(sortKey: RegExp): CursorCodec<Filters> {
  return {
    encode({ asOf, after }, filters) {
      return Buffer.from(JSON.stringify([version, digest(filters), asOf, after])).toString('base64url');
    },

    decode(cursor, filters) {
      const parts = parse(cursor);
      if (!Array.isArray(parts) || parts.length !== 4) return undefined;
      const [writtenBy, writtenFor, asOf, after] = parts as unknown[];
      if (writtenBy !== version || writtenFor !== digest(filters)) return undefined;
      if (typeof asOf !== 'string' || !isInstant.test(asOf)) return undefined;
      if (typeof after !== 'string' || !sortKey.test(after)) return undefined;
      return { asOf, after };
    },
  };
}

function parse(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function digest(filters: object): string {
  return createHash('sha256').update(canonicalJson(filters)).digest('base64url').slice(0, 16);
}
