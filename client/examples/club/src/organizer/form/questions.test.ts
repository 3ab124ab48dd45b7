import type { Question } from '@event-management/client';
import { newQuestion, questionValuesOf, toQuestions } from './questions.ts';

const questions: readonly Question[] = [
  { questionId: 'meal', kind: 'choice', label: 'Meal', required: true, options: ['Vegan', 'Vegetarian'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules' },
];

describe('the questions of a form', () => {
  it('are those of the event, with their ids', () => {
    expect(toQuestions(questionValuesOf(questions))).toEqual(questions);
    const [meal, rules] = questionValuesOf(questions);
    const renamed = { ...meal, label: 'Which meal?', kind: 'text' } as const;
    expect(toQuestions([rules, renamed] as never)).toEqual([
      questions[1],
      { questionId: 'meal', kind: 'text', label: 'Which meal?', required: true },
    ]);
  });

  it('get ids that name what is asked, and never that of a removed question', () => {
    const ids = (labels: readonly string[]) =>
      toQuestions(labels.map((label) => ({ ...newQuestion(), label }))).map(({ questionId }) => questionId);
    expect(ids(['Größe des T-Shirts?'])).toEqual([expect.stringMatching(/^gro-e-des-t-shirts-[0-9a-z]{4}$/)]);
    expect(ids(['食事'])).toEqual([expect.stringMatching(/^question-[0-9a-z]{4}$/)]);
    expect(ids(['x'.repeat(200)])[0]?.length).toBeLessThanOrEqual(40);
    expect(new Set(ids(['Rules', 'Rules', 'Rules'])).size).toBe(3);
    const one = { ...newQuestion(), label: 'Rules' };
    expect(toQuestions([one])).toEqual(toQuestions([one]));
  });
});
