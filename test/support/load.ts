/** Concurrent writers that record the responses they got. */
import type { Event } from '../../src/contract/generated/types.ts';

/** An event as its writer knows it from responses. */
export interface KnownEvent {
  readonly key: string;
  readonly create: object;
  /** The event in the last 2xx response; absent if there was none. */
  confirmed?: Event;
  /** The name in an update without a response, which may have been written. */
  pendingName?: string;
}

/** Why a writer ended: `stopped`, the status and code of a problem, or `no response`. */
export type Outcome = string;

export interface Load {
  readonly knownEvents: readonly KnownEvent[];
  /** Resolves when many events have been created, or all writers have ended. */
  readonly underWay: Promise<void>;
  /** Resolves with the outcome of each writer. */
  readonly outcomes: Promise<Outcome[]>;
  stop(): void;
}

interface Target {
  readonly url: string;
  readonly token: string;
}

const body = (name: string) => ({
  name,
  startsAt: '2030-07-13T10:00:00Z',
  endsAt: '2030-07-14T20:00:00Z',
  timeZone: 'UTC',
  tags: ['storm'],
});

/** Creates a known event; a retry does not create a second one. */
export function create({ url, token }: Target, { key, create: members }: KnownEvent): Promise<Response> {
  return fetch(`${url}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(members),
  });
}

/** Starts writers, each of which creates events and renames each twice, until a request fails or `stop` is called. */
export function startLoad(target: Target, prefix: string, writers = 8): Load {
  const knownEvents: KnownEvent[] = [];
  let stopped = false;

  async function write(writer: number): Promise<Outcome> {
    for (let turn = 0; !stopped; turn += 1) {
      const key = `${prefix}-${writer}-${turn}`;
      const known: KnownEvent = { key, create: body(`Event ${key}`) };
      knownEvents.push(known);
      const outcome = await createAndRename(known);
      if (outcome !== undefined) return outcome;
    }
    return 'stopped';
  }

  async function createAndRename(known: KnownEvent): Promise<Outcome | undefined> {
    const failed = await record(known, create(target, known));
    if (failed !== undefined) return failed;
    for (const time of ['first', 'second']) {
      const name = `Event ${known.key}, ${time} name`;
      known.pendingName = name;
      const { eventId, etag } = known.confirmed as Event;
      const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/json', 'if-match': etag };
      const outcome = await record(
        known,
        fetch(`${target.url}/events/${eventId}`, { method: 'PATCH', headers, body: JSON.stringify({ name }) }),
      );
      if (outcome !== undefined) return outcome;
      delete known.pendingName;
    }
    return undefined;
  }

  const outcomes = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const many = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (knownEvents.length < 4 * writers) return;
      clearInterval(timer);
      resolve();
    }, 5);
    void outcomes.then(() => clearInterval(timer));
  });
  const underWay = Promise.race([many, outcomes.then(() => {})]);
  return { knownEvents, underWay, outcomes, stop: () => void (stopped = true) };
}

/** Records a 2xx response; returns the outcome of any other. */
async function record(known: KnownEvent, sent: Promise<Response>): Promise<Outcome | undefined> {
  try {
    const response = await sent;
    const body = (await response.json()) as Event & { code?: string };
    if (!response.ok) return `${response.status} ${body.code}`;
    known.confirmed = body;
    return undefined;
  } catch {
    return 'no response';
  }
}
