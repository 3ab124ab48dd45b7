import type { FieldError, FieldErrorCode } from '../../src/contract/generated/types.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';

const wrongYear = 'year-out-of-range';
const notOwn = 'status-needs-own-organizer';

/** Syntactically valid but semantically invalid queries, each with all its errors. */
const invalid: [query: string, ...errors: [parameter: string, code: FieldErrorCode][]][] = [
  ['status=published', ['status', notOwn]],
  [`status=published&organizerId=${testUsers.rival}`, ['status', notOwn]],
  ['startsFrom=1999-12-31T23:59:59Z', ['startsFrom', wrongYear]],
  ['startsBefore=2200-01-01T00:00:00Z', ['startsBefore', wrongYear]],
  ['endsAfter=2200-01-01T00:00:00Z', ['endsAfter', wrongYear]],
  ['endsAfter=1999-12-31T23:59:59Z&q=jazz', ['endsAfter', wrongYear]],
  ['startsFrom=2000-01-01T00:00:00%2B00:01', ['startsFrom', wrongYear]],
  ['startsBefore=9999-12-31T23:59:59-23:59', ['startsBefore', wrongYear]],
  ['startsFrom=0000-01-01T00:00:00%2B23:59', ['startsFrom', wrongYear]],
  [
    'startsFrom=1990-01-01T00:00:00Z&startsBefore=2300-01-01T00:00:00Z',
    ['startsFrom', wrongYear],
    ['startsBefore', wrongYear],
  ],
  ['startsFrom=1990-01-01T00:00:00Z&status=draft', ['status', notOwn], ['startsFrom', wrongYear]],
  ['startsFrom=1990-01-01T00:00:00Z&cursor=junk', ['startsFrom', wrongYear]],
];

describe.each(transports)('listEvents with semantically invalid filters (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each(invalid)('returns 422 for the query %s', async (query, ...errors) => {
    const response = await api.send({ path: `/events?${query}`, as: 'organizer' });
    expectProblem(response, 'invalid-filter', { errors });
    // Also in this order.
    expect(response.body.errors.map(({ parameter, code }: FieldError) => [parameter, code])).toEqual(errors);
  });
});
