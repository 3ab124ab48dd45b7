import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Field } from './field.tsx';

interface TextFilterProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly errors?: readonly string[] | undefined;
  set(value: string): void;
}

const debounceMs = 350;

/** Applies the filter when the visitor pauses typing. */
export function TextFilter({ name, label, value, placeholder, errors, set }: TextFilterProps) {
  const [text, setText] = useState(value);
  const applied = useRef(value);
  function apply(next: string): void {
    applied.current = next;
    set(next);
  }
  useLayoutEffect(() => {
    // A text that was applied here arrives late, when more may have been typed. Any other comes from "back" or from clearing the filters.
    if (value === applied.current) return;
    applied.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === applied.current) return;
    const timer = setTimeout(() => apply(text), debounceMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Field name={name} label={label} errors={errors}>
      {(control) => (
        <input
          {...control}
          type="search"
          value={text}
          placeholder={placeholder}
          autoCapitalize="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
