/** Erases personal data. Registrations stay as numbers: a number that is missing would count as a gap. */
import type { Instant } from '../shared/instants.ts';
import type { Stores } from './dependencies.ts';
import { type AttendeeRecord, type Entry, isOf, isVoid, type RegistrationRecord } from './model.ts';

interface Context {
  readonly at: Instant;
  readonly signal: AbortSignal;
}

/** Erases the registrations of a user for an event before the latest one. */
export async function eraseEarlier(
  eventId: string,
  userId: string,
  { latest, numbers }: AttendeeRecord,
  { registrations }: Stores,
  { at, signal }: Context,
): Promise<void> {
  const earlier = numbers.filter((number) => number !== latest);
  const entries = await registrations.getMany(
    earlier.map((number) => ({ eventId, number })),
    signal,
  );
  for (const entry of entries) if (isOf(entry, userId)) await registrations.erase(entry, at, signal);
}

/**
 * Erases the registrations of a person before this one, if it is the latest: once it is erased, the person cannot find them any more.
 */
export async function eraseEarlierThan(
  { eventId, number, userId }: RegistrationRecord,
  stores: Stores,
  context: Context,
): Promise<void> {
  if (userId === undefined) return;
  const attendee = await stores.registrations.findAttendee(eventId, userId, context.signal);
  if (attendee?.latest === number) await eraseEarlier(eventId, userId, attendee, stores, context);
}

/**
 * Erases a registration, and the attendee record if it is the latest of the person: both or neither, because a registration without
 * the record could not be found again, and a record without it would count as a request that died.
 *
 * @returns false if another request changed the registration
 */
export async function erase(
  record: RegistrationRecord,
  { registrations }: Stores,
  { at, signal }: Context,
): Promise<boolean> {
  const { eventId, number, userId, erasedAt } = record;
  if (erasedAt !== undefined) return true;
  const forgetting = userId === undefined ? [] : [registrations.forgetting(eventId, userId, number)];
  const outcomes = await registrations.transact([registrations.erasing(record, at), ...forgetting], signal);
  if (outcomes === 'done') return true;
  if (outcomes[0]?.conditionFailed) return false;
  // The person has a newer registration.
  await registrations.erase(record, at, signal);
  return true;
}

/** How many writes a transaction has, at most, and how many transactions are sent at once. */
const maxWrites = 100;
const concurrency = 4;

/**
 * Erases every registration for an event that has been deleted: no one is registered, and no one can register any more. After a failure
 * it can be called again.
 */
export async function eraseAll(eventId: string, { registrations }: Stores, { at, signal }: Context): Promise<void> {
  for (let from: number | undefined = 1; from !== undefined;) {
    const { entries, lastNumber } = await registrations.page(eventId, { from }, signal);
    const personal = entries.filter(isPersonal);
    // The records first: without a registration, a record would not be found any more.
    const userIds = new Set(personal.flatMap(({ userId }) => userId ?? []));
    await inBatches([...userIds], (batch) => registrations.forgetAll(eventId, batch, signal));
    await inBatches(personal, async (batch) => {
      const erasing = batch.map((record) => registrations.erasing(record, at));
      if ((await registrations.transact(erasing, signal)) === 'done') return;
      // Somebody has erased one of them.
      for (const record of batch) await registrations.erase(record, at, signal);
    });
    from = lastNumber === undefined ? undefined : lastNumber + 1;
  }
}

async function inBatches<T>(items: readonly T[], write: (batch: readonly T[]) => Promise<void>): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / maxWrites) }, (_, index) =>
    items.slice(index * maxWrites, (index + 1) * maxWrites),
  );
  for (let next = 0; next < batches.length; next += concurrency)
    await Promise.all(batches.slice(next, next + concurrency).map(write));
}

function isPersonal(entry: Entry): entry is RegistrationRecord {
  return !isVoid(entry) && entry.erasedAt === undefined;
}
