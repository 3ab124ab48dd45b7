// Copied by `make generate` from src/domain/shared/instants.ts; do not edit.
/**
 * A UTC timestamp as it is stored, compared and returned: `YYYY-MM-DDTHH:mm:ssZ`. Between the years 0 and 9999, the order of the
 * strings is the chronological order. An offset can lead outside of them, where the year has the extended form of ISO 8601
 * (`-000001-…`, `+010000-…`): {@link yearOf} accepts it, but strings cannot be compared.
 */
export type Instant = string;

/** The source of a regular expression that matches an instant. */
export const instantPattern = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`;

/** The first and the last year in which an event can take place. */
export const firstYear = 2000;
export const lastYear = 2199;
const msPerSecond = 1_000;

/**
 * Converts an RFC 3339 date-time with any offset to an instant; a fraction of a second is truncated towards the past.
 * Expects a text that matches the contract's pattern (no leap second).
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 *
 * @throws RangeError if the text is not a date-time
 */
export function toInstant(text: string): Instant {
  // The fraction is removed from the text, not from the number: Date does not guarantee to parse more than three digits, and
  // before 1970, truncating the number would round towards the future.
  const withoutFraction = text.toUpperCase().replace(/\.\d+/, '');
  return instantOf(new Date(withoutFraction));
}

/**
 * Converts a Date to an instant; milliseconds are truncated towards the past.
 *
 * @throws RangeError if the Date is invalid
 */
export function instantOf(date: Date): Instant {
  const wholeSeconds = Math.floor(date.getTime() / msPerSecond) * msPerSecond;
  return new Date(wholeSeconds).toISOString().replace('.000Z', 'Z');
}

/** An instant in seconds since 1970, as in DynamoDB's time to live. */
export function secondsOf(instant: Instant): number {
  return Date.parse(instant) / msPerSecond;
}

/** The year of an instant in UTC; an offset can make it less than 0 or greater than 9999. */
export function yearOf(instant: Instant): number {
  return new Date(instant).getUTCFullYear();
}

/** Whether an event can take place at an instant, by its year in UTC. */
export function isInRange(instant: Instant): boolean {
  const year = yearOf(instant);
  return year >= firstYear && year <= lastYear;
}
