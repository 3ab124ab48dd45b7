/** The values of an event's form: what is typed, as text, with times in the event's time zone. */
import type { Event as ApiEvent, EventCreate, EventUpdate, Location, Visibility } from '@event-management/client';
import { locale } from '../../shared/language.ts';
import { instantOf, isRepeated, localTimeOf, ownTimeZone, type TimeError } from '../../shared/time.ts';
import { labels } from './labels.ts';
import { type QuestionValues, questionValuesOf, toQuestions } from './questions.ts';
import { formatTags, parseTags } from './tags.ts';
import { parseWholeNumber } from './whole-number.ts';

export type PlaceKind = 'none' | Location['kind'];

/** The content of each field. */
export interface Values {
  readonly name: string;
  readonly organizerName: string;
  readonly description: string;
  readonly imageUrl: string;
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  readonly place: PlaceKind;
  readonly venue: string;
  readonly address: string;
  readonly url: string;
  readonly visibility: Visibility;
  readonly capacity: string;
  readonly waitlist: boolean;
  readonly opens: string;
  readonly closes: string;
  /** As `formatTags` writes them. */
  readonly tags: string;
  readonly questions: readonly QuestionValues[];
}

export type FieldName = keyof Values;

/** The fields that are text. */
export type TextName = { [Name in FieldName]: Values[Name] extends string ? Name : never }[FieldName];

/** An empty form, in the time zone of the visitor. */
export const emptyValues = (): Values => ({
  name: '',
  organizerName: '',
  description: '',
  imageUrl: '',
  starts: '',
  ends: '',
  timeZone: ownTimeZone(),
  place: 'none',
  venue: '',
  address: '',
  url: '',
  visibility: 'signed-in',
  capacity: '',
  waitlist: true,
  opens: '',
  closes: '',
  tags: '',
  questions: [],
});

/** The form values of an existing event. */
export function valuesOf(event: ApiEvent): Values {
  const { name, organizerName = '', description = '', imageUrl = '' } = event;
  const { startsAt, endsAt, timeZone, location, visibility, capacity, waitlist, tags = [], questions } = event;
  const local = (instant: string | undefined) => (instant === undefined ? '' : localTimeOf(instant, timeZone));
  return {
    name,
    organizerName,
    description,
    imageUrl,
    starts: local(startsAt),
    ends: local(endsAt),
    timeZone,
    place: location?.kind ?? 'none',
    venue: location && 'name' in location ? location.name : '',
    address: location && 'address' in location ? location.address : '',
    url: (location && 'url' in location && location.url) || '',
    visibility,
    capacity: capacity?.toString() ?? '',
    waitlist,
    opens: local(event.registrationOpensAt),
    closes: local(event.registrationClosesAt),
    tags: formatTags(tags),
    questions: questionValuesOf(questions),
  };
}

/** Whether a field has the same content in two versions. */
export const isSameField = (name: FieldName, one: Values, other: Values) =>
  JSON.stringify(one[name]) === JSON.stringify(other[name]);

/** The properties of the body that depend on each field, in the order of the form. */
export const propertiesOf: Readonly<Record<FieldName, readonly (keyof EventUpdate)[]>> = {
  name: ['name'],
  organizerName: ['organizerName'],
  description: ['description'],
  imageUrl: ['imageUrl'],
  starts: ['startsAt'],
  ends: ['endsAt'],
  timeZone: ['timeZone', 'startsAt', 'endsAt', 'registrationOpensAt', 'registrationClosesAt'],
  place: ['location'],
  venue: ['location'],
  address: ['location'],
  url: ['location'],
  visibility: ['visibility'],
  capacity: ['capacity'],
  waitlist: ['waitlist'],
  opens: ['registrationOpensAt'],
  closes: ['registrationClosesAt'],
  tags: ['tags'],
  questions: ['questions'],
};
export const fieldNames = Object.keys(propertiesOf) as FieldName[];

/** The fields with a local time, and the properties that have them as instants. */
export const timeFields = {
  starts: 'startsAt',
  ends: 'endsAt',
  opens: 'registrationOpensAt',
  closes: 'registrationClosesAt',
} as const satisfies Partial<Record<TextName, keyof EventCreate>>;
export type TimeName = keyof typeof timeFields;

/**
 * The field that shows the errors at a JSON Pointer into the body; undefined if no field does.
 *
 * @param questions those of the form; the fields of a question are named by its key
 */
export function fieldAt(pointer: string, questions: Values['questions'] = []): string | undefined {
  const [, first = '', second = '', third = 'label', fourth] = pointer.split('/');
  if (first === 'questions' && second !== '') {
    const part = third === 'options' && fourth !== undefined ? `option-${fourth}` : 'label';
    return `${questions[Number(second)]?.key}-${part}`;
  }
  const fields: Readonly<Record<string, FieldName>> = { '/location/kind': 'place', '/location/name': 'venue' };
  const last = first === 'location' && second !== '' ? second : first;
  return fields[pointer] ?? fieldNames.find((name) => name === last || propertiesOf[name][0] === last);
}

const timeErrors: Readonly<Record<TimeError, string | undefined>> = {
  skipped: labels.skippedTime,
  // The schema reports these two, together with all other errors.
  unreadable: undefined,
  'unknown-time-zone': undefined,
};

/** Errors that only this page can detect, because the API receives instants and not local times. */
export function timeErrorsOf(
  values: Pick<Values, 'timeZone'> & Partial<Pick<Values, TimeName>>,
): Partial<Record<TimeName, string[]>> {
  const errors: Partial<Record<TimeName, string[]>> = {};
  for (const field of Object.keys(timeFields) as TimeName[]) {
    const converted = instantOf(values[field] ?? '', values.timeZone);
    const message = 'error' in converted ? timeErrors[converted.error] : undefined;
    if (message !== undefined) errors[field] = [message];
  }
  return errors;
}

// Values that cannot be converted stay as they are: the schema then reports all errors at once.

const numberOrText = (text: string) => parseWholeNumber(text, locale) ?? (text as unknown as number);

/**
 * Converts a local time to an instant; returns text that the API rejects if it cannot be converted.
 *
 * @param repeated whether to take the second of two instants if clocks go back
 */
export function instantOrText(local: string, timeZone: string, repeated = false): string {
  const converted = instantOf(local, timeZone, repeated);
  if ('instant' in converted) return converted.instant;
  return converted.error === 'unknown-time-zone' ? `${local}:00Z` : local;
}

/** The location that the form describes; undefined if it is to be announced. */
export function locationOf({ place, venue, address, url }: Values): Location | undefined {
  switch (place) {
    case 'none':
      return undefined;
    case 'venue':
      return { kind: place, name: venue, address };
    case 'online':
      return { kind: place, url };
    case 'hybrid':
      return { kind: place, name: venue, address, url };
  }
}

/**
 * The body that creates an event from a form.
 *
 * @param original the event that is edited: where clocks go back, its times stay in the same of the two hours
 */
export function toCreate(values: Values, original?: ApiEvent): EventCreate & Pick<Values, 'visibility' | 'waitlist'> {
  const { name, organizerName, description, imageUrl, timeZone, visibility, capacity, waitlist, opens, closes } =
    values;
  const [location, tags, questions] = [locationOf(values), parseTags(values.tags), toQuestions(values.questions)];
  const instant = (field: TimeName) => {
    const before = original?.[timeFields[field]];
    return instantOrText(values[field], timeZone, before !== undefined && isRepeated(before, original?.timeZone ?? ''));
  };
  return {
    name,
    startsAt: instant('starts'),
    endsAt: instant('ends'),
    timeZone,
    visibility,
    waitlist,
    ...(organizerName.trim() === '' ? {} : { organizerName }),
    ...(description === '' ? {} : { description }),
    ...(imageUrl.trim() === '' ? {} : { imageUrl: imageUrl.trim() }),
    ...(location ? { location } : {}),
    ...(capacity.trim() === '' ? {} : { capacity: numberOrText(capacity) }),
    ...(opens === '' ? {} : { registrationOpensAt: instant('opens') }),
    ...(closes === '' ? {} : { registrationClosesAt: instant('closes') }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(questions.length === 0 ? {} : { questions }),
  };
}

/** The body that updates an event: only what changed; `null` removes a property. A new time zone also changes the instants. */
export function toUpdate(event: ApiEvent, now: Values): EventUpdate {
  const before = valuesOf(event);
  const filledIn: EventUpdate = toCreate(now, event);
  const changed = fieldNames
    .filter((field) => !isSameField(field, before, now))
    .flatMap((field) => propertiesOf[field]);
  return Object.fromEntries(changed.map((name) => [name, filledIn[name] ?? null]));
}
