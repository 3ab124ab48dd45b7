/** Rules about the content of inputs, with the functions of the API: `../generated/rules/` has copies of them. */
import { answerErrors, answersBytesErrors } from '../generated/rules/answers.ts';
import { filterErrors, filterTimes } from '../generated/rules/filters.ts';
import { toInstant } from '../generated/rules/instants.ts';
import { questionErrors } from '../generated/rules/questions.ts';
import { tagErrors } from '../generated/rules/tags.ts';
import { timeErrors, type Times, timeZoneErrors, withInstants } from '../generated/rules/times.ts';
import { withoutNull } from '../generated/rules/without-null.ts';
import type {
  Answers,
  CreateEventInput,
  DuplicateEventInput,
  Event,
  EventUpdate,
  ListEventsInput,
  Question,
  UpdateEventInput,
} from '../generated/schemas.ts';
import { timeZones } from '../generated/time-zones.ts';
import type { InputSchema, Rule } from './input.ts';

/** The order of the times of an event, as far as the input has them. */
export const timeRules: Rule = (sent) => timesIn(sent, {});

function timesIn(sent: EventUpdate, known: object) {
  return timeErrors(withoutNull({ ...known, ...withInstants(sent) }) as Times, sent);
}

/** The content of an event. */
export const contentRules: Rule = (sent: EventUpdate, context) => [
  ...timeRules(sent, context),
  ...questionErrors(sent.questions ?? []),
  ...tagErrors(sent.tags ?? []),
];

/** The length of answers. Which answers are allowed depends on the questions: `withQuestions`. */
export const answersRules: Rule = ({ answers }) => answersBytesErrors((answers ?? {}) as Answers);

/** Filters of a list of events. The client does not know the caller's id, and takes any organizer for the caller. */
export const filterRules: Rule = (filters: ListEventsInput) => {
  const instants = filterTimes.flatMap((name) => (filters[name] ? [[name, toInstant(filters[name])] as const] : []));
  return filterErrors({ ...filters, ...Object.fromEntries(instants) }, filters.organizerId !== undefined);
};

/**
 * The schema of `updateEvent` for an event: a new time is compared with those that the event has. Without it, times are compared only if
 * the input has both.
 */
export function withEvent(
  schema: InputSchema<UpdateEventInput>,
  event: Pick<Event, keyof Times>,
): InputSchema<UpdateEventInput> {
  const { startsAt, endsAt, registrationOpensAt, registrationClosesAt } = event;
  return schema['~with']((sent) => timesIn(sent, { startsAt, endsAt, registrationOpensAt, registrationClosesAt }));
}

/** The schema of an input with answers, for the questions of an event: it knows which are required, and what may be the answer. */
export function withQuestions<Input>(
  schema: 'answers' extends keyof Input ? InputSchema<Input> : never,
  questions: readonly Question[] | undefined,
): InputSchema<Input> {
  return schema['~with'](({ answers }, { partial, failed }) =>
    failed('answers') || (partial && !answers) ? [] : answerErrors(questions, (answers ?? {}) as Answers),
  );
}

/** The schema of an input with a time zone, which must be one of `timeZones`. It costs a page their names. */
export function withTimeZones<Input extends CreateEventInput | UpdateEventInput | DuplicateEventInput>(
  schema: InputSchema<Input>,
): InputSchema<Input> {
  const known = new Set(timeZones);
  return schema['~with'](({ timeZone }) => (typeof timeZone === 'string' ? timeZoneErrors(timeZone, known) : []));
}
