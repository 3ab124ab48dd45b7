import { type RefObject, useEffect } from 'react';
import type { ErrorsByField } from './field-errors.ts';

/** Moves the focus to the first invalid field of a form that was not saved or, if no field is invalid, to the notice that says why. */
export function useFailureFocus(form: RefObject<HTMLElement | null>, errors: ErrorsByField, error: unknown): void {
  useEffect(() => {
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (invalid ?? form.current?.querySelector<HTMLElement>('.problem'))?.focus();
  }, [errors, error]);
}
