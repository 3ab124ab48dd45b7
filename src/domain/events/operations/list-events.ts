import type { Answer, Call } from '../../../contract/binding.ts';
import type { FieldError } from '../../../contract/generated/types.ts';
import { pick } from '../../../lib/pick.ts';
import { decodeCursor, encodeCursor, type Filters } from '../../shared/cursor.ts';
import { toEvent } from '../model.ts';
import { instantOf, isInRange, toInstant } from '../../shared/instants.ts';
import type { ListRequest } from '../list.ts';
import { yearOutOfRange } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Lists events: everybody's published ones, one's own in every status, or another's published ones. */
export async function listEvents(
  { query, principal, signal }: Call<'listEvents'>,
  { lists, now }: Dependencies,
): Promise<Answer<'listEvents'>> {
  const at = instantOf(now());
  const filters = normalise(query, principal.sub);
  const errors = impossibleFilters(filters, principal.sub);
  if (errors.length > 0) return { problem: 'invalid-filter', errors };

  const position = query.cursor === undefined ? undefined : decodeCursor(query.cursor, filters);
  if (query.cursor !== undefined && position === undefined) return { problem: 'invalid-cursor' };

  const begunAt = position?.begunAt ?? at;
  const unbounded = filters.startsFrom === undefined && filters.startsBefore === undefined;
  const page = await lists.page(
    {
      scope: scopeOf(filters.organizerId, principal.sub),
      ...(unbounded ? { startsFrom: begunAt } : {}),
      ...pick(filters, ['startsFrom', 'startsBefore', 'tag']),
      ...pick(query, ['status']),
      ...(position ? { behind: position.startsAtId } : {}),
      order: filters.order,
      limit: query.limit,
    },
    signal,
  );
  const items = page.items.map((event) => toEvent(event, at));
  if (page.position === undefined) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: encodeCursor({ begunAt, startsAtId: page.position }, filters) } };
}

type Query = Call<'listEvents'>['query'];

function normalise({ organizerId, status, startsFrom, startsBefore, tag, order }: Query, caller: string): Filters {
  return {
    ...(organizerId === undefined ? {} : { organizerId: organizerId === 'me' ? caller : organizerId }),
    ...(status === undefined ? {} : { status: [...status].sort() }),
    ...(startsFrom === undefined ? {} : { startsFrom: toInstant(startsFrom) }),
    ...(startsBefore === undefined ? {} : { startsBefore: toInstant(startsBefore) }),
    ...(tag === undefined ? {} : { tag }),
    order,
  };
}

function impossibleFilters(filters: Filters, caller: string): FieldError[] {
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
