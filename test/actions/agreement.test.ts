/**
 * In every state, at every time and for every caller: `allowedActions` names exactly the operations that succeed and change something,
 * and a dry run has the response of the request that follows it, and writes nothing.
 */
import { type OperationId, hasRoleFor } from '../../src/contract/operations.ts';
import { contract } from '../contract/contract.ts';
import { nextYear } from '../support/events.ts';
import { sampled } from '../support/sample.ts';
import {
  createStates,
  type Parts,
  people,
  type Person,
  type Result,
  scanId,
  type State,
  times,
  type World,
} from '../support/states.ts';

const eventActions = [
  'updateEvent',
  'deleteEvent',
  'publishEvent',
  'unpublishEvent',
  'cancelEvent',
  'duplicateEvent',
  'createRegistration',
] as const;
const ownActions = ['registerForEvent', 'deleteMyRegistration', 'cancelMyRegistration'] as const;
const organizerActions = [
  'updateRegistration',
  'deleteRegistration',
  'cancelRegistration',
  'deleteCheckIn',
  'createCheckIns',
] as const;

/** Requests that change something, if they may. */
const bodies: { readonly [Id in OperationId]?: object } = {
  updateEvent: { name: 'Another name' },
  duplicateEvent: nextYear,
  createRegistration: { name: 'Another name' },
  registerForEvent: { name: 'Another name' },
  updateRegistration: { name: 'Another name' },
};

/** How many states there are: a smaller number would try less, unnoticed. */
const stateCount = 216;
const triedAt = Object.entries(times).map(([title, time]) => ({
  title,
  time,
  indexes: sampled(Array.from({ length: stateCount }, (_, index) => index)),
}));
const callers = sampled(Object.entries(people));

/** How often each was tried: states at a time, callers of a state, and requests, without those that the pipeline rejects. */
const tried = { states: 0, callers: 0, requests: 0 };

let states: State[];
beforeAll(async () => {
  states = await createStates();
});
afterAll(() => {
  process.stderr.write(
    `Tried ${tried.requests} requests of ${tried.callers} callers in ${tried.states} states at ${triedAt.length} times.\n`,
  );
});

/** A new scan, or the id of one that exists. */
function partsOf(action: OperationId, { eventId }: World, time: string, number?: number): Parts {
  const path = {
    eventId,
    ...(number === undefined ? {} : { number }),
    ...(action === 'deleteCheckIn' ? { scanId } : {}),
  };
  const scans = [{ scanId: '00000000-0000-4000-8000-000000000002', number, scannedAt: time, admitted: false }];
  const body = action === 'createCheckIns' ? { scans } : bodies[action];
  return { path, ...(body === undefined ? {} : { body }) };
}

/** Whether an item that only a missing counter has left is all that differs. */
function withoutCounters(dump: string): string {
  return JSON.stringify(JSON.parse(dump), (_, value: unknown) =>
    Array.isArray(value) ? value.filter((one) => typeof one !== 'string' || !one.includes('/seats')) : value,
  );
}

function isChanged(before: string, after: string): boolean {
  if (before.includes('/seats')) return before !== after;
  // A request that reads a published event without counters creates them.
  return withoutCounters(before) !== withoutCounters(after);
}

/** What a dry run cannot know, or does not tell. */
function comparable({ status, problem, errors, headers = {}, body }: Result) {
  const { etag: _, code: __, codeDigest: ___, eventId: ____, meetingUrl: _____, ...shown } = body ?? {};
  return {
    status,
    problem,
    errors,
    headers: Object.entries({ ...headers, 'Dry-Run': '', ETag: headers['ETag'] === undefined ? 'none' : 'some' })
      .map(([name, value]) => `${name}: ${value.replace(/[0-9a-f-]{36}/g, 'id')}`)
      .sort(),
    shown,
  };
}

/** Whether an ETag is that of a stored item, which a request can require. */
function isStored(etag: string | undefined, dump: string): boolean {
  const [, revision, nonce] = /^"(\d+)-(\w+)"$/.exec(etag ?? '') ?? [];
  return (JSON.parse(dump) as string[][])
    .flat()
    .map((item) => JSON.parse(item) as Record<string, unknown>)
    .some((item) => String(item['revision']) === revision && item['nonce'] === nonce);
}

/** Sends a request as a dry run, and then in earnest to a copy of the world. Whether it succeeded, and did what it is for. */
async function hasEffect(world: World, action: OperationId, person: Person, time: string, number?: number) {
  if (person.sub === undefined || !hasRoleFor(action, person.roles)) return false;
  tried.requests += 1;
  const parts = partsOf(action, world, time, number);
  const before = world.dump();
  const dry = await world.call(action, person, time, { ...parts, query: { dryRun: true } });
  expect(world.dump()).toBe(before);
  const copy = world.copy();
  const result = await copy.call(action, person, time, parts);
  expect({ action, person, ...comparable(dry) }).toEqual({ action, person, ...comparable(result) });
  if (result.problem !== undefined) return false;
  const { ETag: etag, 'Dry-Run': isDry } = dry.headers ?? {};
  expect(isDry).toBe('true');
  expect(result.headers ?? {}).not.toHaveProperty('Dry-Run');
  if (result.status === 200 && etag !== undefined)
    expect({ action, person, isCurrent: isStored(etag, before) }).toEqual({ action, person, isCurrent: true });
  if (action === 'createCheckIns') return result.body?.outcomes?.[0]?.outcome === 'checked-in';
  return isChanged(before, copy.dump());
}

/** Those of these actions that have an effect. */
async function effective(world: World, actions: readonly OperationId[], person: Person, time: string, number?: number) {
  const results: string[] = [];
  for (const action of actions) if (await hasEffect(world, action, person, time, number)) results.push(action);
  return results;
}

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
/** The actions of an event, in the order of the contract. */
const inOrder = contract.components.schemas['EventAction']?.enum as readonly string[];
const sorted = (actions: readonly string[] = []) => [...actions].sort();
const without = (actions: readonly string[] = [], action: string) => actions.filter((one) => one !== action);

describe.each(triedAt)('$title', ({ time, indexes }) => {
  const statesThen = () => indexes.map((index) => states[index] as State);

  it.each(callers)('what is allowed is what has an effect, for %s', async (name, person: Person) => {
    for (const { title, world } of statesThen()) {
      tried.callers += 1;
      const event = await world.call('getEvent', person, time);
      // The list also has a registration for an event that the person cannot see any more.
      const [registration] =
        person.sub === undefined ? [] : ((await world.call('listMyRegistrations', person, time)).body?.items ?? []);
      const expected = { name, title };
      // Nothing is allowed with an event that the person cannot see.
      const others = { ...expected, actions: sorted(await effective(world, eventActions, person, time)) };
      expect({ ...expected, actions: sorted(without(event.body?.allowedActions, 'registerForEvent')) }).toEqual(others);
      const own = await effective(world, ownActions, person, time);
      const allowed =
        registration?.allowedActions ?? event.body?.allowedActions?.filter((one) => one === 'registerForEvent');
      expect({ ...expected, own: sorted(allowed) }).toEqual({ ...expected, own: sorted(own) });
    }
  });

  it('what the organizer is allowed to do with registrations is what has an effect', async () => {
    const { organizer } = people;
    for (const { title, world } of statesThen()) {
      tried.states += 1;
      for (const number of numbers) {
        const path = { eventId: world.eventId, number };
        const found = await world.call('getRegistration', organizer, time, { path });
        if (found.problem !== undefined) break;
        const effects = await effective(world, organizerActions, organizer, time, number);
        const expected = { title, number };
        expect({ ...expected, actions: sorted(found.body?.allowedActions) }).toEqual({
          ...expected,
          actions: sorted(effects),
        });
      }
    }
  });

  it('lists, and responses to writes, have the same actions as a read', async () => {
    const { organizer, anna } = people;
    for (const { title, world } of statesThen()) {
      const actionsOf = async (read: OperationId, person: Person, parts: Parts = {}, of: World = world) =>
        (await of.call(read, person, time, { ...parts, path: { eventId: world.eventId, ...parts.path } })).body
          ?.allowedActions;
      const listOf = async (list: OperationId, person: Person, query = {}) =>
        (await world.call(list, person, time, { query })).body?.items?.map((item) => item.allowedActions) ?? [];

      const mine = { organizerId: 'me', startsFrom: '2000-01-01T00:00:00Z' };
      expect({ title, lists: await listOf('listEvents', organizer, mine) }).toEqual({
        title,
        lists: [await actionsOf('getEvent', organizer)],
      });
      const actions = await actionsOf('getEvent', organizer);
      expect({ title, actions }).toEqual({ title, actions: inOrder.filter((one) => actions?.includes(one)) });
      const own = await actionsOf('getMyRegistration', anna);
      if (own !== undefined)
        expect({ title, lists: await listOf('listMyRegistrations', anna) }).toEqual({ title, lists: [own] });
      const listed = await listOf('listRegistrations', organizer);
      for (const [index, actions] of listed.entries())
        expect({ title, actions }).toEqual({
          title,
          actions: await actionsOf('getRegistration', organizer, { path: { number: index + 1 } }),
        });

      const copy = world.copy();
      for (const action of ['updateEvent', 'registerForEvent', 'cancelMyRegistration', 'cancelEvent'] as const) {
        const isEvent = action.endsWith('Event') && action !== 'registerForEvent';
        const person = isEvent ? organizer : anna;
        const written = await copy.call(action, person, time, partsOf(action, copy, time));
        if (written.problem !== undefined) continue;
        const read = await actionsOf(isEvent ? 'getEvent' : 'getMyRegistration', person, {}, copy);
        expect({ title, action, actions: written.body?.allowedActions }).toEqual({ title, action, actions: read });
      }
    }
  });
});

test('an earlier registration of a person has no actions: the operations of the person are about the latest', async () => {
  const { world } = states.find(({ title }) => title.startsWith('an event that Anna comes back to')) ?? {};
  const parts = { body: { number: 1 } };
  const earlier = await world?.copy().call('cancelMyRegistration', people.anna, times['while registration is open'], {
    path: { eventId: world.eventId },
    ...parts,
  });
  expect(earlier?.body).toMatchObject({ number: 1, status: 'cancelled', allowedActions: [] });
});

test('every state was tried', () => {
  const count = triedAt.reduce((sum, { indexes }) => sum + indexes.length, 0);
  expect(states.length).toBe(stateCount);
  expect(tried).toEqual({ states: count, callers: callers.length * count, requests: expect.any(Number) as number });
  expect(tried.requests).toBeGreaterThan((30 * count * callers.length) / Object.keys(people).length);
});
