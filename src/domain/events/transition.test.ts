import type { Call } from '../../contract/binding.ts';
import type { Dependencies } from './dependencies.ts';
import { cancelEvent } from './operations/cancel-event.ts';
import { publishEvent } from './operations/publish-event.ts';

/** The arguments of the repository's one write, under a clock that is a minute later at each look. */
async function writeOf(operation: typeof cancelEvent | typeof publishEvent) {
  let minutes = 0;
  const change = jest.fn(async (..._sent: unknown[]) => ({ ok: false, current: undefined }));
  const dependencies = { events: { change }, now: () => new Date(Date.UTC(2030, 0, 1, 0, minutes++)) };
  const call = { path: { eventId: 'e' }, headers: {}, principal: { sub: 's', groups: [] } };
  await operation(
    call as unknown as Call<'cancelEvent'> & Call<'publishEvent'>,
    dependencies as unknown as Dependencies,
  );
  const [, requirements, changes] = change.mock.calls[0] ?? [];
  return { requirements, changes };
}

describe('A transition reads the clock once', () => {
  it('when it cancels: the time of the cancellation is that of the change', async () => {
    expect((await writeOf(cancelEvent)).changes).toEqual({
      status: 'cancelled',
      updatedAt: '2030-01-01T00:00:00Z',
      cancellation: { at: '2030-01-01T00:00:00Z' },
    });
  });

  it('when it publishes: the start must be after the time of the change', async () => {
    const { requirements, changes } = await writeOf(publishEvent);
    expect(changes).toEqual({ status: 'published', updatedAt: '2030-01-01T00:00:00Z' });
    expect(JSON.stringify(requirements)).toContain('2030-01-01T00:00:00Z');
  });
});
