/** Many writers at once, who remember what they were told. */
import type { Event } from '../../src/contract/generated/types.ts';

/** An event as its writer knows it. */
export interface Witness {
  readonly key: string;
  readonly create: object;
  /** What the last answer with 2xx said; absent where there was none. */
  told?: Event;
  /** The name that a change without an answer would have given; it may have been written or not. */
  pendingName?: string;
}

/** Answers other than 2xx, each of which ends its writer: the status and the problem code, or `no answer`. */
export type Ending = string;

export interface Hammering {
  readonly witnesses: readonly Witness[];
  /** Resolves when many events have been made, or no writer writes any more. */
  readonly underWay: Promise<void>;
  /** Resolves with how each writer ended. */
  readonly endings: Promise<Ending[]>;
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

/** Creates an event as a witness knows it; the same twice is one event. */
export function create({ url, token }: Target, { key, create: members }: Witness): Promise<Response> {
  return fetch(`${url}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(members),
  });
}

/** Starts writers, each of which makes event after event and renames each twice, until something goes wrong or `stop` is called. */
export function hammer(target: Target, prefix: string, writers = 8): Hammering {
  const witnesses: Witness[] = [];
  let stopped = false;

  async function write(writer: number): Promise<Ending> {
    for (let turn = 0; !stopped; turn += 1) {
      const key = `${prefix}-${writer}-${turn}`;
      const witness: Witness = { key, create: body(`Event ${key}`) };
      witnesses.push(witness);
      const ending = await makeAndRename(witness);
      if (ending !== undefined) return ending;
    }
    return 'stopped';
  }

  async function makeAndRename(witness: Witness): Promise<Ending | undefined> {
    const refused = await note(witness, create(target, witness));
    if (refused !== undefined) return refused;
    for (const time of ['first', 'second']) {
      const name = `Event ${witness.key}, ${time} name`;
      witness.pendingName = name;
      const { eventId, etag } = witness.told as Event;
      const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/json', 'if-match': etag };
      const ending = await note(
        witness,
        fetch(`${target.url}/events/${eventId}`, { method: 'PATCH', headers, body: JSON.stringify({ name }) }),
      );
      if (ending !== undefined) return ending;
      delete witness.pendingName;
    }
    return undefined;
  }

  const endings = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const many = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (witnesses.length < 4 * writers) return;
      clearInterval(timer);
      resolve();
    }, 5);
    void endings.then(() => clearInterval(timer));
  });
  const underWay = Promise.race([many, endings.then(() => {})]);
  return { witnesses, underWay, endings, stop: () => void (stopped = true) };
}

/** Remembers an answer with 2xx; returns what any other was. */
async function note(witness: Witness, sent: Promise<Response>): Promise<Ending | undefined> {
  try {
    const response = await sent;
    const answer = (await response.json()) as Event & { code?: string };
    if (!response.ok) return `${response.status} ${answer.code}`;
    witness.told = answer;
    return undefined;
  } catch {
    return 'no answer';
  }
}
