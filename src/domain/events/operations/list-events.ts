import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { FieldError } from '../../../contract/generated/types.ts';
import { pick } from '../../../lib/pick.ts';
import { instantOf, isInRange, toInstant } from '../../shared/instants.ts';
import { cursors, type Filters } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import type { ListRequest } from '../list-query.ts';
import { toListedEvent } from '../model.ts';
import { yearOutOfRange } from '../rules.ts';

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
  const unbounded = filters.startsFrom === undefined && filters.startsBefore === undefined;
  const page = await lists.page(
    {
      scope: scopeOf(filters.organizerId, principal.sub),
      ...(unbounded ? { startsFrom: asOf } : {}),
      ...pick(filters, ['startsFrom', 'startsBefore', 'tag']),
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
  const view = { caller: principal.sub, at };
  const items = page.items.map((event, index) => toListedEvent(event, counters[index], view));
  if (page.position === undefined) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: cursors.encode({ asOf, after: page.position }, filters) } };
}

type Query = Call<'listEvents'>['query'];

function toFilters({ organizerId, status, startsFrom, startsBefore, tag, order }: Query, caller: string): Filters {
  return {
    ...(organizerId === undefined ? {} : { organizerId: organizerId === 'me' ? caller : organizerId }),
    ...(status === undefined ? {} : { status: [...status].sort() }),
    ...(startsFrom === undefined ? {} : { startsFrom: toInstant(startsFrom) }),
    ...(startsBefore === undefined ? {} : { startsBefore: toInstant(startsBefore) }),
    ...(tag === undefined ? {} : { tag }),
    order,
  };
}

function filterErrors(filters: Filters, caller: string): FieldError[] {
  const years = (['startsFrom', 'startsBefore'] as const)
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
