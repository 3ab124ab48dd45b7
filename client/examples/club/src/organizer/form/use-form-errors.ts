import type { Event as ApiEvent, EventsApiError } from '@event-management/client';
import { useState } from 'react';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { errorsFrom, errorsOf } from './check.ts';
import type { FieldName, Values } from './values.ts';

/**
 * The errors of a form. The last attempt to save it says which fields have some; from then on these fields are checked again with each
 * change, so that an error is gone when it is corrected, and no field gets one while it is filled in.
 */
export function useFormErrors(values: Values, original: ApiEvent | undefined) {
  /** The errors of the last attempt. */
  const [found, setFound] = useState<ErrorsByField>({});
  const [fromApi, setFromApi] = useState<ErrorsByField>({});
  /** The fields that were changed since. */
  const [changed, setChanged] = useState<readonly FieldName[]>([]);

  const fields = Object.keys(found);
  const current = fields.length > 0 ? errorsOf(values, original) : {};
  const isChanged = (field: string) =>
    changed.some((one) => one === field || (one === 'questions' && field.includes('-')));
  const errors = Object.fromEntries(
    fields.flatMap((field) => {
      const messages = current[field] ?? (isChanged(field) ? undefined : fromApi[field]);
      return messages ? [[field, messages]] : [];
    }),
  );

  function show(all: ErrorsByField, ofApi: ErrorsByField): boolean {
    setFound(all);
    setFromApi(ofApi);
    setChanged([]);
    return Object.keys(all).length > 0;
  }
  return {
    /** The errors of the last attempt, a new object for each; they do not change while they are corrected. */
    found,
    errors,
    note: (fieldsChanged: readonly FieldName[]) => setChanged([...changed, ...fieldsChanged]),
    /** Shows what is wrong before the form is sent; false if nothing is. */
    check: (content: Values, event: ApiEvent | undefined) => show(errorsOf(content, event), {}),
    /** Shows what the API has found; false if it is not about fields. */
    showFromApi(error: EventsApiError, content: Values, event: ApiEvent | undefined) {
      const ofApi = errorsFrom(error, content, event);
      return show(ofApi, ofApi);
    },
  };
}
