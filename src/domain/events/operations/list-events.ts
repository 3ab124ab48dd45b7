import type { Call, OperationResult } from '../../../contract/binding.ts';
import { fold } from '../../../lib/fold.ts';
import { pick } from '../../../lib/pick.ts';
import { instantOf, toInstant } from '../../shared/instants.ts';
import { cursors, type Filters } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { filterErrors, filterTimes } from '../filters.ts';
import type { ListRequest } from '../list-query.ts';
import { viewOfCaller } from '../model.ts';
import { wordsOf } from '../search.ts';
import { toListedEvent } from '../view.ts';

/** Lists events: the published ones of everybody or of one organizer, or all of the caller's own. */
export async function listEvents(
  { query, principal, signal }: Call<'listEvents'>,
  { lists, seats, now }: Dependencies,
): Promise<OperationResult<'listEvents'>> {
  const at = instantOf(now());
  const filters = toFilters(query, principal.sub);
  const errors = filterErrors(filters, filters.organizerId === principal.sub);
  if (errors.length > 0) return { problem: 'invalid-filter', errors };

  const start = cursors.startOf(query.cursor, filters, at);
  if ('problem' in start) return start;

  const { asOf } = start;
  const unbounded = filterTimes.every((name) => filters[name] === undefined);
  const page = await lists.page(
    {
      scope: scopeOf(filters.organizerId, principal.sub),
      ...(unbounded ? { endsAfter: asOf } : {}),
      ...pick(filters, [...filterTimes, 'tag', 'words']),
      ...pick(query, ['status']),
      ...pick(start, ['after']),
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

function toFilters(query: Query, caller: string): Filters {
  const { organizerId, status, tag, q, order } = query;
  const instants = filterTimes.flatMap((name) => {
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

function scopeOf(organizerId: string | undefined, caller: string): ListRequest['scope'] {
  if (organizerId === undefined) return { kind: 'everybody' };
  return { kind: organizerId === caller ? 'own' : 'published', organizerId };
}
