/**
 * A moment as it is stored, compared and answered: `YYYY-MM-DDTHH:mm:ssZ`. Between the years 0 and 9999 the order of the
 * texts is the order of the moments. Beyond them, where an offset can lead, the year is written as ISO 8601 extends it
 * (`-000001-…`, `+010000-…`): still to be judged by {@link yearOf}, no longer to be compared as text.
 */
export type Instant = string;

/** The source of a regular expression that matches an instant. */
export const instantPattern = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`;

/** The years in which an event may be. */
export const firstYear = 2000;
export const lastYear = 2199;
const msPerSecond = 1_000;

/**
 * The instant that an RFC 3339 date-time names: any offset, any fraction, which is cut off towards the past.
 * Expects what the contract's pattern has let through (no leap second).
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 *
 * @throws RangeError when the text is no date-time
 */
export function toInstant(text: string): Instant {
  // The fraction is left out of the text, not of the number: more than three digits are nothing that Date promises to read,
  // and before 1970 cutting the number would go towards the future.
  const withoutFraction = text.toUpperCase().replace(/\.\d+/, '');
  return instantOf(new Date(withoutFraction));
}

/**
 * The instant of a Date, its milliseconds cut off towards the past.
 *
 * @throws RangeError when the Date is invalid
 */
export function instantOf(date: Date): Instant {
  const wholeSeconds = Math.floor(date.getTime() / msPerSecond) * msPerSecond;
  return new Date(wholeSeconds).toISOString().replace('.000Z', 'Z');
}

/** An instant in seconds since 1970, as DynamoDB's time to live counts them. */
export function secondsOf(instant: Instant): number {
  return Date.parse(instant) / msPerSecond;
}

/** The year of an instant in UTC; below 0 or above 9999 where an offset led there. */
export function yearOf(instant: Instant): number {
  return new Date(instant).getUTCFullYear();
}

/** Whether an event may be at this instant, by its year in UTC. */
export function isInRange(instant: Instant): boolean {
  const year = yearOf(instant);
  return year >= firstYear && year <= lastYear;
}
