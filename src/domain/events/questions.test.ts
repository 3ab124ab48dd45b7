import type { Question } from '../../contract/generated/types.ts';
import { maxQuestionsBytes, questionErrors } from './questions.ts';

const question = (questionId: string, label = 'Label'): Question => ({ questionId, kind: 'text', label });

describe('questionErrors', () => {
  test('requires that ids are unique, and names the second and each further question with one', () => {
    expect(questionErrors([question('a'), question('b')])).toEqual([]);
    const detail = 'must be unique: question 2 has the same id';
    expect(questionErrors([question('b'), question('a'), question('a'), question('a')])).toEqual([
      { pointer: '/questions/2/questionId', code: 'duplicate-item', detail },
      { pointer: '/questions/3/questionId', code: 'duplicate-item', detail },
    ]);
  });

  test('limits all questions together, in bytes of JSON', () => {
    const fill = (length: number): Question[] => [
      {
        questionId: 'a',
        kind: 'choice',
        label: 'Which?',
        options: Array.from({ length: 90 }, (_, index) => String(index).padEnd(80, '.')),
      },
      question('b', 'x'.repeat(length)),
    ];
    const rest = maxQuestionsBytes - JSON.stringify(fill(0)).length;
    expect(questionErrors(fill(rest))).toEqual([]);
    expect(questionErrors(fill(rest + 1))).toEqual([
      {
        pointer: '/questions',
        code: 'too-many-bytes',
        detail: 'must have at most 8,192 bytes in all, as JSON in UTF-8',
      },
    ]);
    expect(questionErrors([question('a', 'ü'.repeat(maxQuestionsBytes / 2))])).toHaveLength(1);
  });
});
