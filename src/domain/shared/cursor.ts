/** The opaque position in a list. It is a position and never an authority: what may be seen is decided anew on each page. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';

/** What a list is narrowed to, in one spelling: instants in UTC, `me` resolved, statuses sorted. */
export interface Filters {
  readonly organizerId?: string;
  readonly status?: readonly string[];
  readonly startsFrom?: string;
  readonly startsBefore?: string;
  readonly tag?: string;
  readonly order: 'asc' | 'desc';
}

/** Where the next page begins: behind this sort key; and the moment at which the list was begun, where that is a bound. */
export interface Position {
  readonly begunAt: string;
  readonly startsAtId: string;
}

const version = 1;
const instant = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`;
const shapes = {
  begunAt: new RegExp(`^${instant}$`),
  startsAtId: new RegExp(`^${instant}#[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
};

/** Writes a cursor that fits these filters only. */
export function encodeCursor({ begunAt, startsAtId }: Position, filters: Filters): string {
  return Buffer.from(JSON.stringify([version, digest(filters), begunAt, startsAtId])).toString('base64url');
}

/** Reads a cursor; undefined where it is broken or was made for other filters. */
export function decodeCursor(cursor: string, filters: Filters): Position | undefined {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) return undefined;
  const [madeBy, madeFor, begunAt, startsAtId] = parts as unknown[];
  if (madeBy !== version || madeFor !== digest(filters)) return undefined;
  if (typeof begunAt !== 'string' || !shapes.begunAt.test(begunAt)) return undefined;
  if (typeof startsAtId !== 'string' || !shapes.startsAtId.test(startsAtId)) return undefined;
  return { begunAt, startsAtId };
}

function parse(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function digest(filters: Filters): string {
  return createHash('sha256').update(canonicalJson(filters)).digest('base64url').slice(0, 16);
}
