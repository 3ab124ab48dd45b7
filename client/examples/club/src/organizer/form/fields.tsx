import { limits, locationKinds, visibilities } from '@event-management/client/schemas';
import { useRef } from 'react';
import type { ErrorsByField } from '../../shared/parts/field-errors.ts';
import { type ControlProps, Field } from '../../shared/parts/field.tsx';
import { endAfter, instantOf } from '../../shared/time.ts';
import { labels } from './labels.ts';
import { PicturePreview } from './picture-preview.tsx';
import { QuestionsEditor } from './questions-editor.tsx';
import { parseTags } from './tags.ts';
import { texts } from './texts.ts';
import { TimeZoneField } from './time-zone-field.tsx';
import type { PlaceKind, TextName, TimeName, Values } from './values.ts';

export interface FieldsProps {
  readonly values: Values;
  readonly errors: ErrorsByField;
  /** How many people have registered already. */
  readonly registered: number;
  change(values: Partial<Values>): void;
}

/** What the contract says of a field. */
interface Limits {
  readonly required: boolean;
  readonly maxLength?: number;
}

const { EventCreate, HybridLocation } = limits;

/** The limits of each field, where the place and its kind of location require them. */
const limitsOf: Readonly<Record<TextName, Limits>> = {
  ...EventCreate,
  starts: EventCreate.startsAt,
  ends: EventCreate.endsAt,
  opens: EventCreate.registrationOpensAt,
  closes: EventCreate.registrationClosesAt,
  place: EventCreate.location,
  venue: HybridLocation.name,
  address: HybridLocation.address,
  url: HybridLocation.url,
};

/** The fields of an event. */
export function Fields({ values, errors, registered, change }: FieldsProps) {
  const lastStart = useRef(values.starts || undefined);
  /** The props that bind an `<input>`, `<textarea>` or `<select>` to a field. */
  const bind = (name: TextName, control: ControlProps) => ({
    ...control,
    dir: 'auto' as const,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const field = (name: TextName) => ({
    name,
    label: labels.fields[name],
    errors: errors[name],
    required: limitsOf[name].required,
  });
  const text = (name: TextName) => {
    const { maxLength: max } = limitsOf[name];
    return { ...field(name), ...(max === undefined ? {} : { limit: { text: values[name], max } }) };
  };
  const time = (name: TimeName, control: ControlProps) => <input {...bind(name, control)} type="datetime-local" />;
  function moveStart(starts: string): void {
    change({ starts, ends: endAfter(starts, values.ends, lastStart.current) });
    // A field of a date is empty while a part of it is typed.
    if (starts !== '') lastStart.current = starts;
  }
  const hasVenue = values.place === 'venue' || values.place === 'hybrid';
  const hasUrl = values.place === 'online' || values.place === 'hybrid';
  const starts = instantOf(values.starts, values.timeZone);
  const now = new Date().toISOString();
  const at = 'instant' in starts ? starts.instant : now;
  const tagCount = parseTags(values.tags).length;

  return (
    <>
      <p className="hint wide">{texts.requiredNote}</p>
      <h2 className="wide">{texts.parts.about}</h2>
      <Field {...text('name')} wide>
        {(control) => <input {...bind('name', control)} autoComplete="off" />}
      </Field>
      <Field {...text('organizerName')} wide hint={texts.organizerHint}>
        {(control) => <input {...bind('organizerName', control)} autoComplete="organization" />}
      </Field>
      <Field {...text('description')} wide>
        {(control) => <textarea {...bind('description', control)} rows={4} />}
      </Field>
      <div className="wide with-preview">
        <Field {...text('imageUrl')} wide hint={texts.pictureHint}>
          {(control) => <input {...bind('imageUrl', control)} type="url" inputMode="url" autoComplete="off" />}
        </Field>
        <PicturePreview address={values.imageUrl.trim()} />
      </div>
      <Field
        {...field('tags')}
        label={labels.fields.tags}
        wide
        hint={`${texts.tagsHint} ${texts.tags(tagCount, EventCreate.tags.maxItems)}.`}
      >
        {(control) => <input {...bind('tags', control)} autoComplete="off" autoCapitalize="off" />}
      </Field>
      <h2 className="wide">{texts.parts.when}</h2>
      <Field {...field('starts')} warning={'instant' in starts && at < now ? texts.startsInPast : undefined}>
        {(control) => (
          <input
            {...bind('starts', control)}
            type="datetime-local"
            onChange={({ currentTarget }) => moveStart(currentTarget.value)}
          />
        )}
      </Field>
      <Field {...field('ends')}>{(control) => time('ends', control)}</Field>
      <TimeZoneField
        value={values.timeZone}
        at={at}
        errors={errors['timeZone']}
        change={(timeZone) => change({ timeZone })}
      />
      <h2 className="wide">{texts.parts.where}</h2>
      <PlaceChoice place={values.place} errors={errors['place']} change={(place) => change({ place })} />
      {hasVenue && (
        <Field {...text('venue')}>{(control) => <input {...bind('venue', control)} autoComplete="off" />}</Field>
      )}
      {hasVenue && (
        <Field {...text('address')}>{(control) => <textarea {...bind('address', control)} rows={2} />}</Field>
      )}
      {hasUrl && (
        <Field {...text('url')} wide hint={texts.urlHint}>
          {(control) => <input {...bind('url', control)} type="url" inputMode="url" autoComplete="off" />}
        </Field>
      )}
      <h2 className="wide">{texts.parts.registration}</h2>
      <Field {...field('visibility')} wide hint={texts.visibilityHints[values.visibility]}>
        {(control) => (
          <select {...bind('visibility', control)}>
            {visibilities.map((visibility) => (
              <option key={visibility} value={visibility}>
                {labels.visibilities[visibility]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field {...field('capacity')} hint={texts.capacityHint}>
        {(control) => <input {...bind('capacity', control)} inputMode="numeric" autoComplete="off" />}
      </Field>
      <fieldset className="checks">
        <legend>{labels.fields.waitlist}</legend>
        <label>
          <input
            type="checkbox"
            name="waitlist"
            checked={values.waitlist}
            aria-describedby="waitlist-hint"
            onChange={({ currentTarget }) => change({ waitlist: currentTarget.checked })}
          />
          <span>{texts.waitlistChoice}</span>
        </label>
        <p className="hint" id="waitlist-hint">
          {texts.waitlistHint}
        </p>
      </fieldset>
      <Field {...field('opens')} hint={texts.opensHint}>
        {(control) => time('opens', control)}
      </Field>
      <Field {...field('closes')} hint={texts.closesHint}>
        {(control) => time('closes', control)}
      </Field>
      <h2 className="wide">{texts.parts.questions}</h2>
      <QuestionsEditor
        questions={values.questions}
        errors={errors}
        registered={registered}
        change={(questions) => change({ questions })}
      />
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
      <legend>{labels.fields.place}</legend>
      {(['none', ...locationKinds] as const).map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="place"
            checked={place === kind}
            aria-invalid={errors !== undefined}
            onChange={() => change(kind)}
          />
          <span>{labels.places[kind]}</span>
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
