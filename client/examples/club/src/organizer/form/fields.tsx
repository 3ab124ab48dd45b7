import { useState } from 'react';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { type ControlProps, Field } from '../../shared/parts/field.tsx';
import { timeZones } from '../../shared/time.ts';
import { type FieldName, labels, type PlaceKind, placeLabels, type Values, visibilities } from './values.ts';

interface FieldsProps {
  readonly values: Values;
  readonly errors: ErrorsByField;
  change(values: Partial<Values>): void;
}

/** The fields of an event. The API validates them; its errors are shown next to the fields. */
export function Fields({ values, errors, change }: FieldsProps) {
  const [zones] = useState(timeZones);
  /** The props that bind an `<input>`, `<textarea>` or `<select>` to a field. */
  const bind = (name: FieldName, control: ControlProps) => ({
    ...control,
    dir: 'auto' as const,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const field = (name: FieldName) => ({ name, label: labels[name], errors: errors[name] });
  const hasVenue = values.place === 'venue' || values.place === 'hybrid';
  const hasUrl = values.place === 'online' || values.place === 'hybrid';

  return (
    <>
      <Field {...field('name')} wide>
        {(control) => <input {...bind('name', control)} autoComplete="off" />}
      </Field>
      <Field {...field('organizerName')} wide hint="As people know you, such as the name of your club.">
        {(control) => <input {...bind('organizerName', control)} autoComplete="organization" />}
      </Field>
      <Field {...field('description')} wide>
        {(control) => <textarea {...bind('description', control)} rows={4} />}
      </Field>
      <Field {...field('imageUrl')} wide hint="The address of a picture; begins with https://">
        {(control) => <input {...bind('imageUrl', control)} type="url" inputMode="url" autoComplete="off" />}
      </Field>
      <Field {...field('starts')}>{(control) => <input {...bind('starts', control)} type="datetime-local" />}</Field>
      <Field {...field('ends')}>{(control) => <input {...bind('ends', control)} type="datetime-local" />}</Field>
      <Field {...field('timeZone')} wide hint="Both times are those of the clocks there.">
        {(control) => <input {...bind('timeZone', control)} list="time-zones" autoComplete="off" spellCheck={false} />}
      </Field>
      <datalist id="time-zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <PlaceChoice place={values.place} errors={errors['place']} change={(place) => change({ place })} />
      {hasVenue && (
        <Field {...field('venue')}>{(control) => <input {...bind('venue', control)} autoComplete="off" />}</Field>
      )}
      {hasVenue && (
        <Field {...field('address')}>{(control) => <textarea {...bind('address', control)} rows={2} />}</Field>
      )}
      {hasUrl && (
        <Field {...field('url')} wide hint="Begins with https://">
          {(control) => <input {...bind('url', control)} type="url" inputMode="url" autoComplete="off" />}
        </Field>
      )}
      <Field {...field('visibility')} wide hint={visibilities[values.visibility].meaning}>
        {(control) => (
          <select {...bind('visibility', control)}>
            {Object.entries(visibilities).map(([visibility, { label }]) => (
              <option key={visibility} value={visibility}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field {...field('capacity')} hint="Empty means without a limit.">
        {(control) => <input {...bind('capacity', control)} inputMode="numeric" autoComplete="off" />}
      </Field>
      <Field {...field('tags')} hint='Separated by commas. Put a tag that contains a comma in quotes: "rock, pop".'>
        {(control) => <input {...bind('tags', control)} autoComplete="off" autoCapitalize="off" />}
      </Field>
    </>
  );
}

interface PlaceChoiceProps {
  readonly place: PlaceKind;
  readonly errors: readonly string[] | undefined;
  change(place: PlaceKind): void;
}

function PlaceChoice({ place, errors, change }: PlaceChoiceProps) {
  return (
    <fieldset className="segments wide" aria-describedby={errors ? 'place-errors' : undefined}>
      <legend>{labels.place}</legend>
      {(Object.keys(placeLabels) as PlaceKind[]).map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="place"
            checked={place === kind}
            aria-invalid={errors !== undefined}
            onChange={() => change(kind)}
          />
          <span>{placeLabels[kind]}</span>
        </label>
      ))}
      {errors && (
        <p className="field-error" id="place-errors">
          {errors.join(' ')}
        </p>
      )}
    </fieldset>
  );
}
