/** Scans of tickets in DynamoDB: a part of each registration's item, and counters. */
import { equalTo, exists, missing } from '../../../lib/comparison.ts';
import { allOf } from '../../../storage/condition.ts';
import type { Database } from '../../../storage/database.ts';
import { readAll } from '../../../storage/paging/read-all.ts';
import { tables } from '../../../storage/tables.ts';
import type { TransactionWrite } from '../../../storage/transaction.ts';
import { toUpdateInput } from '../../../storage/update.ts';
import type { RegistrationRecord } from '../model.ts';
import { toEntry, type WriteOutcome } from '../repository.ts';
import type { CheckInState } from './scans.ts';

const { hashKey, rangeKey } = tables.registrations;

/** Every function rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
export interface CheckInRepository {
  /**
   * Writes the scans of a registration, and counts it if it becomes checked in, or no longer is: both or neither. Nothing is written if
   * another scan, an undo, a cancellation or an erasure came in between.
   *
   * @param record as it was read
   */
  write(record: RegistrationRecord, state: CheckInState, signal: AbortSignal): Promise<WriteOutcome>;
  /** How many registrations for an event are checked in, read consistently. */
  count(eventId: string, signal: AbortSignal): Promise<number>;
}

/** The counter of an event is split into so many items, because transactions on one item reject each other. */
const counterItems = 8;

/** @param tableName the name of the registrations table */
export function createCheckInRepository(database: Database, tableName: string): CheckInRepository {
  const scopeOf = (eventId: string) => `${eventId}/check-ins`;

  function counting({ eventId, number }: RegistrationRecord, by: 1 | -1): TransactionWrite {
    return {
      update: {
        TableName: tableName,
        Key: { [hashKey]: scopeOf(eventId), [rangeKey]: number % counterItems },
        UpdateExpression: 'ADD #checkedIn :by',
        ExpressionAttributeNames: { '#checkedIn': 'checkedIn' },
        ExpressionAttributeValues: { ':by': by },
      },
    };
  }

  return {
    async write(record, state, signal) {
      const { eventId, number, cancellation, scanRevision = 0 } = record;
      const after = { ...withoutState(record), ...state, scanRevision: scanRevision + 1 };
      const update = {
        TableName: tableName,
        Key: { [hashKey]: eventId, [rangeKey]: number },
        ...toUpdateInput(
          {
            set: {
              scans: state.scans,
              scanCount: state.scanCount ?? null,
              checkedInAt: state.checkedInAt ?? null,
              scanRevision: scanRevision + 1,
            },
          },
          allOf([
            {
              registeredAt: exists,
              erasedAt: missing,
              cancellation: cancellation === undefined ? missing : exists,
              scanRevision: record.scanRevision === undefined ? missing : equalTo(scanRevision),
            },
          ]),
        ),
      };
      const wasIn = record.checkedInAt !== undefined;
      const isIn = state.checkedInAt !== undefined;
      if (wasIn === isIn) {
        const written = await database.update(update, { signal });
        return written.ok
          ? { ok: true, record: after }
          : { ok: false, current: written.current && toEntry(written.current) };
      }
      const result = await database.transact([{ update }, counting(record, isIn ? 1 : -1)], { signal });
      if (result.ok) return { ok: true, record: after };
      const [outcome] = result.outcomes;
      return { ok: false, current: outcome?.conditionFailed && outcome.current ? toEntry(outcome.current) : undefined };
    },

    async count(eventId, signal) {
      const counters = { tableName, hashKey, rangeKey, hashValue: scopeOf(eventId), after: -1 };
      const items = await readAll(database, counters, { signal });
      return items.reduce((sum, { checkedIn }) => sum + (checkedIn as number), 0);
    },
  };
}

function withoutState({ scans: _, scanCount: __, checkedInAt: ___, ...rest }: RegistrationRecord): RegistrationRecord {
  return rest;
}
