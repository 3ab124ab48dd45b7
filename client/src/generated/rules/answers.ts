// Copied by `make generate` from src/domain/registrations/answers.ts; do not edit.
/** Rules about answers to the questions of an event. Rules about the questions are in src/domain/events/questions.ts. */
import type { Answer, Answers, ChoiceQuestion, FieldError, Question } from '../schemas.ts';
import { jsonBytes } from './json-bytes.ts';

/** The maximum length of all answers of a registration together, as JSON in UTF-8. */
export const maxAnswersBytes = 4_096;

/** The maximum length of an answer to a `text`, in characters. The contract limits those to a `long-text`. */
export const maxTextLength = 200;

/**
 * The errors of answers that are syntactically valid, in the order of the questions; at most one for each place, with pointers into
 * the body of a request.
 *
 * @param questions those that the event has now
 */
export function answerErrors(questions: readonly Question[] = [], answers: Answers = {}): FieldError[] {
  const answerTo = (id: string) => (Object.hasOwn(answers, id) ? answers[id] : undefined);
  const asked = new Set(questions.map(({ questionId }) => questionId));
  const unknown = Object.keys(answers).filter((id) => !asked.has(id));
  return [
    ...answersBytesErrors(answers),
    ...questions.flatMap((question) => at(question.questionId, errorsOf(question, answerTo(question.questionId)))),
    ...unknown.flatMap((id) => at(id, [unknownQuestion])),
  ];
}

/** The error of answers that are too long together. */
export function answersBytesErrors(answers: Answers): FieldError[] {
  if (jsonBytes(answers) <= maxAnswersBytes) return [];
  const detail = `must have at most ${maxAnswersBytes.toLocaleString('en')} bytes in all, as JSON in UTF-8`;
  return [{ pointer: '/answers', code: 'too-many-bytes', detail }];
}

/** An error of an answer. `item` is the index in an array. */
interface AnswerError extends Pick<FieldError, 'code' | 'detail'> {
  readonly item?: number;
}

const at = (questionId: string, errors: readonly AnswerError[]): FieldError[] =>
  errors.map(({ item, ...error }) => ({
    pointer: `/answers/${questionId}${item === undefined ? '' : `/${item}`}`,
    ...error,
  }));

const unknownQuestion = { code: 'unknown-field', detail: 'is not a question of this event' } as const;
const missing = { code: 'required', detail: 'is required' } as const;
const notAnOption = { code: 'invalid-value', detail: 'must be one of the options of the question' } as const;

function errorsOf(question: Question, answer: Answer | undefined): AnswerError[] {
  if (answer === undefined) return question.required ? [missing] : [];
  switch (question.kind) {
    case 'text':
      return textErrors(answer);
    case 'long-text':
      return typeof answer === 'string' ? [] : [wrongType('a string')];
    case 'checkbox':
      if (typeof answer !== 'boolean') return [wrongType('true or false')];
      return question.required && !answer ? [{ code: 'required', detail: 'must be true' }] : [];
    case 'choice':
      if (typeof answer !== 'string') return [wrongType('a string')];
      return question.options.includes(answer) ? [] : [notAnOption];
    case 'choices':
      return choicesErrors(question, answer);
  }
}

function textErrors(answer: Answer): AnswerError[] {
  if (typeof answer !== 'string') return [wrongType('a string')];
  if (/[\n\t]/.test(answer)) return [{ code: 'invalid-format', detail: 'must be one line without tabs' }];
  if ([...answer].length <= maxTextLength) return [];
  return [{ code: 'too-long', detail: `must have at most ${maxTextLength} characters` }];
}

function choicesErrors({ options }: ChoiceQuestion, answer: Answer): AnswerError[] {
  if (!Array.isArray(answer)) return [wrongType('an array')];
  return answer.flatMap((one, item) => (options.includes(one) ? [] : [{ ...notAnOption, item }]));
}

function wrongType(expected: string): AnswerError {
  return { code: 'invalid-type', detail: `must be ${expected}` };
}
