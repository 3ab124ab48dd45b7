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
}

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
      description: 'Three bands, one stage, and the river.',
      location: harbourStage,
      capacity: 400,
      tags: ['music', 'jazz'],
    },
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
      capacity: 30,
      tags: ['workshop', 'openapi'],
    },
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
      timeZone: 'America/New_York',
      location: {
        kind: 'hybrid',
        name: 'Old Boathouse',
        address: '3 Park Lane, New York, NY',
        url: 'https://meet.example.com/cycling',
      },
      tags: ['sport', 'meetup'],
    },
  },
];

/** Where the samples go and who brings them. */
export interface SampleTarget {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly now: Date;
}

async function post(url: string, token: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
}

async function load({ apiUrl, issuer, now }: SampleTarget, sample: Sample): Promise<void> {
  const token = await fetchToken(issuer, sample.owner);
  const day = new Date(now.getTime() + sample.inDays * 86_400_000).toISOString().slice(0, 10);
  const startsAt = new Date(`${day}T00:00:00Z`);
  startsAt.setUTCHours(sample.atHour);
  const endsAt = new Date(startsAt.getTime() + sample.hours * 3_600_000);
  const { name } = sample.body;
  const created = await post(
    `${apiUrl}/events`,
    token,
    { 'Idempotency-Key': `sample-${name.toLowerCase().replaceAll(' ', '-')}` },
    { ...sample.body, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  );
  // 409 and 422: an earlier start was cut off after it had made this event.
  if (created.status === 409 || created.status === 422) {
    const { code } = (await created.json()) as { code?: string };
    if (code?.startsWith('idempotency-key-')) return;
  }
  if (created.status !== 201) throw new Error(`The sample event "${name}" was refused with ${created.status}.`);
  if (!sample.published) return;
  const { eventId } = (await created.json()) as { eventId: string };
  const published = await post(`${apiUrl}/events/${eventId}/publish`, token, {});
  if (!published.ok) throw new Error(`The sample event "${name}" was not published: ${published.status}.`);
}

/**
 * Creates the sample events through the API itself and returns how many there are.
 *
 * @throws Error when the API refuses one
 */
export async function loadSamples(target: SampleTarget): Promise<number> {
  await Promise.all(samples.map((sample) => load(target, sample)));
  return samples.length;
}
