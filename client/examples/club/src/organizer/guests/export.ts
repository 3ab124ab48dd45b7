import type { EventsClient, Event as ApiEvent, Question } from '@event-management/client';

/** A page of an export is as large as the API allows. */
const limit = 1_000;

/** How many registrations a page of CSV has. A quotation mark within a cell is doubled, so only a row begins with one and a digit. */
export const rowsIn = (csv: string) => csv.match(/^\ufeff?"\d/gm)?.length ?? 0;

/** How many columns are before those of the questions (number, status, name, email address) and after them (three times). */
const [columnsBefore, columnsAfter] = [4, 3];

/** A cell of CSV that no spreadsheet takes for a formula. */
const cell = (text: string) => `"${/^[=+\-@\t\r]/.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;

/** The first page of CSV, with the questions as titles of their columns instead of their ids. */
export function withLabels(csv: string, questions: readonly Question[] = []): string {
  const end = csv.search(/\r?\n|$/);
  const titles = csv.slice(0, end).split(',');
  const labelOf = (title: string) => {
    // An id that is the name of another column has a prefix.
    const id = title.replace(/^"(?:answers\.)?|"$/g, '');
    const question = questions.find(({ questionId }) => questionId === id);
    return question ? cell(question.label) : title;
  };
  const ids = titles.slice(columnsBefore, -columnsAfter);
  return (
    [...titles.slice(0, columnsBefore), ...ids.map(labelOf), ...titles.slice(-columnsAfter)].join(',') + csv.slice(end)
  );
}

/**
 * All registrations for an event as CSV, in parts that are one file.
 *
 * @param progress gets the number of registrations so far, after each part
 * @throws EventsApiError even if `signal` aborts it
 */
export async function exportGuests(
  api: EventsClient,
  event: ApiEvent,
  signal: AbortSignal,
  progress: (count: number) => void,
): Promise<readonly string[]> {
  const parts: string[] = [];
  let count = 0;
  for await (const part of api.listRegistrations(event, { limit }, { mediaType: 'text/csv', signal })) {
    parts.push(parts.length === 0 ? withLabels(part, event.questions) : part);
    progress((count += rowsIn(part)));
  }
  return parts;
}
