/**
 * The codes of tickets. A code finds its registration without an index and cannot be guessed; who has it can use the ticket. It is in
 * no log, cursor, URL, error or CSV, and it is compared in constant time.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/** What names a registration. */
export interface TicketOwner {
  readonly eventId: string;
  readonly number: number;
}

/** What a registration has of its code: the secret, or only the digest of the code once the registration is cancelled. */
export interface CodeParts extends TicketOwner {
  readonly secret?: string;
  readonly codeDigest?: string;
}

const codeVersion = 1;
const headSize = 21;
const codeSize = 33;

/** The code of a ticket in base64url: a version (1 byte), the event's id (16), the number (4) and the secret (12). */
export function ticketCode({ eventId, number }: TicketOwner, secret: string): string {
  const head = Buffer.alloc(headSize);
  head.writeUInt8(codeVersion, 0);
  head.write(eventId.replaceAll('-', ''), 1, 'hex');
  head.writeUInt32BE(number, 17);
  return Buffer.concat([head, Buffer.from(secret, 'base64url')]).toString('base64url');
}

/** The registration that a code names, whether or not it exists; undefined if the code has another form. */
export function readCode(code: string): TicketOwner | undefined {
  const bytes = Buffer.from(code, 'base64url');
  if (bytes.length !== codeSize || bytes[0] !== codeVersion) return undefined;
  const id = bytes.toString('hex', 1, 17);
  return { eventId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), number: bytes.readUInt32BE(17) };
}

/** The SHA-256 digest of the 44 characters of a registration's code, in base64url; undefined once it is erased. */
export function codeDigestOf(parts: CodeParts): string | undefined {
  return parts.secret === undefined
    ? parts.codeDigest
    : digestOf(ticketCode(parts, parts.secret)).toString('base64url');
}

/** Whether a code is that of a registration, also of one that is cancelled. */
export function hasCode(parts: CodeParts, code: string): boolean {
  const expected = Buffer.from(codeDigestOf(parts) ?? '', 'base64url');
  const actual = digestOf(code);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function digestOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
