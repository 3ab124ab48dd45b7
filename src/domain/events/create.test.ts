import { samplesOf, varyingBits } from '../../../test/support/random-bits.ts';
import { create } from './create.ts';
import type { Dependencies } from './dependencies.ts';
import type { EventContent, EventRecord } from './model.ts';

it('a new event without an idempotency key has an id of 122 random bits, and a nonce of 48', async () => {
  const stored: EventRecord[] = [];
  const events = {
    create(event: EventRecord) {
      stored.push(event);
      return Promise.resolve({ kind: 'created', event } as const);
    },
  } as unknown as Dependencies['events'];
  const content: EventContent = { name: 'Jazz', startsAt: '', endsAt: '', timeZone: 'UTC' };
  const principal = { sub: 'organizer', groups: [], roles: [] };
  const call = { headers: {}, principal, requestId: 'request', signal: new AbortController().signal };
  await Promise.all(samplesOf(() => create(call, { events, now: () => new Date() } as Dependencies, content, {})));
  expect(varyingBits(stored.map(({ eventId }) => Buffer.from(eventId.replaceAll('-', ''), 'hex')))).toBe(122);
  expect(varyingBits(stored.map(({ nonce }) => Buffer.from(nonce, 'hex')))).toBe(48);
});
