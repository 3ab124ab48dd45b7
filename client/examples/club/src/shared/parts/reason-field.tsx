import { Field } from './field.tsx';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
  readonly maxLength?: number;
  readonly reason: string;
  setReason(reason: string): void;
}

/** The field for the reason of a cancellation, in the dialog that asks for confirmation. */
export function ReasonField({ label, hint, reason, setReason, ...limits }: ReasonFieldProps) {
  return (
    <Field name="reason" label={label} hint={hint}>
      {(control) => (
        <textarea
          {...control}
          {...limits}
          dir="auto"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </Field>
  );
}
