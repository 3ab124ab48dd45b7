import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { testUsers } from '../support/issuer.ts';

/** What is refused as it is no valid query: the query and the code of the one fault, whose parameter comes first in the query. */
const invalid: [query: string, code: string][] = [
  ['limit=0', 'too-small'],
  ['limit=-1', 'too-small'],
  ['limit=101', 'too-large'],
  ['limit=1.5', 'wrong-type'],
  ['limit=1e1', 'wrong-type'],
  ['limit=0x10', 'wrong-type'],
  ['limit=all', 'wrong-type'],
  ['limit=', 'wrong-type'],
  ['limit=1&limit=2', 'repeated'],
  ['order=asc&order=asc', 'repeated'],
  ['order=ASC', 'not-allowed'],
  ['organizerId=me&organizerId=me', 'repeated'],
  ['organizerId=', 'too-short'],
  ['organizerId=a%20b', 'bad-format'],
  [`organizerId=${'x'.repeat(129)}`, 'too-long'],
  ['status=Draft&organizerId=me', 'not-allowed'],
  ['status=draft,published&organizerId=me', 'not-allowed'],
  ['status=draft&status=draft&organizerId=me', 'duplicate'],
  ['tag=', 'too-short'],
  [`tag=${'x'.repeat(51)}`, 'too-long'],
  ['tag=music&tag=jazz', 'repeated'],
  ['tag=%E4', 'malformed'],
  ['startsAfter=yesterday', 'bad-format'],
  ['startsAfter=2031-01-01', 'bad-format'],
  ['startsAfter=2031-02-30T00:00:00Z', 'bad-format'],
  ['startsBefore=2031-01-01T24:00:00Z', 'bad-format'],
  ['startsBefore=2031-01-01T00:00:60Z', 'bad-format'],
  ['cursor=', 'too-short'],
  [`cursor=${'x'.repeat(1025)}`, 'too-long'],
  ['page=2', 'unknown'],
  ['Limit=2', 'unknown'],
  ['__proto__=1', 'unknown'],
];

const wrongYear = 'year-out-of-range';
const notOwn = 'status-needs-own-organizer';

/** What is well-formed but impossible: the query and all of its faults. */
const impossible: [query: string, ...faults: [parameter: string, code: string][]][] = [
  ['status=published', ['status', notOwn]],
  [`status=published&organizerId=${testUsers.rival}`, ['status', notOwn]],
  ['startsAfter=1999-12-31T23:59:59Z', ['startsAfter', wrongYear]],
  ['startsBefore=2200-01-01T00:00:00Z', ['startsBefore', wrongYear]],
  ['startsAfter=2000-01-01T00:00:00%2B00:01', ['startsAfter', wrongYear]],
  ['startsBefore=9999-12-31T23:59:59-23:59', ['startsBefore', wrongYear]],
  ['startsAfter=0000-01-01T00:00:00%2B23:59', ['startsAfter', wrongYear]],
  ['startsAfter=1990-01-01T00:00:00Z&startsBefore=2300-01-01T00:00:00Z', ['startsAfter', wrongYear], ['startsBefore', wrongYear]],
  ['startsAfter=1990-01-01T00:00:00Z&status=draft', ['status', notOwn], ['startsAfter', wrongYear]],
  ['startsAfter=1990-01-01T00:00:00Z&cursor=junk', ['startsAfter', wrongYear]],
];

describe.each(transports)('a list that cannot be given (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const list = (query: string) => api.send({ path: `/events?${query}`, as: 'organizer' });

  it.each(invalid)('is refused for the query %s as invalid', async (query, code) => {
    const [parameter = ''] = query.split('=');
    const response = await list(query);
    expect(problemOf(response)).toEqual({ status: 400, code: 'invalid-request', mediaType: 'application/problem+json' });
    expect(faultsOf(response)).toContainEqual([expect.stringMatching(`^${parameter}`), code]);
  });

  it.each(impossible)('is refused for the query %s as impossible', async (query, ...faults) => {
    const response = await list(query);
    expect(problemOf(response)).toEqual({ status: 422, code: 'invalid-filter', mediaType: 'application/problem+json' });
    expect(faultsOf(response)).toEqual(faults);
  });

  it('names all faults of the query at once', async () => {
    const response = await list('limit=0&order=up&page=2&status=gone&startsAfter=now');
    const parameters = faultsOf(response).map(([parameter]) => parameter);
    expect(new Set(parameters)).toEqual(new Set(['limit', 'order', 'page', 'status', 'startsAfter']));
  });
});

function problemOf({ status, headers, body }: TestResponse) {
  return { status, code: body.code as string, mediaType: headers['content-type'] };
}

function faultsOf({ body }: TestResponse): [parameter: string, code: string][] {
  return (body.errors as { parameter: string; code: string }[]).map(({ parameter, code }) => [parameter, code]);
}
