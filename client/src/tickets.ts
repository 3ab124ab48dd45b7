/**
 * The ticket of a registration: the text of its QR code, and what a device at the door needs to recognize it while it is offline.
 * An entry of its own, because most pages need neither: `import { ticketText } from '@event-management/client/tickets'`.
 */
import type { Registration } from './generated/schemas.ts';

/** The form of the `code` of a registration. */
const codeForm = /^[A-Za-z0-9_-]{44}$/;

/**
 * The text to encode in the QR code of a ticket: the `code` of the registration and nothing else, 44 ASCII characters. Encode it in byte
 * mode: version 4 (33 × 33 modules) holds it up to the error correction level Q. It is secret, like the code.
 *
 * @param registration your own, from `getMyRegistration`, `registerForEvent` or `listMyRegistrations`; or one of a person whom you have
 *   registered for your event, from `createRegistration` or `getRegistration`
 * @returns undefined if there is no ticket: because the registration is waitlisted, cancelled or erased, or because you must not have it
 */
export function ticketText({ code }: Pick<Registration, 'code'>): string | undefined {
  return code;
}

/**
 * The code in what a scanner has read, for `createCheckIns` and `ticketDigest`. Whitespace at both ends is ignored: scanners that
 * emulate a keyboard add a line break.
 *
 * @returns undefined if the text is not that of a ticket, such as another QR code
 */
export function ticketCode(scanned: string): string | undefined {
  const text = scanned.trim();
  return codeForm.test(text) ? text : undefined;
}

/**
 * The digest of a code: the SHA-256 of its characters, in base64url without padding. It equals `codeDigest` of the registration in the
 * organizer's list, so that a device with the list recognizes a ticket without a network, and cannot make one.
 *
 * @param code the `code` of a registration, or what `ticketCode` returns
 * @throws TypeError (as a rejection) where the platform has no `crypto.subtle`, as in a page that was loaded over plain HTTP
 */
export async function ticketDigest(code: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
