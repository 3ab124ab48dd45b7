import type { Answers, Question, Registration } from '@event-management/client';
import { fileName } from '../../shared/parts/download.ts';
import { valuesOf } from '../../shared/registration/values.ts';
import { shownAnswers } from './answers.ts';
import { changesBetweenGuests, changesOf, mergedWith } from './changes.ts';
import { rowsIn, withLabels } from './export.ts';
import { guestFiltersOf, guestFiltersToQuery, isFound, noGuestFilters, toGuestQuery } from './filters.ts';

const guest = { number: 17, name: 'Mira Nováková', email: 'mira@example.com' } as Registration;
const questions: readonly Question[] = [
  { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['Vegetarian', 'Vegan'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules' },
  { questionId: 'days', kind: 'choices', label: 'Which days?', options: ['Friday', 'Saturday'] },
];

describe('the filters of the guest list', () => {
  it.each([
    ['', noGuestFilters, {}],
    [
      'status=confirmed&status=cancelled',
      { ...noGuestFilters, statuses: ['confirmed', 'cancelled'] },
      { status: ['confirmed', 'cancelled'] },
    ],
    ['checked-in=no', { ...noGuestFilters, checkedIn: 'no' }, { checkedIn: false }],
    ['checked-in=yes&q=mira', { ...noGuestFilters, checkedIn: 'yes', q: 'mira' }, { checkedIn: true, limit: 1_000 }],
  ] as const)('%j are converted to the address and back, and to the query of the API', (query, filters, input) => {
    expect(guestFiltersOf(new URLSearchParams(query))).toEqual(filters);
    expect(guestFiltersToQuery(filters).toString()).toBe(query);
    expect(toGuestQuery(filters)).toEqual(input);
  });

  it('are ignored if they are unknown', () => {
    expect(guestFiltersOf(new URLSearchParams('status=gone&checked-in=maybe'))).toEqual(noGuestFilters);
  });
});

describe('the search', () => {
  it.each(['17', 'mira', ' NOVAKOVA  mira ', 'nová', 'example.com'])('finds a guest by %j', (q) => {
    expect(isFound(guest, q)).toBe(true);
  });
  it.each(['1', '7', '117', 'mira jonas'])('does not find the guest by %j', (q) => {
    expect(isFound(guest, q)).toBe(false);
  });
  it('finds an erased guest by the number only', () => {
    const erased = { number: 3 } as Registration;
    expect([isFound(erased, '3'), isFound(erased, 'mira')]).toEqual([true, false]);
  });
});

describe('answers', () => {
  it('are shown in the order of the questions, and then those that are no longer asked', () => {
    const answers: Answers = { shirt: 'M', days: ['Friday', 'Saturday'], rules: true, meal: 'Vegan' };
    expect(shownAnswers(answers, questions)).toEqual([
      { questionId: 'meal', label: 'Which meal?', text: 'Vegan', isAsked: true },
      { questionId: 'rules', label: 'I accept the rules', text: 'Yes', isAsked: true },
      { questionId: 'days', label: 'Which days?', text: 'Friday, Saturday', isAsked: true },
      { questionId: 'shirt', label: 'shirt', text: 'M', isAsked: false },
    ]);
    expect(shownAnswers(undefined, questions)).toEqual([]);
  });
});

describe('a change of a guest', () => {
  it('sends only what was changed, and removes what was cleared', () => {
    const values = valuesOf(guest);
    expect(changesOf(guest, values, questions)).toEqual({});
    expect(changesOf(guest, { ...values, email: ' ' }, questions)).toEqual({ email: null });
    expect(changesOf(guest, { ...values, name: 'Mira', answers: { meal: 'Vegan' } }, questions)).toEqual({
      name: 'Mira',
      answers: { meal: 'Vegan' },
    });
    const answered = { ...guest, answers: { meal: 'Vegan' } };
    expect(changesOf(answered, { ...valuesOf(answered), answers: { meal: '' } }, questions)).toEqual({ answers: null });
  });

  it('stays on top of what somebody else has saved since', () => {
    const theirs = { ...guest, email: 'm.n@example.com', answers: { meal: 'Vegan' } };
    expect(mergedWith(theirs, guest, { ...valuesOf(guest), name: 'Mira' })).toEqual({
      name: 'Mira',
      email: 'm.n@example.com',
      answers: { meal: 'Vegan' },
    });
    expect(changesBetweenGuests(guest, theirs, questions)).toEqual([
      { label: 'Email address', from: 'mira@example.com', to: 'm.n@example.com' },
      { label: 'Which meal?', from: '', to: 'Vegan' },
    ]);
  });
});

describe('a CSV file', () => {
  it('has as many guests as rows, for any text in their cells', () => {
    const header = '\ufeff"number","status","name"\r\n';
    const rows = '"1","confirmed","Mira"\r\n"2","confirmed","first\n""3"",\n"\r\n"1000","cancelled",""\r\n';
    expect([rowsIn(header), rowsIn(`${header}${rows}`), rowsIn(rows), rowsIn('')]).toEqual([0, 3, 3, 0]);
  });

  it.each([
    ['Riverside Jazz Night – Guests', 'Riverside Jazz Night – Guests.csv'],
    ['../a/b\\c: "what?"\u202egnp', 'a b c what gnp.csv'],
    ['東京'.repeat(80), `${'東京'.repeat(50)}.csv`],
  ])('of %j has a name for every system', (text, name) => {
    expect(fileName(text, '.csv')).toBe(name);
  });
});

it('the titles of an export are the questions, and no formulas', () => {
  const asked = [...questions, { questionId: 'name', kind: 'text', label: '=1+1, "or" 2' }] as const;
  const rows = '\r\n"1","confirmed","meal","","Vegan","","","x","","",""\r\n';
  const [before, after] = ['\ufeff"number","status","name","email"', '"registeredAt","checkedInAt","cancelledAt"'];
  const csv = `${before},"meal","rules","days","answers.name",${after}${rows}`;
  expect(withLabels(csv, asked)).toBe(
    `${before},"Which meal?","I accept the rules","Which days?","'=1+1, ""or"" 2",${after}${rows}`,
  );
  expect(withLabels(csv)).toBe(csv);
});
