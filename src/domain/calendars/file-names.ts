/** The secret file names of feeds. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** How many random bytes a file name has. */
const secretBytes = 32;
const suffix = '.ics';

/** A new file name, and the salt to store if it belongs to an idempotency key. */
export interface NewFileName {
  readonly calendarFile: string;
  readonly salt?: string;
}

/**
 * Draws a file name. With an idempotency key, it follows from the key and a random salt: a retry gets the same name, although only the
 * salt is stored, which is useless without the key.
 */
export function newFileName(key: string | undefined): NewFileName {
  const random = randomBytes(secretBytes).toString('base64url');
  return key === undefined
    ? { calendarFile: `${random}${suffix}` }
    : { calendarFile: fileNameOf(key, random), salt: random };
}

/** The file name that a key and a salt give. */
export function fileNameOf(key: string, salt: string): string {
  return `${createHmac('sha256', Buffer.from(salt, 'base64url')).update(key).digest('base64url')}${suffix}`;
}

/** What is stored of a file name. */
export function digestOf(calendarFile: string): string {
  return createHash('sha256').update(calendarFile).digest('base64url');
}
