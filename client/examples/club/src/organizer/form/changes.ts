/** Differences between two revisions of an event, and merging the changes of two users. */
import type { Event as ApiEvent } from '@event-management/client';
import { locationText } from '../../shared/parts/event-text.ts';
import { texts } from '../../shared/texts.ts';
import { dateOf, dateTimeOf, instantOf, timeRangeOf, timeZoneLabel } from '../../shared/time.ts';
import { labels } from './labels.ts';
import { hasOptions, type QuestionValues, toQuestions } from './questions.ts';
import { type FieldName, isSameField, locationOf, type Values, valuesOf } from './values.ts';

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
  waitlist: ['waitlist'],
  registration: ['opens', 'closes'],
  tags: ['tags'],
  questions: ['questions'],
} as const satisfies Record<string, readonly FieldName[]>;

export type PartName = keyof typeof parts;
const partNames = Object.keys(parts) as PartName[];

/** Whether a part is the same in two versions. What is typed where it has no effect, as into the address of an online event, does not count. */
function isSame(part: PartName, one: Values, other: Values): boolean {
  if (part === 'place') return JSON.stringify(locationOf(one)) === JSON.stringify(locationOf(other));
  if (part === 'questions')
    return JSON.stringify(toQuestions(one.questions)) === JSON.stringify(toQuestions(other.questions));
  return parts[part].every((field) => isSameField(field, one, other));
}

/** One difference as text: the label of the part, and its content before and after. */
export interface Change {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** The content of a part as text. */
export function shown(part: PartName, values: Values): string {
  switch (part) {
    case 'place':
      return placeText(values);
    case 'when':
      return whenText(values);
    case 'registration':
      return registrationText(values);
    case 'visibility':
      return labels.visibilities[values.visibility];
    case 'waitlist':
      return labels.waitlist[values.waitlist ? 'on' : 'off'];
    case 'questions':
      return values.questions.map(questionText).join('\n');
    default:
      return values[part];
  }
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

/** `opens Sat, 1 Jun 2030, 08:00, closes Thu, 20 Jun 2030, 20:00`. */
function registrationText({ opens, closes, timeZone }: Values): string {
  const timeText = (local: string) => {
    const converted = instantOf(local, timeZone);
    return 'instant' in converted ? dateTimeOf(converted.instant, timeZone) : local.replace('T', ' ');
  };
  return [
    ...(opens === '' ? [] : [labels.opens(timeText(opens))]),
    ...(closes === '' ? [] : [labels.closes(timeText(closes))]),
  ].join(', ');
}

/** `1. Which meal would you like? (One choice, required: Vegetarian, Vegan)`. */
function questionText({ kind, label, required, options }: QuestionValues, index: number): string {
  const about = [labels.questionKinds[kind], ...(required ? [labels.required] : [])].join(', ');
  return `${index + 1}. ${label} (${about}${hasOptions(kind) ? `: ${options.join(', ')}` : ''})`;
}

/** The differences between two revisions of an event. */
export function changesBetween(before: ApiEvent, now: ApiEvent): readonly Change[] {
  const [old, current] = [valuesOf(before), valuesOf(now)];
  const changes = partNames
    .filter((part) => !isSame(part, old, current))
    .map((part) => ({ label: labels.fields[part], from: shown(part, old), to: shown(part, current) }));
  const status =
    before.status === now.status
      ? []
      : [{ label: labels.fields.status, from: texts.status[before.status], to: texts.status[now.status] }];
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
