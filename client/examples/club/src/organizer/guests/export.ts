import type { EventsClient, Event as ApiEvent } from '@event-management/client';

/** A page of an export is as large as the API allows. */
const limit = 1_000;

/** How many registrations a page of CSV has. A quotation mark within a cell is doubled, so only a row begins with one and a digit. */
export const rowsIn = (csv: string) => csv.match(/^\ufeff?"\d/gm)?.length ?? 0;

/**
 * All registrations for an event as CSV, in parts that are one file.
 *
 * @param progress gets the number of registrations so far, after each part
 * @throws EventsApiError also if `signal` aborts it
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
    parts.push(part);
    progress((count += rowsIn(part)));
  }
  return parts;
}
