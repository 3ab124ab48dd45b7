import type { ComponentChild } from 'preact';

/** What a control needs to belong to its label, its hint and its faults. */
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
  readonly faults?: readonly string[] | undefined;
  readonly wide?: boolean;
  children(control: ControlProps): ComponentChild;
}

/** A labelled control with what is wrong in it right below. */
export function Field({ name, label, hint, faults = [], wide = false, children }: FieldProps) {
  const described = [
    ...(faults.length > 0 ? [`${name}-faults`] : []),
    ...(hint === undefined ? [] : [`${name}-hint`]),
  ].join(' ');
  return (
    <div class={wide ? 'field wide' : 'field'}>
      <label for={name}>{label}</label>
      {children({ id: name, name, 'aria-invalid': faults.length > 0, 'aria-describedby': described || undefined })}
      {faults.length > 0 && (
        <p class="fault" id={`${name}-faults`}>
          {faults.join(' ')}
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
