/** The API's `errors[]`, sorted to the fields that they belong to. */
import type { EventsApiError, FieldError } from '@event-management/client';

export type ErrorsByField = Readonly<Record<string, readonly string[]>>;

const dateMissing = 'Please give a date and a time.';

/** Better words than a validator's, where there are any; `detail` for all others. Limits stay the API's. */
function messageOf(error: FieldError): string {
  const { code, detail } = error;
  const limit = /\d+/.exec(detail)?.[0];
  if (['/startsAt', '/endsAt'].includes(placeOf(error)) && ['required', 'too-short', 'invalid-format'].includes(code))
    return dateMissing;
  if (code === 'required' || (code === 'too-short' && limit === '1')) return 'Please fill this in.';
  if (code === 'too-short' && limit) return `At least ${limit} characters, please.`;
  if (code === 'too-long' && limit) return `At most ${limit} characters, please.`;
  if (code === 'too-small' && limit) return `At least ${limit}, please.`;
  if (code === 'too-large' && limit) return `At most ${limit}, please.`;
  if (code === 'too-many' && limit) return `No more than ${limit}, please.`;
  if (code === 'invalid-type' && detail.endsWith('integer')) return 'A whole number, please.';
  if (code === 'invalid-format' && /url$/i.test(placeOf(error))) return 'An address that begins with https://, please.';
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? '' : '.'}`;
}

/** `/location/url`, `/tags/3`, or the name of a parameter. */
const placeOf = ({ pointer, parameter }: FieldError) => pointer ?? parameter ?? '';

/**
 * Sorts the field errors of a problem.
 *
 * @param fieldOf the field that shows what is wrong at a place; by default a parameter is its own field
 */
export function errorsByField(
  error: EventsApiError | undefined,
  fieldOf: (place: string) => string = (place) => place,
): ErrorsByField {
  const fields: Record<string, string[]> = {};
  for (const item of error?.problem?.errors ?? []) {
    const messages = (fields[fieldOf(placeOf(item))] ??= []);
    if (!messages.includes(messageOf(item))) messages.push(messageOf(item));
  }
  return fields;
}
