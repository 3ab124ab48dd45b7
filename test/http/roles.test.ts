import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { domains } from '../support/domains.ts';
import { draft, type Event, published } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { nonexistentEventId, requestFor } from '../support/requests.ts';

it('every operation that writes requires the role organizer, and none that reads, unless its domain says otherwise', () => {
  const readsWithRole = domains.flatMap((domain) => domain.readsWithRole);
  const withoutRole = domains.flatMap(({ writesWithoutRole }) => writesWithoutRole);
  const required = operations.map(({ operationId, role }) => [operationId, role]);
  expect(required).toEqual(
    operations.map(({ operationId, method }) => [
      operationId,
      (method === 'get' ? readsWithRole.includes(operationId) : !withoutRole.includes(operationId))
        ? 'organizer'
        : undefined,
    ]),
  );
});

describe.each(transports)('the role organizer (%s)', (transport) => {
  let api: TestApi;
  let events: { readonly published: Event; readonly draft: Event };
  beforeAll(async () => {
    api = await startTestApi(transport);
    events = { published: await published(api), draft: await draft(api) };
  });
  afterAll(() => api.stop());

  const withRole = operations
    .filter(({ role }) => role !== undefined)
    .map((operation) => [operation.operationId, operation] as const);

  describe.each(withRole)('for %s', (_id, operation) => {
    it('is not granted to an attendee: 403, whether or not the event exists', async () => {
      const ids = [events.published.eventId, events.draft.eventId, nonexistentEventId, 'no-id'];
      for (const eventId of ids)
        expectProblem(await api.send({ ...requestFor(operation, eventId), as: 'attendee' }), 'forbidden');
    });

    it.each<[unknown]>([
      [['Organizers2']],
      [['Organizers Admins']],
      [['organizers']],
      [[' Organizers']],
      [['Attendees', 'Admins,Organizers']],
      ['Organizers'],
      ['[Organizers]'],
      ['["Organizers"]'],
      [{ 0: 'Organizers', length: 1 }],
      [[['Organizers']]],
      [[]],
      [null],
    ])('is not granted by the groups %j', async (groups) => {
      const token = await api.issuer.token({
        'cognito:groups': groups,
        'custom:groups': ['Organizers'],
        groups: ['Organizers'],
        role: 'organizer',
      });
      const response = await api.send({
        ...requestFor(operation, events.draft.eventId),
        headers: { Authorization: `Bearer ${token}` },
      });
      expectProblem(response, 'forbidden');
    });
  });

  it('is granted by one group among several', async () => {
    const token = await api.issuer.token({ 'cognito:groups': ['Attendees', api.config.groups.organizer] });
    const create = operations.find(({ operationId }) => operationId === 'createEvent')!;
    expect((await api.send({ ...requestFor(create), headers: { Authorization: `Bearer ${token}` } })).status).toBe(201);
  });

  it('is not required for reading', async () => {
    expect((await api.send({ path: '/events', as: 'attendee' })).status).toBe(200);
    expect((await api.send({ path: `/events/${events.published.eventId}`, as: 'attendee' })).status).toBe(200);
  });
});

it('the role organizer is granted by the configured group', async () => {
  const api = await startTestApi('socket', { config: { groups: { organizer: 'EventTeam' } } });
  const create = requestFor(operations.find(({ operationId }) => operationId === 'createEvent')!);
  expectProblem(await api.send({ ...create, as: 'organizer' }), 'forbidden');
  const token = await api.issuer.token({ 'cognito:groups': ['EventTeam'] });
  expect((await api.send({ ...create, headers: { Authorization: `Bearer ${token}` } })).status).toBe(201);
  await api.stop();
});
