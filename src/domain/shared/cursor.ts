/**
 * Opaque positions in lists. A cursor grants no access: for each page, the server checks what the caller may see.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { type Instant, instantPattern } from './instants.ts';
import type { Problem } from './requirement.ts';

/** Where a page starts. */
export interface Start {
  /** The time at which the list was started, which later pages use as their reference time. */
  readonly asOf: Instant;
  /** The sort key after which the page starts; absent for the first page. */
  readonly after?: string;
}

/** Writes and reads the cursors of one list. `Filters` is what the list is narrowed to; equal filters must have one spelling. */
export interface CursorCodec<Filters extends object> {
  /** The cursor of the page that starts there, valid with these filters only. */
  encode(start: Required<Start>, filters: Filters): string;
  /**
   * Where the page of a cursor starts; without a cursor, where a list that is started now does. It is a problem if the cursor is malformed
   * or was written for other filters.
   */
  startOf(cursor: string | undefined, filters: Filters, now: Instant): Start | Problem<'invalid-cursor'>;
}

const version = 1;
const isInstant = new RegExp(`^${instantPattern}$`);
const invalid = { problem: 'invalid-cursor' } as const;

/** @param sortKey matches the sort keys of the list */
export function createCursorCodec<Filters extends object>(sortKey: RegExp): CursorCodec<Filters> {
  return {
    encode({ asOf, after }, filters) {
      return Buffer.from(JSON.stringify([version, digest(filters), asOf, after])).toString('base64url');
    },

    startOf(cursor, filters, now) {
      if (cursor === undefined) return { asOf: now };
      const parts = parse(cursor);
      if (!Array.isArray(parts) || parts.length !== 4) return invalid;
      const [writtenBy, writtenFor, asOf, after] = parts as unknown[];
      if (writtenBy !== version || writtenFor !== digest(filters)) return invalid;
      if (typeof asOf !== 'string' || !isInstant.test(asOf)) return invalid;
      if (typeof after !== 'string' || !sortKey.test(after)) return invalid;
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
