/** Events and registrations in every state that the rules distinguish, in memory, where each state can be copied and tried. */
import { createHandlers } from '../../src/application.ts';
import type { Event, Registration } from '../../src/contract/generated/types.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { concert } from './events.ts';
import { createMemoryDatabase, type MemoryDatabase } from './memory-database.ts';

/** What an operation returns, with a body that every test may look into. */
export interface Result {
  readonly status?: number;
  readonly problem?: string;
  readonly errors?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Partial<Omit<Event & Registration, 'allowedActions'>> & {
    readonly allowedActions?: readonly string[];
    readonly items?: readonly (Event | Registration)[];
    readonly outcomes?: readonly { readonly outcome: string }[];
  };
}

export interface Person {
  /** The `sub`; undefined for a caller without a token. */
  readonly sub: string | undefined;
  readonly roles: readonly string[];
}

/** Everybody who may look: each is another relation to the event. */
export const people = {
  organizer: { sub: 'organizer', roles: ['organizer'] },
  'organizer without the role': { sub: 'organizer', roles: [] },
  'another organizer': { sub: 'rival', roles: ['organizer'] },
  anna: { sub: 'anna', roles: [] },
  ben: { sub: 'ben', roles: [] },
  'somebody else': { sub: 'somebody', roles: [] },
  'somebody without a token': { sub: undefined, roles: [] },
} as const satisfies Readonly<Record<string, Person>>;

export type Parts = Partial<Record<'body' | 'query' | 'path' | 'headers', object>>;

/** One event with its people, in memory. */
export interface World {
  readonly eventId: string;
  readonly database: MemoryDatabase;
  /** Calls an operation at a time. */
  call(operationId: OperationId, person: Person, time: string, parts?: Parts): Promise<Result>;
  /** A world in the same state, which changes on its own. */
  copy(): World;
  /** All items, as text. */
  dump(): string;
}

const tableNames = forEachTable((name) => name);
const listLimits: Partial<Record<OperationId, object>> = {
  listEvents: { order: 'asc', limit: 100 },
  listRegistrations: { order: 'asc', limit: 100 },
  listMyRegistrations: { limit: 25 },
};
let requests = 0;

function createWorld(eventId: string, items: Readonly<Record<string, readonly Record<string, unknown>[]>>): World {
  const database = createMemoryDatabase(tableNames);
  let time = '';
  const handlers = createHandlers({ database, tableNames, now: () => new Date(time) });
  const loading = Object.entries(items).flatMap(([TableName, rows]) =>
    rows.map((Item) => database.put({ TableName, Item })),
  );
  return {
    eventId,
    database,
    async call(operationId, { sub, roles }, at, parts = {}) {
      await Promise.all(loading);
      time = at;
      requests += 1;
      const call = {
        path: { eventId },
        headers: {},
        body: undefined,
        mediaType: undefined,
        principal: sub === undefined ? undefined : { sub, groups: [], roles },
        requestId: `request-${requests}`,
        signal: new AbortController().signal,
        ...parts,
        query: { ...listLimits[operationId], ...parts.query },
      };
      const handle = handlers[operationId] as unknown as (input: object) => Promise<Result>;
      return handle(call);
    },
    copy: () =>
      createWorld(eventId, Object.fromEntries(Object.values(tableNames).map((name) => [name, database.rows(name)]))),
    dump: () =>
      JSON.stringify(
        Object.values(tableNames).map((name) =>
          database
            .rows(name)
            .map((item) => JSON.stringify(item, (_, value: unknown) => (value instanceof Set ? [...value] : value)))
            .sort(),
        ),
      ),
  };
}

/** The event opens for registration on 10 June and closes on 20 June, if it has a period; it takes place on the evening of 21 June. */
export const times = {
  'before registration opens': '2030-06-01T12:00:00Z',
  'while registration is open': '2030-06-15T12:00:00Z',
  'after registration closes': '2030-06-21T12:00:00Z',
  'during the event': '2030-06-21T20:00:00Z',
  'after the event': '2030-06-22T12:00:00Z',
} as const;

const period = { registrationOpensAt: '2030-06-10T12:00:00Z', registrationClosesAt: '2030-06-20T12:00:00Z' };
const open = times['while registration is open'];

/** The contents that the rules distinguish. Events are public, unless they say otherwise. */
const contents = [
  ...[{}, { capacity: 1 }, { capacity: 1, waitlist: false }].flatMap((seats) =>
    [{}, period].map((its) => ({ ...seats, ...its })),
  ),
  { visibility: 'signed-in' },
  { visibility: 'unlisted', capacity: 1 },
];

/** What has happened to an event, from its creation. */
type History = (world: World) => Promise<unknown>;

const by =
  (person: Person, operationId: OperationId, parts: Parts = {}, time: string = open): History =>
  (world) =>
    world.call(operationId, person, time, { ...parts, path: { eventId: world.eventId, ...parts.path } });

const { organizer, anna, ben } = people;
const named = (name: string): Parts => ({ body: { name } });
const first = { path: { number: 1 } };
export const scanId = '00000000-0000-4000-8000-000000000001';

const publish = by(organizer, 'publishEvent');
const annaJoins = by(anna, 'registerForEvent', named('Anna'));
const benJoins = by(ben, 'registerForEvent', named('Ben'));
const annaLeaves = by(anna, 'cancelMyRegistration');
const annaComes = by(organizer, 'createCheckIns', {
  body: { scans: [{ scanId, number: 1, scannedAt: open, admitted: false }] },
});
const walkIn = by(organizer, 'createRegistration', named('Chris'));
const afterTheEvent = times['after the event'];

/** As events were stored before they had counters. */
const withoutCounters: History = ({ database, eventId }) =>
  database.transact([{ delete: { TableName: 'registrations', Key: { scope: `${eventId}/seats`, number: 0 } } }]);

const histories: Readonly<Record<string, readonly History[]>> = {
  'a draft': [],
  'a published event': [publish],
  'a published event without counters': [publish, withoutCounters],
  'an unpublished event': [publish, by(organizer, 'unpublishEvent')],
  'a cancelled event': [publish, by(organizer, 'cancelEvent')],
  'an event with Anna': [publish, annaJoins],
  'an event with Anna and Ben': [publish, annaJoins, benJoins],
  'an event that Anna has left': [publish, annaJoins, annaLeaves],
  'an event that Anna has left to Ben': [publish, annaJoins, benJoins, annaLeaves],
  'an event that Ben has left': [publish, annaJoins, benJoins, by(ben, 'cancelMyRegistration')],
  'an unpublished event that Anna has left': [publish, annaJoins, annaLeaves, by(organizer, 'unpublishEvent')],
  'an event that Anna has left twenty times': [
    publish,
    ...Array.from({ length: 20 }, () => [annaJoins, annaLeaves]).flat(),
  ],
  'an event that Anna comes back to': [publish, annaJoins, annaLeaves, annaJoins],
  'an event whose organizer has cancelled Anna': [publish, annaJoins, by(organizer, 'cancelRegistration', first)],
  'an event whose organizer has deleted Anna': [publish, annaJoins, by(organizer, 'deleteRegistration', first)],
  'an event that Anna has deleted herself from': [publish, annaJoins, by(anna, 'deleteMyRegistration')],
  'an event that Anna was at, and has deleted herself from': [
    publish,
    annaJoins,
    by(anna, 'deleteMyRegistration', {}, afterTheEvent),
  ],
  'an event that Anna is at': [publish, annaJoins, annaComes],
  'an event that Anna is not at after all': [
    publish,
    annaJoins,
    annaComes,
    by(organizer, 'deleteCheckIn', { path: { number: 1, scanId } }),
  ],
  'an event that Anna was let in to, and has deleted herself from': [
    publish,
    annaJoins,
    annaComes,
    by(anna, 'deleteMyRegistration', {}, afterTheEvent),
  ],
  'a cancelled event with Anna': [publish, annaJoins, by(organizer, 'cancelEvent')],
  'a cancelled event that Anna is at': [publish, annaJoins, annaComes, by(organizer, 'cancelEvent')],
  'an event with a walk-in': [publish, walkIn],
  'an event with a walk-in who is cancelled': [publish, walkIn, by(organizer, 'cancelRegistration', first)],
  'an event with a walk-in who is deleted': [publish, walkIn, by(organizer, 'deleteRegistration', first)],
  'an event with Anna whose waitlist is closed': [
    publish,
    annaJoins,
    benJoins,
    by(organizer, 'updateEvent', { body: { waitlist: false } }),
  ],
};

export interface State {
  readonly title: string;
  readonly world: World;
}

/** All states: each history of each content, and the drafts that cannot be published. */
export async function createStates(): Promise<State[]> {
  const states: State[] = [];
  for (const [title, history] of Object.entries(histories))
    for (const content of contents) states.push(await createState(title, content, history));
  for (const content of contents)
    states.push(await createState('a draft without a location', { ...content, location: undefined }, []));
  return states;
}

async function createState(title: string, content: object, history: readonly History[]): Promise<State> {
  const empty = createWorld('', {});
  const { capacity: _, ...place } = concert;
  const body = { ...place, visibility: 'public', ...content };
  const created = await empty.call('createEvent', organizer, times['before registration opens'], { body });
  const { eventId = '' } = created.body ?? {};
  const items = Object.fromEntries(Object.values(tableNames).map((name) => [name, empty.database.rows(name)]));
  const world = createWorld(eventId, items);
  for (const step of history) await step(world);
  return { title: `${title}, ${JSON.stringify(content)}`, world };
}
