/** The `errors[]` of the API, grouped by field. */
import type { EventsApiError, FieldError } from '@event-management/client';
import { texts } from '../texts.ts';

export type ErrorsByField = Readonly<Record<string, readonly string[]>>;

/** Whether a `detail` speaks of the schema instead of what to enter. */
const isTechnical = (detail: string) => /pattern|format|schema|\bNOT\b|##/.test(detail);

/** A friendlier message than `detail` for common codes. Limits are taken from `detail`. */
function messageOf(error: FieldError): string {
  const { code, detail } = error;
  const { fields } = texts;
  const limit = /\d+/.exec(detail)?.[0];
  if (
    ['/startsAt', '/endsAt'].includes(locationOf(error)) &&
    ['required', 'too-short', 'invalid-format'].includes(code)
  )
    return fields.date;
  if (code === 'required' || (code === 'too-short' && limit === '1') || detail.includes('visible character'))
    return fields.required;
  if (locationOf(error) === '/email') return fields.email;
  if (code === 'too-short' && limit) return fields.tooShort(limit);
  if (code === 'too-long' && limit) return fields.tooLong(limit);
  if (code === 'too-small' && limit) return fields.tooSmall(limit);
  if (code === 'too-large' && limit) return fields.tooLarge(limit);
  if (code === 'too-many' && limit) return fields.tooMany(limit);
  if (code === 'invalid-type' && detail.includes('integer')) return fields.wholeNumber;
  if (code === 'invalid-format' && /url$/i.test(locationOf(error))) return fields.httpsUrl;
  if (code === 'duplicate-item') return fields.duplicate;
  if (isTechnical(detail) || !texts.apiTexts) return fields.otherForm;
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? '' : '.'}`;
}

/** `/location/url`, `/tags/3`, or the name of a parameter. */
const locationOf = ({ pointer, parameter }: FieldError) => pointer ?? parameter ?? '';

/**
 * The messages of field errors, by field.
 *
 * @param fieldOf maps a pointer or parameter to the field that shows its errors; by default they are the same
 */
export function messagesByField(
  errors: readonly FieldError[],
  fieldOf: (location: string) => string = (location) => location,
): ErrorsByField {
  const fields: Record<string, string[]> = {};
  for (const item of errors) {
    const messages = (fields[fieldOf(locationOf(item))] ??= []);
    if (!messages.includes(messageOf(item))) messages.push(messageOf(item));
  }
  return fields;
}

/** The messages of the field errors of a problem, by field. */
export const errorsByField = (error: EventsApiError | undefined, fieldOf?: (location: string) => string) =>
  messagesByField(error?.problem?.errors ?? [], fieldOf);
