/** The `errors[]` of the API, grouped by field. */
import type { EventsApiError, FieldError } from '@event-management/client';
import { texts } from '../texts.ts';
import { formatCount } from './event-text.ts';

export type ErrorsByField = Readonly<Record<string, readonly string[]>>;

/** Whether a `detail` speaks of the schema instead of what to enter. */
const isTechnical = (detail: string) => /pattern|format|schema|\bNOT\b|##/.test(detail);

/** The largest or smallest number in a `detail`, as the visitor writes it. */
function limitIn(detail: string): string | undefined {
  const found = /\d[\d,]*/.exec(detail)?.[0];
  return found && formatCount(Number(found.replaceAll(',', '')));
}

/** A friendlier message than `detail` for common codes, in the language of the visitor. */
export function messageOf(error: FieldError): string {
  const { code, detail } = error;
  const { fields } = texts;
  const limit = limitIn(detail);
  if (locationOf(error).endsWith('At') && ['required', 'too-short', 'invalid-format'].includes(code))
    return fields.date;
  if (code === 'required' || (code === 'too-short' && limit === '1') || detail.includes('visible character'))
    return fields.required;
  if (locationOf(error) === '/email') return fields.email;
  if (code === 'too-short' && limit) return fields.tooShort(limit);
  if (code === 'too-long' && limit) return fields.tooLong(limit);
  if (code === 'too-small' && limit) return fields.tooSmall(limit);
  if (code === 'too-large' && limit) return fields.tooLarge(limit);
  if (code === 'too-many' && limit) return fields.tooMany(limit);
  if (code === 'lasts-too-long' && limit) return fields.lastsTooLong(limit);
  if (code === 'invalid-type' && detail.includes('integer')) return fields.wholeNumber;
  if (code === 'invalid-format' && /url$/i.test(locationOf(error))) return fields.httpsUrl;
  const sentence = fields.sentences[code];
  if (sentence !== undefined) return sentence;
  if (isTechnical(detail) || !texts.apiTexts) return fields.otherForm;
  return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${/[.!?]$/.test(detail) ? '' : '.'}`;
}

/** `/location/url`, `/tags/3`, or the name of a parameter. */
const locationOf = ({ pointer, parameter }: FieldError) => pointer ?? parameter ?? '';

/**
 * The messages of field errors, by field.
 *
 * @param fieldOf maps a pointer or parameter to the field that shows its errors; by default they are the same
 * @param describe the message of an error
 */
export function messagesByField(
  errors: readonly FieldError[],
  fieldOf: (location: string) => string = (location) => location,
  describe: (error: FieldError) => string = messageOf,
): ErrorsByField {
  const fields: Record<string, string[]> = {};
  for (const item of errors) {
    const messages = (fields[fieldOf(locationOf(item))] ??= []);
    if (!messages.includes(describe(item))) messages.push(describe(item));
  }
  return fields;
}

/** The messages of the field errors of a problem, by field. */
export const errorsByField = (
  error: EventsApiError | undefined,
  fieldOf?: (location: string) => string,
  describe?: (error: FieldError) => string,
) => messagesByField(error?.problem?.errors ?? [], fieldOf, describe);
