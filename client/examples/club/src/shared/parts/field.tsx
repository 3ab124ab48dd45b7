import type { ReactNode } from 'react';
import { Counter } from './counter.tsx';

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
  /** What the visitor should know of the value, although it is valid; announced when it appears. */
  readonly warning?: string | undefined;
  readonly errors?: readonly string[] | undefined;
  readonly wide?: boolean;
  readonly required?: boolean | undefined;
  /** The text and how many characters it may have. */
  readonly limit?: { readonly text: string; readonly max: number } | undefined;
  children(control: ControlProps): ReactNode;
}

/** A labelled control with its errors and hint below it. */
export function Field(props: FieldProps) {
  const { name, label, hint, warning, errors = [], wide = false, required = false, limit, children } = props;
  const described = [
    ...(errors.length > 0 ? [`${name}-errors`] : []),
    ...(warning === undefined ? [] : [`${name}-warning`]),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ].join(' ');
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={name} className={required ? 'required' : undefined}>
        {label}
      </label>
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
      {'warning' in props && (
        <p className="field-warning" id={`${name}-warning`} role="status">
          {warning}
        </p>
      )}
      {limit && <Counter {...limit} />}
      {hint !== undefined && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
