/** An event with a question of each kind, and answers to them. */
import type { Answers, Question } from '../../src/contract/generated/types.ts';

export const questions: readonly Question[] = [
  { questionId: 'allergies', kind: 'text', label: 'Do you have any allergies?' },
  { questionId: 'talk', kind: 'long-text', label: 'What would you like to talk about?' },
  {
    questionId: 'meal',
    kind: 'choice',
    label: 'Which meal would you like?',
    required: true,
    options: ['With meat', 'Vegetarian', 'Vegan'],
  },
  { questionId: 'days', kind: 'choices', label: 'When do you come?', options: ['Friday', 'Saturday', 'Sunday'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I have read the house rules.', required: true },
];

/** Answers to the questions that must be answered. */
export const minimalAnswers: Answers = { meal: 'Vegan', rules: true };

/** Answers to all questions. */
export const fullAnswers: Answers = {
  allergies: 'Nuts',
  talk: 'Contracts.\nAnd music.',
  meal: 'Vegetarian',
  days: ['Friday', 'Sunday'],
  rules: true,
};
