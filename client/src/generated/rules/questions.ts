// Copied by `make generate` from src/domain/events/questions.ts; do not edit.
/** Rules about the questions of an event to the people who register. Which answers they allow is in src/domain/registrations/answers.ts. */
import type { FieldError, Question } from '../schemas.ts';
import { jsonBytes } from './json-bytes.ts';

/** The maximum length of all questions of an event together, as JSON in UTF-8: each registration reads them. */
export const maxQuestionsBytes = 8_192;

/** The errors of questions that are syntactically valid, with pointers into the body of a request. */
export function questionErrors(questions: readonly Question[]): FieldError[] {
  const errors: FieldError[] = [];
  if (jsonBytes(questions) > maxQuestionsBytes) {
    const detail = `must have at most ${maxQuestionsBytes.toLocaleString('en')} bytes in all, as JSON in UTF-8`;
    errors.push({ pointer: '/questions', code: 'too-many-bytes', detail });
  }
  const ids = questions.map(({ questionId }) => questionId);
  for (const [index, questionId] of ids.entries()) {
    const first = ids.indexOf(questionId);
    if (first === index) continue;
    const detail = `must be unique: question ${first + 1} has the same id`;
    errors.push({ pointer: `/questions/${index}/questionId`, code: 'duplicate-item', detail });
  }
  return errors;
}
