/** The values of an event's form: all are text, and times are in the event's time zone. */
import type { Event as ApiEvent, EventCreate, EventUpdate, Visibility, Location } from '@event-management/client';
import { instantOf, isRepeated, localTimeOf, ownTimeZone, type TimeError } from '../../shared/time.ts';
import { formatTags, parseTags } from './tags.ts';

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
  /** As `formatTags` writes them. */
  readonly tags: string;
}

export type FieldName = keyof Values;

/** The label of each field. */
export const labels: Readonly<Record<FieldName, string>> = {
  name: 'Name',
  organizerName: 'Organizer',
  description: 'Description',
  imageUrl: 'Picture',
  starts: 'Starts',
  ends: 'Ends',
  timeZone: 'Time zone',
  place: 'Place',
  venue: 'Venue',
  address: 'Address',
  url: 'Link',
  visibility: 'Visible to',
  capacity: 'Capacity',
  tags: 'Tags',
};
export const fieldNames = Object.keys(labels) as FieldName[];

export const placeLabels: Readonly<Record<PlaceKind, string>> = {
  none: 'To be announced',
  venue: 'At a venue',
  online: 'Online',
  hybrid: 'Both',
};

/** Who can see an event, and what that means once it is published. */
export const visibilities: Readonly<Record<Visibility, { readonly label: string; readonly meaning: string }>> = {
  'signed-in': {
    label: 'Everyone who has signed in',
    meaning: 'Once it is published, everyone who has signed in finds it in the list of events.',
  },
  public: {
    label: 'Everyone',
    meaning:
      'Once it is published, everyone who has signed in finds it in the list of events, and anyone else can open its link.',
  },
  unlisted: {
    label: 'Everyone with the link',
    meaning: 'Once it is published, anyone who has its link can open it, and only your own list shows it.',
  },
};

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
  tags: '',
});

/** The form values of an existing event. */
export function valuesOf(event: ApiEvent): Values {
  const { name, organizerName = '', description = '', imageUrl = '' } = event;
  const { startsAt, endsAt, timeZone, location, visibility, capacity, tags = [] } = event;
  return {
    name,
    organizerName,
    description,
    imageUrl,
    starts: localTimeOf(startsAt, timeZone),
    ends: localTimeOf(endsAt, timeZone),
    timeZone,
    place: location?.kind ?? 'none',
    venue: location && 'name' in location ? location.name : '',
    address: location && 'address' in location ? location.address : '',
    url: (location && 'url' in location && location.url) || '',
    visibility,
    capacity: capacity?.toString() ?? '',
    tags: formatTags(tags),
  };
}

/** The field that shows the errors at a JSON Pointer into the body; undefined if no field does. */
export function fieldAt(pointer: string): FieldName | undefined {
  const fields: Readonly<Record<string, FieldName>> = {
    '/startsAt': 'starts',
    '/endsAt': 'ends',
    '/location': 'place',
    '/location/kind': 'place',
    '/location/name': 'venue',
  };
  const [, first = '', second] = pointer.split('/');
  const last = first === 'location' ? second : first;
  return fields[pointer] ?? fieldNames.find((name) => name === last);
}

const timeErrors: Readonly<Record<TimeError, string | undefined>> = {
  skipped: 'Clocks go forward on that day: this time does not exist there.',
  // The API reports these two, together with all other errors.
  unreadable: undefined,
  'unknown-time-zone': undefined,
};

/** Errors that only this page can detect, because the API receives instants and not local times. */
export function timeErrorsOf(
  values: Pick<Values, 'starts' | 'ends' | 'timeZone'>,
): Partial<Record<FieldName, string[]>> {
  const errors: Partial<Record<FieldName, string[]>> = {};
  for (const field of ['starts', 'ends'] as const) {
    const converted = instantOf(values[field], values.timeZone);
    const message = 'error' in converted ? timeErrors[converted.error] : undefined;
    if (message !== undefined) errors[field] = [message];
  }
  return errors;
}

// Values that cannot be converted are sent as they are: the API then reports all errors at once.

const numberOrText = (text: string) => (/^\d+$/.test(text) ? Number(text) : (text as unknown as number));

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
export function toCreate(values: Values, original?: ApiEvent): EventCreate & Pick<Values, 'visibility'> {
  const { name, organizerName, description, imageUrl, timeZone, visibility, capacity } = values;
  const [location, tags] = [locationOf(values), parseTags(values.tags)];
  const repeated = (at: 'startsAt' | 'endsAt') => original !== undefined && isRepeated(original[at], original.timeZone);
  return {
    name,
    startsAt: instantOrText(values.starts, timeZone, repeated('startsAt')),
    endsAt: instantOrText(values.ends, timeZone, repeated('endsAt')),
    timeZone,
    visibility,
    ...(organizerName.trim() === '' ? {} : { organizerName }),
    ...(description === '' ? {} : { description }),
    ...(imageUrl.trim() === '' ? {} : { imageUrl: imageUrl.trim() }),
    ...(location ? { location } : {}),
    ...(capacity.trim() === '' ? {} : { capacity: numberOrText(capacity.trim()) }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

/** The properties of the body that depend on each field. */
const propertiesOf: Readonly<Record<FieldName, readonly (keyof EventUpdate)[]>> = {
  name: ['name'],
  organizerName: ['organizerName'],
  description: ['description'],
  imageUrl: ['imageUrl'],
  starts: ['startsAt'],
  ends: ['endsAt'],
  timeZone: ['timeZone', 'startsAt', 'endsAt'],
  place: ['location'],
  venue: ['location'],
  address: ['location'],
  url: ['location'],
  visibility: ['visibility'],
  capacity: ['capacity'],
  tags: ['tags'],
};

/** The properties for which the form has no field. An update leaves them as they are. */
type Unshown = 'questions' | 'waitlist' | 'registrationOpensAt' | 'registrationClosesAt';

/** The body that updates an event: only what changed; `null` removes a property. A new time zone also changes both instants. */
export function toUpdate(event: ApiEvent, now: Values): EventUpdate {
  const before = valuesOf(event);
  const whole: Required<Omit<EventUpdate, Unshown>> = {
    organizerName: null,
    description: null,
    imageUrl: null,
    location: null,
    capacity: null,
    tags: null,
    ...toCreate(now, event),
  };
  const changed = new Set(
    fieldNames.filter((field) => before[field] !== now[field]).flatMap((field) => propertiesOf[field]),
  );
  return Object.fromEntries(Object.entries(whole).filter(([name]) => changed.has(name as keyof EventUpdate)));
}
