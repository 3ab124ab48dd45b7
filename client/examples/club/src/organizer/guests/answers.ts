import type { Answers, Question } from '@event-management/client';
import { texts } from '../texts.ts';

/** An answer, as people read it. */
export interface ShownAnswer {
  readonly questionId: string;
  /** The question; its id if the event no longer asks it. */
  readonly label: string;
  readonly text: string;
  readonly isAsked: boolean;
}

const textOf = (answer: Answers[string]) =>
  typeof answer === 'string' ? answer : answer === true ? texts.yes : answer === false ? texts.no : answer.join(', ');

/** The answers of a person in the order of the questions, and after them those to questions that are no longer asked. */
export function shownAnswers(answers: Answers = {}, questions: readonly Question[] = []): readonly ShownAnswer[] {
  const asked = new Map(questions.map(({ questionId, label }) => [questionId, label]));
  const others = Object.keys(answers).filter((questionId) => !asked.has(questionId));
  return [...asked.keys(), ...others].flatMap((questionId) => {
    const answer = answers[questionId];
    if (answer === undefined) return [];
    return [
      { questionId, label: asked.get(questionId) ?? questionId, text: textOf(answer), isAsked: asked.has(questionId) },
    ];
  });
}
