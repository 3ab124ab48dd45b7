import { optionalFields, readOnlyFields, removal } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { updateRequest, createRequest, minimalEvent, pathOf, publishedEvent, venue } from '../support/writes.ts';

describe.each(transports)('the validation of a body (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it('lists all errors at once, each with a pointer and a detail', async () => {
    const response = await api.send(
      createRequest({
        name: 'ab',
        endsAt: 5,
        timeZone: '',
        capacity: 0,
        tags: ['a', 'a', ''],
        location: { ...venue, name: '', floor: 2 },
      }),
    );
    expectProblem(response, 'invalid-request', {
      errors: [
        ['/startsAt', 'required'],
        ['/name', 'too-short'],
        ['/endsAt', 'invalid-type'],
        ['/timeZone', 'too-short'],
        ['/capacity', 'too-small'],
        ['/tags', 'duplicate-item'],
        ['/tags/2', 'too-short'],
        ['/location/name', 'too-short'],
        ['/location/floor', 'unknown-field'],
      ],
    });
    expect(response.body.errors).toContainEqual({ pointer: '/startsAt', code: 'required', detail: 'is required' });
    expect(response.body.errors).toContainEqual({
      pointer: '/location/floor',
      code: 'unknown-field',
      detail: 'is not known here',
    });
  });

  it('escapes the names of fields in pointers', async () => {
    const response = await api.send(createRequest({ ...minimalEvent, 'a/b~c': 1, '~1': 1, '': 1, 'ünï "x"': 1 }));
    const errors = ['/a~1b~0c', '/~01', '/', '/ünï "x"'].map((pointer) => [pointer, 'unknown-field'] as const);
    expectProblem(response, 'invalid-request', { errors });
  });

  it('lists errors in body, query, path and headers together', async () => {
    const response = await api.send({
      ...updateRequest({ name: 'ab' }, '/events/5?color=red'),
      headers: { 'content-type': 'application/json', 'if-match': '' },
    });
    expectProblem(response, 'invalid-request', {
      errors: [
        ['/name', 'too-short'],
        ['color', 'unknown-parameter'],
        ['eventId', 'invalid-format'],
        ['If-Match', 'too-short'],
      ],
    });
  });

  it.each([
    [
      'a venue',
      { kind: 'venue', url: 'x' },
      [
        ['/location/name', 'required'],
        ['/location/address', 'required'],
        ['/location/url', 'unknown-field'],
      ],
    ],
    ['an online event', { kind: 'online', url: 'http://a.example' }, [['/location/url', 'invalid-format']]],
    ['a hybrid event', { kind: 'hybrid', name: 'a', address: 'b', url: 7 }, [['/location/url', 'invalid-type']]],
    ['no kind', { name: 'a' }, [['/location/kind', 'required']]],
    ['an unknown kind', { kind: 'moon' }, [['/location/kind', 'invalid-value']]],
    ['a kind that is not a string', { kind: ['venue'] }, [['/location/kind', 'invalid-value']]],
    ['a string', 'Harbour Stage', [['/location', 'invalid-type']]],
    ['an array', [venue], [['/location', 'invalid-type']]],
    ['a number', 5, [['/location', 'invalid-type']]],
  ] as const)('validates a location only by the schema of its kind: %s', async (_, location, errors) => {
    expectProblem(await api.send(createRequest({ ...minimalEvent, location })), 'invalid-request', { errors });
    expectProblem(await api.send(updateRequest({ location })), 'invalid-request', { errors });
  });

  it('accepts null only for an optional field of an update, which it removes', async () => {
    const nulls = { name: null, startsAt: null, endsAt: null, timeZone: null };
    const names = (members: object) => Object.keys(members).map((name) => [`/${name}`, 'invalid-type'] as const);
    expectProblem(await api.send(createRequest({ ...nulls, ...removal })), 'invalid-request', {
      errors: names({ ...nulls, ...removal }),
    });
    expectProblem(await api.send(updateRequest({ ...nulls, ...removal })), 'invalid-request', { errors: names(nulls) });

    const path = pathOf(await api.send(createRequest(concert)));
    const response = await api.send(updateRequest(removal, path));
    expect(response.status).toBe(200);
    for (const name of optionalFields) expect(response.body).not.toHaveProperty(name);
  });

  it('rejects read-only fields', async () => {
    // Listed here a second time: read from the contract alone, the expectation would change with it.
    expect([...readOnlyFields].sort()).toEqual([
      'allowedActions',
      'cancellation',
      'checkedInCount',
      'createdAt',
      'etag',
      'eventId',
      'organizerId',
      'phase',
      'registeredCount',
      'seatsLeft',
      'status',
      'updatedAt',
      'waitlistedCount',
    ]);
    const errors = readOnlyFields.map((name) => [`/${name}`, 'unknown-field'] as const);
    for (const value of ['x', null]) {
      const members = Object.fromEntries(readOnlyFields.map((name) => [name, value]));
      expectProblem(await api.send(createRequest({ ...minimalEvent, ...members })), 'invalid-request', { errors });
      expectProblem(await api.send(updateRequest(members)), 'invalid-request', { errors });
    }
  });

  it('does not coerce values of other types', async () => {
    const response = await api.send(
      createRequest({ ...minimalEvent, name: 12345, capacity: '5', tags: 'music', description: true }),
    );
    const errors = ['/name', '/capacity', '/tags', '/description'].map((pointer) => [pointer, 'invalid-type'] as const);
    expectProblem(response, 'invalid-request', { errors });
  });

  it.each(['null', '[]', '"text"', '5', 'true', '[null]'])(
    'rejects the body %s, which is not an object',
    async (text) => {
      expectProblem(await api.send(createRequest(text)), 'invalid-request', { errors: [['', 'invalid-type']] });
      expectProblem(await api.send(updateRequest(text)), 'invalid-request', { errors: [['', 'invalid-type']] });
    },
  );

  it.each([
    ['create', '/events', 'POST'],
    ['update', '/events/5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', 'PATCH'],
  ])('requires the body of %s: it cannot be missing or empty', async (_, path, method) => {
    const errors = [['', 'required']] as const;
    expectProblem(await api.send({ method, path, as: 'organizer' }), 'invalid-request', { errors });
    expectProblem(
      await api.send({ method, path, as: 'organizer', body: '', headers: { 'content-type': 'application/json' } }),
      'invalid-request',
      { errors },
    );
  });

  it('accepts a missing or empty body of cancelEvent with any media type', async () => {
    for (const request of [
      {},
      { body: '' },
      { body: '', headers: { 'content-type': 'application/json' } },
      { body: '', headers: { 'content-type': 'text/plain' } },
      { body: {} },
    ]) {
      const path = await publishedEvent(api);
      const cancelled = await api.send({ method: 'POST', path: `${path}/cancel`, as: 'organizer', ...request });
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', cancellation: {} } });
      expect(cancelled.body.cancellation).not.toHaveProperty('reason');
    }
    const rejected = await api.send({
      method: 'POST',
      path: '/events/5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31/cancel',
      as: 'organizer',
      body: { reason: '', why: 1 },
    });
    expectProblem(rejected, 'invalid-request', {
      errors: [
        ['/reason', 'too-short'],
        ['/why', 'unknown-field'],
      ],
    });
  });
});
