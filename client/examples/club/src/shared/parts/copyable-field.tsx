import { Field } from './field.tsx';

interface CopyableFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** A text to copy, which is selected when it gets the focus. */
export function CopyableField({ name, label, value }: CopyableFieldProps) {
  return (
    <Field name={name} label={label}>
      {(control) => (
        <input {...control} readOnly value={value} onFocus={({ currentTarget }) => currentTarget.select()} />
      )}
    </Field>
  );
}
