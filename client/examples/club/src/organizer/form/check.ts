/** What is wrong with a form, before it is sent: all that the API would find, and what only the page can know. */
import type { Event as ApiEvent, EventsApiError, FieldError } from '@event-management/client';
import { createEventInput, errorsIn, updateEventInput, withEvent } from '@event-management/client/schemas';
import { locale } from '../../shared/language.ts';
import { type ErrorsByField, messageOf, messagesByField } from '../../shared/parts/field-errors.ts';
import { parseTags } from './tags.ts';
import { texts } from './texts.ts';
import { fieldAt, timeErrorsOf, toCreate, toUpdate, type Values } from './values.ts';
import { isAmbiguousNumber, parseWholeNumber } from './whole-number.ts';

/** The field for errors that no field shows. */
const form = 'form';

/**
 * The errors of a form, by field.
 *
 * @param original the event that is edited: only what changed is checked, as what was accepted before does not keep it from being saved
 */
export function errorsOf(values: Values, original?: ApiEvent): ErrorsByField {
  const errors = original
    ? errorsIn(withEvent(updateEventInput, original), toUpdate(original, values))
    : errorsIn(createEventInput, toCreate(values));
  return { ...byField(errors, values), ...timeErrorsOf(values) };
}

const byField = (errors: readonly FieldError[], values: Values) =>
  messagesByField(
    errors,
    (pointer) => fieldAt(pointer, values.questions) ?? form,
    (error) => describe(error, values),
  );

function describe(error: FieldError, values: Values): string {
  const [, first, index] = error.pointer?.split('/') ?? [];
  const tag = first === 'tags' && index !== undefined ? parseTags(values.tags)[Number(index)] : undefined;
  if (tag !== undefined) return texts.tagProblem(tag, messageOf(error));
  if (first === 'capacity' && parseWholeNumber(values.capacity, locale) === undefined)
    return isAmbiguousNumber(values.capacity) ? texts.ambiguousNumber(values.capacity.trim()) : texts.capacityExample;
  return messageOf(error);
}

/** The errors that the API has found, by field. */
export function errorsFrom(error: EventsApiError, values: Values, original?: ApiEvent): ErrorsByField {
  if (error.code === 'capacity-below-registrations')
    return { capacity: [texts.belowRegistrations(original?.registeredCount ?? 0)] };
  if (error.code === 'location-required') return { place: [texts.publishedNeedsPlace] };
  return byField(error.problem?.errors ?? [], values);
}
