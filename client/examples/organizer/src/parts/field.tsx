import type { ComponentChild } from 'preact';

/** The props that connect a control to its label, hint and errors. */
export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  /** Unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly errors?: readonly string[] | undefined;
  readonly wide?: boolean;
  children(control: ControlProps): ComponentChild;
}

/** A labelled control with its errors and hint below it. */
export function Field({ name, label, hint, errors = [], wide = false, children }: FieldProps) {
  const described = [
    ...(errors.length > 0 ? [`${name}-errors`] : []),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ].join(' ');
  return (
    <div class={wide ? 'field wide' : 'field'}>
      <label for={name}>{label}</label>
      {children({ id: name, name, 'aria-invalid': errors.length > 0, 'aria-describedby': described || undefined })}
      {errors.length > 0 && (
        <p class="field-error" id={`${name}-errors`}>
          {errors.join(' ')}
        </p>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
