import type { Question } from '@event-management/client';
import { fieldAt, inputOf, valuesOf } from './values.ts';

const questions: readonly Question[] = [
  { questionId: 'meal', kind: 'choice', label: 'Meal', options: ['Vegetarian', 'Vegan'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules', required: true },
  { questionId: 'days', kind: 'choices', label: 'Days', options: ['Friday', 'Saturday'] },
];

describe('the input of a registration', () => {
  it('has what was typed and chosen', () => {
    const answers = { meal: 'Vegan', rules: true, days: ['Friday'] };
    expect(inputOf({ name: 'Mira Novak', email: ' mira@example.com ', answers }, questions)).toEqual({
      name: 'Mira Novak',
      email: 'mira@example.com',
      answers,
    });
  });

  it('leaves out what is empty, and answers to questions that are no longer asked', () => {
    const answers = { meal: ' ', rules: false, days: [], shirt: 'M' };
    expect(inputOf({ name: 'Mira Novak', email: '', answers }, questions)).toEqual({ name: 'Mira Novak' });
    expect(inputOf({ ...valuesOf(undefined), name: 'Mira Novak' })).toEqual({ name: 'Mira Novak' });
  });

  it.each([
    ['/name', 'name'],
    ['/answers/meal', 'answer-meal'],
    ['/answers', 'answers'],
  ])('shows an error at %s beside the field %s', (pointer, field) => {
    expect(fieldAt(pointer)).toBe(field);
  });
});
