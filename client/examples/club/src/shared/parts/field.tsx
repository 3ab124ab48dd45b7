import type { ReactNode } from 'react';

/** The props that connect a control to its label, hint and errors. */
export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-required': boolean | undefined;
}

interface FieldProps {
  /** Unique on the page. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly errors?: readonly string[] | undefined;
  readonly wide?: boolean;
  readonly required?: boolean | undefined;
  children(control: ControlProps): ReactNode;
}

/** A labelled control with its errors and hint below it. */
export function Field({ name, label, hint, errors = [], wide = false, required = false, children }: FieldProps) {
  const described = [
    ...(errors.length > 0 ? [`${name}-errors`] : []),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ].join(' ');
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {children({
        id: name,
        name,
        'aria-invalid': errors.length > 0,
        'aria-describedby': described || undefined,
        'aria-required': required || undefined,
      })}
      {errors.length > 0 && (
        <p className="field-error" id={`${name}-errors`}>
          {errors.join(' ')}
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
