import { eventId, ok, problem } from './fake.ts';

const deprecated = { deprecation: '@1772323200', sunset: 'Tue, 01 Sep 2026 00:00:00 GMT' };

describe('A deprecation warning', () => {
  let warn: jest.SpyInstance;
  /** A fresh copy of the package: it warns once for each operation as long as it is loaded. */
  let fake: (typeof import('./fake.ts'))['fake'];
  beforeEach(() => {
    warn = jest.spyOn(console, 'warn').mockImplementation();
    jest.isolateModules(() => ({ fake } = jest.requireActual<typeof import('./fake.ts')>('./fake.ts')));
  });
  afterEach(() => warn.mockRestore());

  it('is logged once for each operation', async () => {
    const { client } = fake([
      ok({}, deprecated),
      ok({}, deprecated),
      ok({}, deprecated),
      ok({ items: [] }, { deprecation: '@1772323200' }),
    ]);
    for (let call = 0; call < 3; call += 1) await client.getEvent(eventId);
    await client.listEvents();
    expect(warn.mock.calls).toEqual([
      ['getEvent uses a deprecated feature. Sunset: Tue, 01 Sep 2026 00:00:00 GMT'],
      ['listEvents uses a deprecated feature. Sunset: unknown'],
    ]);
  });

  it('is logged for a problem as well', async () => {
    await fake([problem(404, 'event-not-found', deprecated)])
      .client.getEvent(eventId)
      .result();
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('goes to the logger of the client if it has one', async () => {
    const logger = { warn: jest.fn(), error: jest.fn() };
    await fake([ok({}, deprecated)], { logger }).client.getEvent(eventId);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(warn).not.toHaveBeenCalled();
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('is not logged for operations that are not deprecated', async () => {
    await fake([ok()]).client.getEvent(eventId);
    expect(warn).not.toHaveBeenCalled();
  });
});
