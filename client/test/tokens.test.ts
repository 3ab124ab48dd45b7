import { inspect } from 'node:util';
import { type ClientOptions, createEventsClient } from '../src/index.ts';
import { baseUrl, eventId, fake, gateway, ok, problem, type Step, withoutJitter } from './fake.ts';

type TokenFunction = Extract<ClientOptions['token'], (...given: never) => unknown>;

/** Accepts only this token, as the gateway does. */
const only =
  (token: string): Step =>
  (request) =>
    request.headers.get('authorization') === `Bearer ${token}` ? ok() : gateway(401);
const many = (step: Step) => Array.from({ length: 20 }, () => step);
const tokensOf = ({ sent }: { sent: { headers: Record<string, string> }[] }) =>
  sent.map(({ headers }) => headers['authorization']);

/** An owner of a token that keeps it until a fresh one is asked for. */
function owner() {
  let version = 1;
  const token = jest.fn(async ({ forceRefresh }: { forceRefresh: boolean }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (forceRefresh) version += 1;
    return `token-${version}`;
  });
  return { token, refreshes: () => token.mock.calls.filter(([{ forceRefresh }]) => forceRefresh).length };
}

describe('A rejected token', () => {
  withoutJitter();

  it.each([
    ['by the gateway', () => gateway(401)],
    ['by the API', () => problem(401, 'unauthenticated')],
  ])('is replaced once by a fresh one for any operation, if rejected %s', async (_who, rejection) => {
    for (const method of ['getEvent', 'publishEvent', 'deleteEvent'] as const) {
      const { token, refreshes } = owner();
      const faked = fake([rejection(), ok()], { token, maxRetries: 0 });
      await faked.client[method](eventId);
      expect(tokensOf(faked)).toEqual(['Bearer token-1', 'Bearer token-2']);
      expect(refreshes()).toBe(1);
    }
  });

  it('ends the call if the fresh one is rejected too', async () => {
    const { token, refreshes } = owner();
    const faked = fake([gateway(401), gateway(401)], { token });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
      attempts: 2,
    });
    expect(refreshes()).toBe(1);
  });

  it('is refreshed once for many concurrent calls', async () => {
    const { token, refreshes } = owner();
    const { client } = fake(many(only('token-2')), { token });
    await Promise.all(Array.from({ length: 10 }, () => client.getEvent(eventId)));
    expect(refreshes()).toBe(1);
  });

  it('is not refreshed again if another call has a fresh one already', async () => {
    const { token, refreshes } = owner();
    const slow: Step = async () => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return gateway(401);
    };
    const faked = fake([slow, gateway(401), ok(), ok()], { token });
    await Promise.all([faked.client.getEvent(eventId), faked.client.getEvent(eventId)]);
    expect(tokensOf(faked)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
    expect(refreshes()).toBe(1);
  });

  it('delays the calls that start while it is refreshed', async () => {
    let deliver: (token: string) => void = () => {};
    const refreshed = new Promise<string>((resolve) => (deliver = resolve));
    let ask: () => void = () => {};
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const token: TokenFunction = ({ forceRefresh }) => {
      if (!forceRefresh) return 'token-1';
      ask();
      return refreshed;
    };
    const faked = fake([gateway(401), ok(), ok()], { token });
    const first = faked.client.getEvent(eventId);
    await asked;
    const second = faked.client.getEvent(eventId);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(faked.sent).toHaveLength(1);
    deliver('token-2');
    await Promise.all([first, second]);
    expect(tokensOf(faked)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
  });

  it.each<[string, ClientOptions['token']]>([
    ['it is a fixed one', 'token'],
    ['none other is available', () => 'token'],
    ['the refresh fails', ({ forceRefresh }) => (forceRefresh ? Promise.reject(new Error('signed out')) : 'token')],
  ])('ends the call where %s', async (_what, token) => {
    const faked = fake([gateway(401)], { token });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({
      code: 'unauthenticated',
      status: 401,
      attempts: 1,
    });
  });

  it('is refreshed by the next call if a refresh has failed', async () => {
    const refresh = jest
      .fn<string, []>()
      .mockReturnValue('token-2')
      .mockImplementationOnce(() => {
        throw new Error('offline');
      });
    const faked = fake([gateway(401), gateway(401), ok()], {
      token: ({ forceRefresh }) => (forceRefresh ? refresh() : 'token-1'),
    });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({ code: 'unauthenticated', attempts: 1 });
    await faked.client.getEvent(eventId);
    expect(tokensOf(faked)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('ends the call if the function has no other one', async () => {
    const token = jest.fn(({ forceRefresh }: { forceRefresh: boolean }) => (forceRefresh ? undefined : 'token'));
    const faked = fake([problem(401, 'unauthenticated')], { token });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({
      code: 'unauthenticated',
      attempts: 1,
      requestId: 'request-1',
    });
    expect(token.mock.calls).toEqual([[{ forceRefresh: false }], [{ forceRefresh: false }], [{ forceRefresh: true }]]);
  });

  it('ends the call of a client without the option', async () => {
    const { token: _token, ...options } = { token: '', fetch: jest.fn(async () => gateway(401)) };
    const { error } = await createEventsClient({ baseUrl, ...options })
      .listEvents()
      .result();
    expect(error).toMatchObject({ code: 'unauthenticated', status: 401, attempts: 1 });
  });
});

describe('A token', () => {
  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'token is undefined'],
    ['null', null, 'token is null'],
    ['empty', '', 'token is empty'],
    ['blank', ' \n', 'token contains a space or a character that is not ASCII'],
    ['not a string', { accessToken: 'secret' }, 'token is not a string'],
    ['broken by a line feed', 'secret\nsecret', 'token contains a space or a character that is not ASCII'],
    ['prefixed by its scheme', 'Bearer secret', 'token contains a space or a character that is not ASCII'],
    ['not ASCII', 'secret…', 'token contains a space or a character that is not ASCII'],
  ])('that is %s makes the caller unauthenticated, and nothing is sent', async (_what, given, reason) => {
    for (const token of [given, () => given, async () => given] as ClientOptions['token'][]) {
      const faked = fake([ok()], { token });
      const { error } = await faked.client.listEvents().result();
      expect(error).toMatchObject({
        code: 'unauthenticated',
        attempts: 0,
        message: `listEvents - unauthenticated - ${reason}`,
        cause: new TypeError(reason),
      });
      expect(inspect(error)).not.toContain('secret');
      expect(faked.sent).toEqual([]);
      await expect(faked.client.getHealth()).resolves.toBeDefined();
    }
  });

  it('that is undefined ends the call although an event is passed to a change', async () => {
    const { error } = await fake([], { token: undefined })
      .client.updateEvent(eventId, () => ({}))
      .result();
    expect(error).toMatchObject({ code: 'unauthenticated', attempts: 0 });
  });

  it('may be followed by the line feed of the file that it was read from', async () => {
    const faked = fake([gateway(401)], { token: 'token-1\n' });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({ status: 401 });
    expect(tokensOf(faked)).toEqual(['Bearer token-1']);
  });

  it('may be a promise', async () => {
    const faked = fake([ok()], { token: Promise.resolve('token-1') as never });
    await faked.client.getEvent(eventId);
    expect(tokensOf(faked)).toEqual(['Bearer token-1']);
  });
});

describe('No one has signed in', () => {
  const signedOut = [undefined, () => undefined, async () => undefined] as const;

  it.each(signedOut)('so that getEvent is sent without a token: %p', async (token) => {
    const faked = fake([ok()], { token });
    await expect(faked.client.getEvent(eventId)).resolves.toMatchObject({ eventId });
    expect(tokensOf(faked)).toEqual([undefined]);
  });

  it('so that getEvent is sent without a token by a client without the option', async () => {
    const sent: unknown[] = [];
    const fetch = async (_url: unknown, { headers }: RequestInit = {}) => {
      sent.push((headers as Record<string, string>)['authorization']);
      return ok();
    };
    await createEventsClient({ baseUrl, fetch: fetch }).getEvent(eventId);
    expect(sent).toEqual([undefined]);
  });

  it.each([null, '', ' ', {}])('is not meant by %p, with which nothing is sent', async (given) => {
    const faked = fake([ok()], { token: () => given as never });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({ code: 'unauthenticated', attempts: 0 });
    expect(faked.sent).toEqual([]);
  });

  it('ends getEvent with the error if it turns out after a token was rejected', async () => {
    const faked = fake([gateway(401), ok()], { token: ({ forceRefresh }) => (forceRefresh ? undefined : 'token') });
    await expect(faked.client.getEvent(eventId)).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(faked.sent).toHaveLength(1);
  });

  it.each(signedOut)('so that no change reads what it is based on: %p', async (token) => {
    const faked = fake([ok()], { token });
    const { error } = await faked.client.updateEvent(eventId, () => ({})).result();
    expect(error).toMatchObject({ code: 'unauthenticated', attempts: 0 });
    expect(faked.sent).toEqual([]);
  });
});

describe('The token function', () => {
  withoutJitter();

  it('is called before each attempt', async () => {
    let version = 0;
    const faked = fake([gateway(502), ok(), ok()], { token: () => `token-${(version += 1)}` });
    await faked.client.getEvent(eventId);
    await faked.client.getEvent(eventId);
    expect(tokensOf(faked)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('signed out');
      },
    ],
    ['rejects', () => Promise.reject(new Error('signed out'))],
  ])('that %s makes the caller unauthenticated, with the reason', async (_what, token) => {
    const faked = fake([], { token });
    const { error } = await faked.client.getEvent(eventId).result();
    expect(error).toMatchObject({
      code: 'unauthenticated',
      status: undefined,
      attempts: 0,
      cause: new Error('signed out'),
    });
    expect(faked.sent).toEqual([]);
  });

  it('is called again by the next call after a failure', async () => {
    const token = jest.fn<string, []>().mockImplementationOnce(() => {
      throw new Error('offline');
    });
    token.mockReturnValue('token');
    const { client } = fake([ok()], { token });
    await client.getEvent(eventId).result();
    await expect(client.getEvent(eventId)).resolves.toMatchObject({ eventId });
  });
});
