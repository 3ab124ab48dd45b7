/** Questions to the guests as the form has them: with their options even while the kind has none, so that they are not lost. */
import type { Question } from '@event-management/client';
import { plainText } from '../../shared/plain-text.ts';

export interface QuestionValues {
  /** Identifies the question in the form, and is a part of its id. */
  readonly key: string;
  /** The id of a question that the event has already: its answers belong to it. */
  readonly questionId?: string;
  readonly kind: Question['kind'];
  readonly label: string;
  readonly required: boolean;
  readonly options: readonly string[];
}

/** Whether questions of this kind have options. */
export const hasOptions = (kind: Question['kind']): kind is 'choice' | 'choices' =>
  kind === 'choice' || kind === 'choices';

/** A new question. Its key is random: a question must not get the answers to a removed one, as with a consent to other rules. */
export function newQuestion(): QuestionValues {
  const key = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => (byte % 36).toString(36)).join('');
  return { key, kind: 'text', label: '', required: false, options: ['', ''] };
}

export function questionValuesOf(questions: readonly Question[] = []): readonly QuestionValues[] {
  return questions.map((question) => {
    const { questionId, kind, label, required = false } = question;
    return {
      key: questionId,
      questionId,
      kind,
      label,
      required,
      options: 'options' in question ? question.options : ['', ''],
    };
  });
}

/** The id of a question: what a new one asks, as it names a column of the exported guest list, and its key. */
function idOf({ key, questionId, label }: QuestionValues): string {
  if (questionId !== undefined) return questionId;
  const words = plainText(label)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const start = words.join('-').slice(0, 24).replace(/-$/, '') || 'question';
  return `${start}-${key}`;
}

/** The questions as the API takes them. */
export function toQuestions(values: readonly QuestionValues[]): Question[] {
  return values.map((question) => {
    const { kind, label, required, options } = question;
    const common = { questionId: idOf(question), label, ...(required ? { required } : {}) };
    return hasOptions(kind) ? { ...common, kind, options: [...options] } : { ...common, kind };
  });
}
