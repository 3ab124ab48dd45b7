import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { createRequest, minimalEvent } from '../support/writes.ts';

describe.each(transports)('an instant in a request (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each([
    ['month 19', '2030-19-39T00:00:00Z'],
    ['February 30', '2030-02-30T00:00:00Z'],
    ['February 29 in a common year', '2030-02-29T00:00:00Z'],
    ['February 29 in 2100', '2100-02-29T00:00:00Z'],
    ['day 0', '2030-01-00T00:00:00Z'],
    ['a leap second', '2030-06-30T23:59:60Z'],
    ['a leap second with an offset', '2030-07-01T01:59:60+02:00'],
    ['hour 24', '2030-06-30T24:00:00Z'],
    ['minute 60', '2030-06-30T23:60:00Z'],
    ['a lower-case t', '2030-06-21t20:00:00Z'],
    ['a lower-case z', '2030-06-21T20:00:00z'],
    ['a space instead of the T', '2030-06-21 20:00:00Z'],
    ['an offset without minutes', '2030-06-21T20:00:00+02'],
    ['an offset without a colon', '2030-06-21T20:00:00+0200'],
    ['an offset of 24 hours', '2030-06-21T20:00:00+24:00'],
    ['no offset', '2030-06-21T20:00:00.0'],
    ['no seconds', '2030-06-21T20:00+02:00'],
    ['a fraction without digits', '2030-06-21T20:00:00.Z'],
    ['a comma', '2030-06-21T20:00:00,5Z'],
    ['a year of five digits', '12030-06-21T20:00:00Z'],
    ['a year with a sign', '+002030-06-21T20:00:00Z'],
    ['a line break', '2030-06-21T20:00:00Z\n'],
    ['full-width digits', '２０３０-06-21T20:00:00Z'],
  ])('is rejected with %s, in bodies and in queries', async (_, instant) => {
    expectProblem(await api.send(createRequest({ ...minimalEvent, startsAt: instant })), 'invalid-request', {
      errors: [['/startsAt', 'invalid-format']],
    });
    const path = `/events?startsFrom=${encodeURIComponent(instant)}`;
    expectProblem(await api.send({ path, as: 'attendee' }), 'invalid-request', {
      errors: [['startsFrom', 'invalid-format']],
    });
  });

  it('is rejected as a date alone or an empty string', async () => {
    const response = await api.send(createRequest({ ...minimalEvent, startsAt: '2030-06-21', endsAt: '' }));
    const errors = [
      ['/startsAt', 'invalid-format'],
      ['/endsAt', 'invalid-format'],
    ] as const;
    expectProblem(response, 'invalid-request', { errors });
  });

  it.each([
    [new Date(1_908_302_400_123).toISOString(), '2030-06-21T20:00:00Z'],
    ['2030-06-21T18:00:00Z', '2030-06-21T18:00:00Z'],
    ['2030-06-21T23:45:00+05:45', '2030-06-21T18:00:00Z'],
    ['2030-06-21T00:00:00-23:59', '2030-06-21T23:59:00Z'],
    ['2030-06-21T00:00:00+23:59', '2030-06-20T00:01:00Z'],
    ['2030-06-21T18:00:00-00:00', '2030-06-21T18:00:00Z'],
    ['2030-06-21T18:00:00.999999999Z', '2030-06-21T18:00:00Z'],
    [`2030-06-21T18:00:00.${'9'.repeat(43)}Z`, '2030-06-21T18:00:00Z'],
    ['2028-02-29T12:00:00.5+00:00', '2028-02-29T12:00:00Z'],
  ])('is accepted as %s and returned as %s', async (startsAt, returned) => {
    const response = await api.send(
      createRequest({ ...minimalEvent, startsAt, endsAt: `${returned.slice(0, 4)}-12-31T00:00:00Z` }),
    );
    expect(response).toMatchObject({ status: 201, body: { startsAt: returned } });
  });

  it('may have raw colons and an encoded plus sign in a query', async () => {
    const response = await api.send({
      path: '/events?startsFrom=2030-01-01T00:00:00Z&startsBefore=2030-01-02T00:00:00%2B02:00',
      as: 'attendee',
    });
    expect(response).toMatchObject({ status: 200, body: { items: [] } });
  });

  it.each(['1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'is rejected as %s with 422, not 400',
    async (startsAt) => {
      const response = await api.send(createRequest({ ...minimalEvent, startsAt, endsAt: '2199-12-31T23:59:59Z' }));
      expect(response).toMatchObject({ status: 422, body: { code: 'invalid-event' } });
      expect(response.body.errors).toContainEqual(
        expect.objectContaining({ pointer: '/startsAt', code: 'year-out-of-range' }),
      );
    },
  );
});
