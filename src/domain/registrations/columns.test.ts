import { operations } from '../../../test/contract/contract.ts';
import type { Question, Registration } from '../../contract/generated/types.ts';
import { byteOrderMark, headerRow } from '../../lib/csv.ts';
import { columnsOf } from './columns.ts';

const registration: Registration = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  number: 17,
  etag: '"1-4d7a90c2e8b1"',
  status: 'confirmed',
  allowedActions: [],
  registeredAt: '2030-03-10T10:00:00Z',
  updatedAt: '2030-03-10T10:00:00Z',
};
const question = (questionId: string): Question => ({ questionId, kind: 'text', label: 'A question?' });
const namesOf = (questions?: readonly Question[]) => columnsOf(questions).map(({ name }) => name);
const rowOf = (questions: readonly Question[], given: Partial<Registration>) =>
  columnsOf(questions)
    .map(({ name, valueOf }) => [name, valueOf({ ...registration, ...given })])
    .filter(([, value]) => value !== undefined);

describe('the columns of registrations', () => {
  it('are one for each question of the event, between the person and the times', () => {
    const names = namesOf();
    const asked = names.toSpliced(names.indexOf('registeredAt'), 0, 'meal', 't-shirt');
    expect(namesOf([question('meal'), question('t-shirt')])).toEqual(asked);
  });

  it('have different names, even if the id of a question is the name of another column', () => {
    const own = namesOf();
    const names = namesOf(own.map(question));
    expect(names.filter((name) => !own.includes(name))).toEqual(own.map((name) => `answers.${name}`));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are those of the example in the contract', () => {
    const list = operations.find(({ operationId }) => operationId === 'listRegistrations');
    const file = list?.responses['200']?.content?.['text/csv']?.examples?.['csv']?.value as string;
    expect(file.split(/(?<=\r\n)/)[0]).toBe(`${byteOrderMark}${headerRow(columnsOf())}`);
  });

  it('have what was given, regardless of the kind that the question has now', () => {
    const questions = ['text', 'choices', 'yes', 'no', 'none', 'constructor'].map(question);
    const answers = { text: 'Vegan', choices: ['Music', 'Food; drinks'], yes: true, no: false, former: 'gone' };
    expect(rowOf(questions, { answers })).toEqual([
      ['number', 17],
      ['status', 'confirmed'],
      ['text', 'Vegan'],
      ['choices', 'Music; Food; drinks'],
      ['yes', 'true'],
      ['no', 'false'],
      ['registeredAt', registration.registeredAt],
    ]);
    expect(rowOf(questions, {}).map(([name]) => name)).toEqual(['number', 'status', 'registeredAt']);
  });
});
