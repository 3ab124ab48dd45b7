/** The `errors[]` of the API, grouped by field. */
import type { EventsApiError, FieldError } from '@event-management/client';

export type ErrorsByField = Readonly<Record<string, readonly string[]>>;

const dateMissing = 'Please give a date and a time.';

/** Whether a `detail` speaks of the schema instead of what to enter. */
const isTechnical = (detail: string) => /pattern|format|schema|\bNOT\b|##/.test(detail);

/** A friendlier message than `detail` for common codes. Limits are taken from `detail`. */
function messageOf(error: FieldError): string {
  const { code, detail } = error;
  const limit = /\d+/.exec(detail)?.[0];
  if (
    ['/startsAt', '/endsAt'].includes(locationOf(error)) &&
    ['required', 'too-short', 'invalid-format'].includes(code)
  )
    return dateMissing;
  if (code === 'required' || (code === 'too-short' && limit === '1')) return 'Please fill this in.';
  if (code === 'too-short' && limit) return `At least ${limit} characters, please.`;
  if (code === 'too-long' && limit) return `At most ${limit} characters, please.`;
  if (code === 'too-small' && limit) return `At least ${limit}, please.`;
  if (code === 'too-large' && limit) return `At most ${limit}, please.`;
  if (code === 'too-many' && limit) return `No more than ${limit}, please.`;
  if (code === 'invalid-type' && detail.includes('integer')) return 'A whole number, please.';
  if (code === 'invalid-format' && /url$/i.test(locationOf(error)))
    return 'An address that begins with https://, please.';
  if (code === 'duplicate-item') return 'Each one only once, please.';
  if (isTechnical(detail)) return 'This is not in the expected form.';
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? '' : '.'}`;
}

/** `/location/url`, `/tags/3`, or the name of a parameter. */
const locationOf = ({ pointer, parameter }: FieldError) => pointer ?? parameter ?? '';

/**
 * Groups the field errors of a problem.
 *
 * @param fieldOf maps a pointer or parameter to the field that shows its errors; by default they are the same
 */
export function errorsByField(
  error: EventsApiError | undefined,
  fieldOf: (location: string) => string = (location) => location,
): ErrorsByField {
  const fields: Record<string, string[]> = {};
  for (const item of error?.problem?.errors ?? []) {
    const messages = (fields[fieldOf(locationOf(item))] ??= []);
    if (!messages.includes(messageOf(item))) messages.push(messageOf(item));
  }
  return fields;
}
