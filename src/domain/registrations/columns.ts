import type { Answers, Question, Registration } from '../../contract/generated/types.ts';
import type { Column } from '../../lib/csv.ts';

type RegistrationColumn = Column<Registration>;

const before: readonly RegistrationColumn[] = [
  { name: 'number', valueOf: ({ number }) => number },
  { name: 'status', valueOf: ({ status }) => status },
  { name: 'name', valueOf: ({ name }) => name },
  { name: 'email', valueOf: ({ email }) => email },
];

const after: readonly RegistrationColumn[] = [
  { name: 'registeredAt', valueOf: ({ registeredAt }) => registeredAt },
  { name: 'checkedInAt', valueOf: ({ checkedInAt }) => checkedInAt },
  { name: 'cancelledAt', valueOf: ({ cancellation }) => cancellation?.at },
];

const taken = new Set([...before, ...after].map(({ name }) => name));

/**
 * The columns of an event's registrations as a table, for its organizer: the codes of tickets are not among them. Each question that the
 * event has now is a column; answers to former ones are left out.
 */
export function columnsOf(questions: readonly Question[] = []): readonly RegistrationColumn[] {
  const answered = questions.map(({ questionId }) => ({
    // Two columns with one name would be one to programs that read rows as objects.
    name: taken.has(questionId) ? `answers.${questionId}` : questionId,
    valueOf: ({ answers }: Registration) => textOf(answers, questionId),
  }));
  return [...before, ...answered, ...after];
}

function textOf(answers: Answers = {}, questionId: string): string | undefined {
  const answer = Object.hasOwn(answers, questionId) ? answers[questionId] : undefined;
  return Array.isArray(answer) ? answer.join('; ') : answer?.toString();
}
