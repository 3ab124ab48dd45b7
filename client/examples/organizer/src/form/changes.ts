/** Differences between two revisions of an event, and merging the changes of two users. */
import type { Event as ApiEvent } from '@event-management/client';
import { statusLabels } from '../list/filters.ts';
import { fieldNames, type FieldName, labels, placeLabels, type Values, valuesOf } from './values.ts';

/** One difference as text: the label of the field, and its content before and after. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The content of a field as text. */
export function shown(field: FieldName, values: Values): string {
  if (field === 'place') return placeLabels[values.place];
  return field === 'starts' || field === 'ends' ? values[field].replace('T', ' ') : values[field];
}

/** The differences between two revisions of an event. */
export function changesBetween(before: ApiEvent, now: ApiEvent): readonly Change[] {
  const [old, current] = [valuesOf(before), valuesOf(now)];
  const fields = fieldNames.filter((field) => old[field] !== current[field]);
  const changes = fields.map((field) => ({ label: labels[field], from: shown(field, old), to: shown(field, current) }));
  const status =
    before.status === now.status
      ? []
      : [{ label: 'Status', from: statusLabels[before.status], to: statusLabels[now.status] }];
  return [...status, ...changes];
}

export type Side = 'yours' | 'theirs';

/** The fields that both users changed to different values. */
export function conflictsOf(base: Values, yours: Values, theirs: Values): readonly FieldName[] {
  return fieldNames.filter(
    (field) => yours[field] !== base[field] && theirs[field] !== base[field] && yours[field] !== theirs[field],
  );
}

/** Merges the changes of both users. If both changed a field, `choices` decides; the default is `yours`. */
export function merge(
  base: Values,
  yours: Values,
  theirs: Values,
  choices: Partial<Record<FieldName, Side>> = {},
): Values {
  const take = (field: FieldName) =>
    (yours[field] === base[field] || choices[field] === 'theirs' ? theirs : yours)[field];
  return Object.fromEntries(fieldNames.map((field) => [field, take(field)])) as unknown as Values;
}
