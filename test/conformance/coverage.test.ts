import { operations } from '../contract/contract.ts';
import { coverageOf } from './coverage.ts';
import { storedContract } from './contract-file.ts';

const contract = storedContract();

function rowsOf(recorded: Record<string, { socket: number; lambda: number }> = {}) {
  return [...coverageOf(contract, new Map(Object.entries(recorded))).values()].flat();
}

describe('The coverage of the contract', () => {
  const items = rowsOf().map(({ item }) => item);

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
    'getEvent with a token',
    'getEvent without a token',
    'HEAD getEvent',
    'OPTIONS /events/{eventId}/cancel',
    'unsupported method /health',
    'no operation headers-too-large',
  ])('includes %s', (item) => {
    expect(items).toContain(item);
  });

  it('includes each item once', () => {
    expect(new Set(items).size).toBe(items.length);
  });

  it('excludes the responses of the gateway, and only those', () => {
    expect(
      items.filter((item) =>
        /^\w+ 429|^listEvents 403|^getHealth 503|too-many-requests|[45]\d\d application\/json/.test(item),
      ),
    ).toEqual([]);
    const gateway = /^\w+ (401|403|413|429|500|503)$/;
    expect(items.filter((item) => gateway.test(item))).toEqual([]);
    expect(items.filter((item) => item.includes(' 500 '))).toHaveLength(operations.length);
  });

  it('contains the number of uses over each transport', () => {
    const rows = rowsOf({ 'HEAD getEvent': { socket: 2, lambda: 1 }, 'deleteEvent 299': { socket: 1, lambda: 1 } });
    expect(rows.filter(({ socket, lambda }) => socket + lambda > 0)).toEqual([
      { item: 'HEAD getEvent', socket: 2, lambda: 1 },
    ]);
  });
});
