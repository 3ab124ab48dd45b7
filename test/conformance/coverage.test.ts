import { operations } from '../contract/contract.ts';
import { coverageOf } from './coverage.ts';
import { storedContract } from './contract-file.ts';

const contract = storedContract();

function rowsOf(seen: Record<string, { socket: number; lambda: number }> = {}) {
  return [...coverageOf(contract, new Map(Object.entries(seen))).values()].flat();
}

describe('the coverage of the contract', () => {
  const entries = rowsOf().map(({ entry }) => entry);

  it.each([
    'listEvents 200 application/json',
    'updateEvent 409 application/problem+json capacity-below-registrations',
    'deleteEvent 204',
    'createEvent 201 with Idempotency-Replayed',
    'createEvent 201 without Idempotency-Replayed',
    'updateEvent 503 with Retry-After',
    'updateEvent 503 without Retry-After',
    'listEvents parameter startsBefore',
    'updateEvent parameter eventId',
    'ListOrder desc',
    'EventCreate.capacity',
    'EventUpdate.location null',
    'HybridLocation.kind hybrid',
    'EventPage.nextCursor',
    'EventPhase ended',
    'FieldErrorCode duplicate-parameter',
    'HEAD getEvent',
    'OPTIONS /events/{eventId}/cancel',
    'another method /health',
    'no operation headers-too-large',
  ])('asks for %s', (entry) => {
    expect(entries).toContain(entry);
  });

  it('asks for nothing twice', () => {
    expect(new Set(entries).size).toBe(entries.length);
  });

  it('asks for no answer of the gateway, and leaves nothing else out', () => {
    expect(
      entries.filter((entry) =>
        /^\w+ 429|^listEvents 403|^getHealth 503|too-many-requests|[45]\d\d application\/json/.test(entry),
      ),
    ).toEqual([]);
    const gateway = /^\w+ (401|403|413|429|500|503)$/;
    expect(entries.filter((entry) => gateway.test(entry))).toEqual([]);
    expect(entries.filter((entry) => entry.includes(' 500 '))).toHaveLength(operations.length);
  });

  it('counts what was seen, over each transport', () => {
    const seen = rowsOf({ 'HEAD getEvent': { socket: 2, lambda: 1 }, 'deleteEvent 299': { socket: 1, lambda: 1 } });
    expect(seen.filter(({ socket, lambda }) => socket + lambda > 0)).toEqual([
      { entry: 'HEAD getEvent', socket: 2, lambda: 1 },
    ]);
  });
});
