/** Differences between two revisions of an event, and merging the changes of two users. */
import type { Event as ApiEvent } from '@event-management/client';
import { locationText } from '../../shared/parts/event-text.ts';
import { texts } from '../../shared/texts.ts';
import { dateOf, instantOf, timeRangeOf, timeZoneLabel } from '../../shared/time.ts';
import { type FieldName, labels, locationOf, type Values, valuesOf, visibilities } from './values.ts';

/** What two people can change independently, in the order of the form: a field, or fields that only make sense together. */
export const parts = {
  name: ['name'],
  organizerName: ['organizerName'],
  description: ['description'],
  imageUrl: ['imageUrl'],
  when: ['starts', 'ends', 'timeZone'],
  place: ['place', 'venue', 'address', 'url'],
  visibility: ['visibility'],
  capacity: ['capacity'],
  tags: ['tags'],
} as const satisfies Record<string, readonly FieldName[]>;

export type PartName = keyof typeof parts;
const partNames = Object.keys(parts) as PartName[];

/** The label of each part. */
export const partLabels: Readonly<Record<PartName, string>> = { ...labels, when: 'When' };

/** Whether a part is the same in two versions. What is typed into the fields of another kind of place does not count. */
function isSame(part: PartName, one: Values, other: Values): boolean {
  if (part === 'place') return JSON.stringify(locationOf(one)) === JSON.stringify(locationOf(other));
  return parts[part].every((field) => one[field] === other[field]);
}

/** One difference as text: the label of the part, and its content before and after. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The content of a part as text. */
export function shown(part: PartName, values: Values): string {
  if (part === 'place') return placeText(values);
  if (part === 'visibility') return visibilities[values.visibility].label;
  return part === 'when' ? whenText(values) : values[part];
}

function placeText(values: Values): string {
  const location = locationOf(values);
  return location && 'url' in location ? `${locationText(location)}, ${location.url}` : locationText(location);
}

/** `Fri, 21 Jun 2030, 20:00 – 00:00, Berlin (GMT+2)`, or what was typed if that is not a time. */
function whenText(values: Values): string {
  const { starts, ends, timeZone } = values;
  const [from, to] = [instantOf(starts, timeZone), instantOf(ends, timeZone)];
  if (!('instant' in from && 'instant' in to)) return `${starts} – ${ends}, ${timeZone}`.replaceAll('T', ' ');
  const range = timeRangeOf(from.instant, to.instant, timeZone);
  return `${dateOf(from.instant, timeZone)}, ${range}, ${timeZoneLabel(from.instant, timeZone)}`;
}

/** The differences between two revisions of an event. */
export function changesBetween(before: ApiEvent, now: ApiEvent): readonly Change[] {
  const [old, current] = [valuesOf(before), valuesOf(now)];
  const changes = partNames
    .filter((part) => !isSame(part, old, current))
    .map((part) => ({ label: partLabels[part], from: shown(part, old), to: shown(part, current) }));
  const status =
    before.status === now.status
      ? []
      : [{ label: 'Status', from: texts.status[before.status], to: texts.status[now.status] }];
  return [...status, ...changes];
}

export type Side = 'yours' | 'theirs';

/** The parts that both users changed to different values. */
export function conflictsOf(base: Values, yours: Values, theirs: Values): readonly PartName[] {
  return partNames.filter(
    (part) => !isSame(part, yours, base) && !isSame(part, theirs, base) && !isSame(part, yours, theirs),
  );
}

/** Merges the changes of both users, each part as a whole. If both changed a part, `choices` decides; the default is `yours`. */
export function merge(
  base: Values,
  yours: Values,
  theirs: Values,
  choices: Partial<Record<PartName, Side>> = {},
): Values {
  const merged = partNames.flatMap((part) => {
    const side = isSame(part, yours, base) || choices[part] === 'theirs' ? theirs : yours;
    return parts[part].map((field) => [field, side[field]]);
  });
  return Object.fromEntries(merged) as Values;
}
