/** What differs between two states of an event, and what to do when both sides changed it. */
import type { Event as ApiEvent } from '@event-management/client';
import { statusNames } from '../list/filters.ts';
import { fieldNames, type FieldName, labels, placeNames, type Values, valuesOf } from './values.ts';

/** One difference in words: the name of the field, and what people read there before and after. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The content of a field, as people read it. */
export function shown(field: FieldName, values: Values): string {
  if (field === 'place') return placeNames[values.place];
  return field === 'starts' || field === 'ends' ? values[field].replace('T', ' ') : values[field];
}

/** What somebody did to an event. */
export function changesBetween(before: ApiEvent, now: ApiEvent): readonly Change[] {
  const [old, current] = [valuesOf(before), valuesOf(now)];
  const fields = fieldNames.filter((field) => old[field] !== current[field]);
  const changes = fields.map((field) => ({ label: labels[field], from: shown(field, old), to: shown(field, current) }));
  const status =
    before.status === now.status
      ? []
      : [{ label: 'Status', from: statusNames[before.status], to: statusNames[now.status] }];
  return [...status, ...changes];
}

export type Side = 'yours' | 'theirs';

/** The fields that both sides changed, each to something else: somebody has to choose. */
export function conflictsOf(base: Values, yours: Values, theirs: Values): readonly FieldName[] {
  return fieldNames.filter(
    (field) => yours[field] !== base[field] && theirs[field] !== base[field] && yours[field] !== theirs[field],
  );
}

/** Both sides' changes together; where both changed a field, what was chosen, and yours where nothing was. */
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
