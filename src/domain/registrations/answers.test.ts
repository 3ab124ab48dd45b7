import type { Answers, FieldError, Question } from '../../contract/generated/types.ts';
import { answerErrors, maxAnswersBytes } from './answers.ts';

const text: Question = { questionId: 'q', kind: 'text', label: 'Text?' };
const longText: Question = { questionId: 'q', kind: 'long-text', label: 'Long text?' };
const checkbox: Question = { questionId: 'q', kind: 'checkbox', label: 'Checkbox?' };
const choice: Question = { questionId: 'q', kind: 'choice', label: 'Choice?', options: ['A', 'B'] };
const choices: Question = { questionId: 'q', kind: 'choices', label: 'Choices?', options: ['A', 'B'] };

const codesOf = (errors: readonly FieldError[]) => errors.map(({ pointer, code }) => [pointer, code]);

describe('answerErrors', () => {
  test.each<[Question, Answers['q']]>([
    [text, 'x'.repeat(200)],
    [text, '\u{1f3b7}'.repeat(200)],
    [longText, `${'x'.repeat(998)}\ny`],
    [checkbox, true],
    [checkbox, false],
    [choice, 'B'],
    [choices, ['B', 'A']],
  ])('accepts the answer to %j', (question, answer) => {
    expect(answerErrors([question], { q: answer })).toEqual([]);
    expect(answerErrors([{ ...question, required: true }], { q: answer }).length).toBe(answer === false ? 1 : 0);
  });

  test.each<[Question, Answers['q'], string, string]>([
    [text, true, '/answers/q', 'invalid-type'],
    [text, ['A'], '/answers/q', 'invalid-type'],
    [text, 'x'.repeat(201), '/answers/q', 'too-long'],
    [text, 'one\nline', '/answers/q', 'invalid-format'],
    [text, 'a\ttab', '/answers/q', 'invalid-format'],
    [longText, false, '/answers/q', 'invalid-type'],
    [longText, ['A'], '/answers/q', 'invalid-type'],
    [checkbox, 'true', '/answers/q', 'invalid-type'],
    [checkbox, ['A'], '/answers/q', 'invalid-type'],
    [choice, 'C', '/answers/q', 'invalid-value'],
    [choice, 'a', '/answers/q', 'invalid-value'],
    [choice, ['A'], '/answers/q', 'invalid-type'],
    [choice, true, '/answers/q', 'invalid-type'],
    [choices, 'A', '/answers/q', 'invalid-type'],
    [choices, true, '/answers/q', 'invalid-type'],
    [choices, ['A', 'C'], '/answers/q/1', 'invalid-value'],
  ])('rejects an answer to %j: %j', (question, answer, pointer, code) => {
    expect(codesOf(answerErrors([question], { q: answer }))).toEqual([[pointer, code]]);
  });

  test('requires an answer to a question that is required, and that a required checkbox is true', () => {
    const required = [text, longText, checkbox, choice, choices].map((question, index) => ({
      ...question,
      questionId: `q${index}`,
      required: true,
    }));
    expect(codesOf(answerErrors(required))).toEqual([0, 1, 2, 3, 4].map((index) => [`/answers/q${index}`, 'required']));
    expect(codesOf(answerErrors([{ ...checkbox, required: true }], { q: false }))).toEqual([
      ['/answers/q', 'required'],
    ]);
  });

  test('reports every place, in the order of the questions, and then answers to no question', () => {
    const questions = [
      { ...choice, questionId: 'b' },
      { ...text, questionId: 'a', required: true },
    ];
    expect(answerErrors(questions, { z: 'x', b: 'C' })).toEqual([
      { pointer: '/answers/b', code: 'invalid-value', detail: 'must be one of the options of the question' },
      { pointer: '/answers/a', code: 'required', detail: 'is required' },
      { pointer: '/answers/z', code: 'unknown-field', detail: 'is not a question of this event' },
    ]);
    expect(codesOf(answerErrors(undefined, { a: 'x' }))).toEqual([['/answers/a', 'unknown-field']]);
    expect(answerErrors(undefined, undefined)).toEqual([]);
  });

  test('takes only members of the answers themselves', () => {
    const questions = [{ ...text, questionId: 'constructor', required: true }];
    expect(codesOf(answerErrors(questions, {}))).toEqual([['/answers/constructor', 'required']]);
    expect(codesOf(answerErrors([], { constructor: 'x' }))).toEqual([['/answers/constructor', 'unknown-field']]);
  });

  test('limits all answers together, in bytes of JSON', () => {
    const questions = ['a', 'b', 'c', 'd', 'e'].map((questionId) => ({ ...longText, questionId }));
    const answersOf = (last: number) => ({
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, 'x'.repeat(1_000)])),
      e: 'x'.repeat(last),
    });
    const rest = maxAnswersBytes - JSON.stringify(answersOf(0)).length;
    expect(answerErrors(questions, answersOf(rest))).toEqual([]);
    expect(answerErrors(questions, answersOf(rest + 1))).toEqual([
      { pointer: '/answers', code: 'too-many-bytes', detail: 'must have at most 4,096 bytes in all, as JSON in UTF-8' },
    ]);
    expect(
      codesOf(answerErrors(questions, { a: 'ü'.repeat(1_000), b: 'ü'.repeat(1_000), c: 'ü'.repeat(100) })),
    ).toEqual([['/answers', 'too-many-bytes']]);
  });
});
