import type { Question, Registration, UpdateRegistrationInput } from '@event-management/client';
import type { Change } from '../form/changes.ts';
import { texts } from '../texts.ts';
import { shownAnswers } from './answers.ts';
import { inputOf, type Values, valuesOf } from '../../shared/registration/values.ts';

/** Whether two values, or parts of values, are the same. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The input of `updateRegistration`: only what was changed, so that other changes made in the meantime stay. The API replaces answers as a
 * whole, and takes them for the current questions only.
 */
export function changesOf(
  before: Registration,
  values: Values,
  questions: readonly Question[] | undefined,
): UpdateRegistrationInput {
  const [old, now] = [inputOf(valuesOf(before), questions), inputOf(values, questions)];
  return {
    ...(now.name === old.name ? {} : { name: now.name }),
    ...(now.email === old.email ? {} : { email: now.email ?? null }),
    ...(isSame(now.answers, old.answers) ? {} : { answers: now.answers ?? null }),
  };
}

/** What was typed into a form, on top of what somebody else has saved since: what was not changed here is theirs. */
export function mergedWith(theirs: Registration, before: Registration, typed: Values): Values {
  const [old, now] = [valuesOf(before), valuesOf(theirs)];
  const own = (Object.keys(old) as (keyof Values)[]).filter((field) => !isSame(typed[field], old[field]));
  return { ...now, ...Object.fromEntries(own.map((field) => [field, typed[field]])) };
}

/** What differs between two states of a registration, as people read it. */
export function changesBetweenGuests(
  before: Registration,
  now: Registration,
  questions: readonly Question[] | undefined,
): readonly Change[] {
  const [from, to] = [shownFields(before, questions), shownFields(now, questions)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((label) => ({ label, from: from.get(label) ?? '', to: to.get(label) ?? '' }))
    .filter((change) => change.from !== change.to);
}

function shownFields({ name = '', email = '', answers }: Registration, questions: readonly Question[] | undefined) {
  const answered = shownAnswers(answers, questions).map(({ label, text }) => [label, text] as const);
  return new Map([[texts.name, name], [texts.email, email], ...answered]);
}
