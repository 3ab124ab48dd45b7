import { fetchToken } from './identity/tokens.ts';
import type { LocalUser } from './identity/users.ts';

interface Sample {
  readonly owner: Exclude<LocalUser, 'attendee'>;
  /** Days from now, and the hour (UTC) at which it starts. */
  readonly inDays: number;
  readonly atHour: number;
  readonly hours: number;
  readonly published: boolean;
  readonly body: Record<string, unknown> & { readonly name: string };
  /** Who registers, in this order. */
  readonly people?: readonly Person[];
  /** Who of them cancels afterwards. */
  readonly cancels?: readonly Person[];
  /** Whom the organizer registers. */
  readonly walkIns?: readonly { readonly name: string }[];
  /** The answers of everybody to the questions of the event. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** The users who register, by the names with which `make token` gets their tokens, and what they enter. */
const people = {
  attendee: { name: 'Mira Novak', email: 'mira.novak@example.com' },
  attendee2: { name: 'Jonas Weber', email: 'jonas.weber@example.com' },
  attendee3: { name: 'Amara Okafor', email: 'amara.okafor@example.com' },
  attendee4: { name: 'Leo Martin', email: 'leo.martin@example.com' },
  attendee5: { name: 'Yuki Tanaka' },
  attendee6: { name: 'Sofia Rossi', email: 'sofia.rossi@example.com' },
  attendee7: { name: 'Noah Lindqvist', email: 'noah.lindqvist@example.com' },
  attendee8: { name: 'Priya Sharma', email: 'priya.sharma@example.com' },
} as const;

type Person = keyof typeof people;

const berlin = { timeZone: 'Europe/Berlin' };
const harbourStage = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' };

const samples: readonly Sample[] = [
  {
    owner: 'organizer',
    inDays: 14,
    atHour: 18,
    hours: 4,
    published: true,
    body: {
      ...berlin,
      name: 'Riverside Jazz Night',
      organizerName: 'Riverside Music Association',
      description: 'Three bands, one stage, and the river.',
      location: harbourStage,
      capacity: 400,
      visibility: 'public',
      questions: [
        { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['With meat', 'Vegetarian', 'Vegan'] },
        { questionId: 'allergies', kind: 'text', label: 'Do you have any allergies?' },
        { questionId: 'rules', kind: 'checkbox', label: 'I have read the house rules.', required: true },
      ],
      tags: ['music', 'jazz'],
    },
    people: ['attendee', 'attendee2', 'attendee3', 'attendee4'],
    cancels: ['attendee4'],
    answers: { meal: 'Vegetarian', rules: true },
    walkIns: [{ name: 'Ada Fischer' }],
  },
  {
    owner: 'organizer',
    inDays: 30,
    atHour: 13,
    hours: 3,
    published: true,
    body: {
      name: 'Contract-First Workshop',
      description: 'From an OpenAPI document to a running service in one afternoon.',
      timeZone: 'UTC',
      location: { kind: 'online', url: 'https://meet.example.com/contract-first' },
      capacity: 5,
      tags: ['workshop', 'openapi'],
    },
    // All seats are taken, and three people wait: attendee is the second of them.
    people: ['attendee2', 'attendee3', 'attendee4', 'attendee5', 'attendee6', 'attendee7', 'attendee', 'attendee8'],
  },
  {
    owner: 'organizer',
    inDays: 200,
    atHour: 10,
    hours: 34,
    published: false,
    body: { ...berlin, name: 'Summer Festival', description: 'The place is still to be announced.', tags: ['music'] },
  },
  {
    owner: 'rival',
    inDays: 21,
    atHour: 17,
    hours: 2,
    published: true,
    body: {
      name: 'City Cycling Meetup',
      organizerName: 'Hudson Cyclists',
      timeZone: 'America/New_York',
      location: {
        kind: 'hybrid',
        name: 'Old Boathouse',
        address: '3 Park Lane, New York, NY',
        url: 'https://meet.example.com/cycling',
      },
      tags: ['sport', 'meetup'],
    },
    people: ['attendee', 'attendee5'],
  },
];

/** Where the samples go and who brings them. */
export interface SampleTarget {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly now: Date;
}

interface SampleRequest {
  readonly url: string;
  readonly token: string;
  /** `POST` by default. */
  readonly method?: 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function send({ url, token, method = 'POST', headers, body }: SampleRequest): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
}

/** One after the other, so that everyone has the same number at each start. */
async function register(url: string, sample: Sample, issuer: string): Promise<void> {
  const { people: registered = [], cancels = [], answers } = sample;
  for (const person of registered) {
    const token = await fetchToken(issuer, person);
    const response = await send({ url, token, method: 'PUT', body: { ...people[person], answers } });
    if (!response.ok) throw new Error(`The sample registration of ${person} failed with ${response.status}.`);
    if (!cancels.includes(person)) continue;
    const cancelled = await send({ url: `${url}/cancel`, token, body: { reason: 'I cannot come.' } });
    if (!cancelled.ok) throw new Error(`The sample registration of ${person} was not cancelled: ${cancelled.status}.`);
  }
}

/** Registers people without an account. */
async function registerWalkIns(url: string, { walkIns = [], answers }: Sample, token: string): Promise<void> {
  for (const [index, person] of walkIns.entries()) {
    const headers = { 'Idempotency-Key': `sample-walk-in-${index}` };
    const response = await send({ url, token, headers, body: { ...person, answers } });
    if (!response.ok) throw new Error(`The sample registration of ${person.name} failed with ${response.status}.`);
  }
}

async function load({ apiUrl, issuer, now }: SampleTarget, sample: Sample): Promise<void> {
  const token = await fetchToken(issuer, sample.owner);
  const day = new Date(now.getTime() + sample.inDays * 86_400_000).toISOString().slice(0, 10);
  const startsAt = new Date(`${day}T00:00:00Z`);
  startsAt.setUTCHours(sample.atHour);
  const endsAt = new Date(startsAt.getTime() + sample.hours * 3_600_000);
  const { name } = sample.body;
  const created = await send({
    url: `${apiUrl}/events`,
    token,
    headers: { 'Idempotency-Key': `sample-${name.toLowerCase().replaceAll(' ', '-')}` },
    body: { ...sample.body, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  });
  // 409 and 422: an earlier start was cut off after it had made this event.
  if (created.status === 409 || created.status === 422) {
    const { code } = (await created.json()) as { code?: string };
    if (code?.startsWith('idempotency-key-')) return;
  }
  if (created.status !== 201) throw new Error(`The sample event "${name}" failed with ${created.status}.`);
  if (!sample.published) return;
  const { eventId } = (await created.json()) as { eventId: string };
  const published = await send({ url: `${apiUrl}/events/${eventId}/publish`, token });
  if (!published.ok) throw new Error(`The sample event "${name}" was not published: ${published.status}.`);
  await register(`${apiUrl}/events/${eventId}/registration`, sample, issuer);
  await registerWalkIns(`${apiUrl}/events/${eventId}/registrations`, sample, token);
}

/**
 * Creates the sample events and their registrations through the API itself, and returns the number of events.
 *
 * @throws Error if the API rejects one
 */
export async function loadSamples(target: SampleTarget): Promise<number> {
  await Promise.all(samples.map((sample) => load(target, sample)));
  return samples.length;
}
