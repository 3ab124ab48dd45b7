/** The values of the form in which a person registers. */
import type { Answers, Question, RegisterForEventInput, Registration } from '@event-management/client';

/** What is typed and chosen. */
export interface Values {
  readonly name: string;
  readonly email: string;
  /** By the id of the question; a question without an answer is absent. */
  readonly answers: Readonly<Record<string, Answers[string]>>;
}

/** The values of a registration; empty without one. */
export function valuesOf(registration: Registration | undefined): Values {
  return {
    name: registration?.name ?? '',
    email: registration?.email ?? '',
    answers: registration?.answers ?? {},
  };
}

/** The input of `registerForEvent`. What is empty is left out, and so are answers to questions that are no longer asked. */
export function inputOf({ name, email, answers }: Values, questions: readonly Question[] = []): RegisterForEventInput {
  const given = questions.flatMap(({ questionId }) => {
    const answer = answers[questionId];
    return isEmpty(answer) ? [] : [[questionId, answer] as const];
  });
  return {
    name,
    ...(email.trim() === '' ? {} : { email: email.trim() }),
    ...(given.length === 0 ? {} : { answers: Object.fromEntries(given) as Answers }),
  };
}

const isEmpty = (answer: Answers[string] | undefined) =>
  answer === undefined ||
  answer === false ||
  (typeof answer === 'string' && answer.trim() === '') ||
  (Array.isArray(answer) && answer.length === 0);

/** The field that shows the errors at a JSON Pointer into the input. */
export function fieldAt(pointer: string): string {
  const [, first = '', second] = pointer.split('/');
  return first === 'answers' && second !== undefined ? `answer-${second}` : first;
}
