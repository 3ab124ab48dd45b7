import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { FieldError } from '../../../contract/generated/types.ts';
import { fold } from '../../../lib/fold.ts';
import { pick } from '../../../lib/pick.ts';
import { instantOf, isInRange, toInstant } from '../../shared/instants.ts';
import { cursors, type Filters } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ListRequest } from '../list-query.ts';
import { viewOfCaller } from '../model.ts';
import { yearOutOfRange } from '../rules.ts';
import { wordsOf } from '../search.ts';
import { toListedEvent } from '../view.ts';

/** Lists events: the published ones of everybody or of one organizer, or all of the caller's own. */
export async function listEvents(
  { query, principal, signal }: Call<'listEvents'>,
  { lists, seats, now }: Dependencies,
): Promise<OperationResult<'listEvents'>> {
  const at = instantOf(now());
  const filters = toFilters(query, principal.sub);
  const errors = filterErrors(filters, principal.sub);
  if (errors.length > 0) return { problem: 'invalid-filter', errors };

  const position = query.cursor === undefined ? undefined : cursors.decode(query.cursor, filters);
  if (query.cursor !== undefined && position === undefined) return { problem: 'invalid-cursor' };

  const asOf = position?.asOf ?? at;
  const unbounded = times.every((name) => filters[name] === undefined);
  const page = await lists.page(
    {
      scope: scopeOf(filters.organizerId, principal.sub),
      ...(unbounded ? { endsAfter: asOf } : {}),
      ...pick(filters, [...times, 'tag', 'words']),
      ...pick(query, ['status']),
      ...(position ? { after: position.after } : {}),
      order: filters.order,
      limit: query.limit,
    },
    signal,
  );
  // A draft has no counts, and most lists of its organizer are short.
  const counters = await seats.getMany(
    page.items.map(({ eventId }) => eventId),
    { signal },
  );
  const view = viewOfCaller(principal, at);
  const items = page.items.map((event, index) => toListedEvent(event, counters[index], view));
  if (page.position === undefined) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: cursors.encode({ asOf, after: page.position }, filters) } };
}

type Query = Call<'listEvents'>['query'];

/** The filters that are times. Without any of them, the list has what has not ended. */
const times = ['startsFrom', 'startsBefore', 'endsAfter'] as const;

function toFilters(query: Query, caller: string): Filters {
  const { organizerId, status, tag, q, order } = query;
  const instants = times.flatMap((name) => {
    const time = query[name];
    return time === undefined ? [] : [[name, toInstant(time)] as const];
  });
  return {
    ...(organizerId === undefined ? {} : { organizerId: organizerId === 'me' ? caller : organizerId }),
    ...(status === undefined ? {} : { status: [...status].sort() }),
    ...Object.fromEntries(instants),
    ...(tag === undefined ? {} : { tag: fold(tag) }),
    ...(q === undefined ? {} : { words: wordsOf(q) }),
    order,
  };
}

function filterErrors(filters: Filters, caller: string): FieldError[] {
  const years = times
    .filter((name) => filters[name] !== undefined && !isInRange(filters[name]))
    .map((name): FieldError => ({ parameter: name, ...yearOutOfRange }));
  if (filters.status === undefined || filters.organizerId === caller) return years;
  const detail = 'Filter by status only together with your own organizerId.';
  return [{ parameter: 'status', code: 'status-needs-own-organizer', detail }, ...years];
}

function scopeOf(organizerId: string | undefined, caller: string): ListRequest['scope'] {
  if (organizerId === undefined) return { kind: 'everybody' };
  return { kind: organizerId === caller ? 'own' : 'published', organizerId };
}
