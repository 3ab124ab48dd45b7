import { getEventListeners } from 'node:events';
import { eventId, type Fake, fake, gateway, partialResponse, ok, problem, silence, withoutJitter } from './fake.ts';

/** Ignores its signal. */
const ignoresAbort = () => new Promise<Response>(() => {});
const call = ({ client }: Fake, options = {}) => client.getEvent(eventId, undefined, options).result();

describe('A timeout', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  withoutJitter();

  it.each([
    ['never comes', silence],
    ['never comes from a fetch that ignores its signal', ignoresAbort],
    ['stalls in its body', () => partialResponse('stalls')],
  ])('ends each attempt after ten seconds if its response %s', async (_what, step) => {
    const faked = fake([step, step, step]);
    const outcome = call(faked);
    await jest.advanceTimersByTimeAsync(9_999);
    expect(faked.sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2);
    expect(faked.sent).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(20_001);
    expect(await outcome).toMatchObject({ error: { code: 'timeout', attempts: 3, status: undefined } });
  });

  it('is set by the client or by the call', async () => {
    for (const [ofClient, ofCall] of [
      [{ timeoutMs: 50 }, {}],
      [{ timeoutMs: 70 }, { timeoutMs: 50 }],
    ]) {
      const faked = fake([silence], { maxRetries: 0, ...ofClient });
      const outcome = call(faked, ofCall);
      await jest.advanceTimersByTimeAsync(51);
      expect(await outcome).toMatchObject({ error: { code: 'timeout', attempts: 1 } });
    }
  });

  it('ends the whole call at its deadline, during an attempt or while the token is fetched', async () => {
    const attempting = call(fake([silence, silence], { deadlineMs: 15_000 }));
    const asking = call(fake([], { deadlineMs: 15_000, token: () => new Promise(() => {}) }));
    await jest.advanceTimersByTimeAsync(15_001);
    expect(await attempting).toMatchObject({ error: { code: 'timeout', attempts: 2 } });
    expect(await asking).toMatchObject({ error: { code: 'timeout', attempts: 0 } });
  });

  it('ends the whole call after a minute by default', async () => {
    const outcome = call(
      fake(
        Array.from({ length: 9 }, () => silence),
        { maxRetries: 9 },
      ),
    );
    await jest.advanceTimersByTimeAsync(60_001);
    expect(await outcome).toMatchObject({ error: { code: 'timeout', attempts: 6 } });
  });

  it('may be infinite', async () => {
    const outcome = call(fake([() => new Promise((resolve) => setTimeout(() => resolve(ok()), 3_600_000))]), {
      timeoutMs: Infinity,
      deadlineMs: Infinity,
    });
    await jest.advanceTimersByTimeAsync(3_600_001);
    expect(await outcome).toMatchObject({ data: { eventId } });
  });

  it('leaves no timer running after the call', async () => {
    await call(fake([ok()]));
    await call(fake([problem(404, 'event-not-found')]));
    await call(fake([new TypeError('fetch failed')], { maxRetries: 0 }));
    expect(jest.getTimerCount()).toBe(0);
    const controller = new AbortController();
    const outcome = call(fake([gateway(429, { 'retry-after': '20' })]), { signal: controller.signal });
    await jest.advanceTimersByTimeAsync(10);
    controller.abort();
    await outcome;
    await jest.advanceTimersByTimeAsync(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('The signal of a call', () => {
  withoutJitter();
  const reason = new Error('left the page');

  it('aborts it before its first request', async () => {
    const token = jest.fn(() => 'token');
    const faked = fake([], { token });
    expect(await call(faked, { signal: AbortSignal.abort(reason) })).toMatchObject({
      error: { code: 'aborted', attempts: 0, cause: reason },
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([faked.sent, token.mock.calls]).toEqual([[], []]);
  });

  it.each([
    ['an attempt', silence],
    ['an attempt whose fetch ignores its signal', ignoresAbort],
    ['a body', () => partialResponse('stalls')],
    ['a delay', gateway(429, { 'retry-after': '20' })],
  ])('aborts it immediately during %s, without a retry', async (_what, step) => {
    const controller = new AbortController();
    const faked = fake([step]);
    const outcome = call(faked, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    expect(await outcome).toMatchObject({ error: { code: 'aborted', attempts: 1, cause: reason } });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(faked.sent).toHaveLength(1);
  });

  it('reaches fetch', async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const faked = fake([(request) => silence(request).finally(() => (seen = request.signal))]);
    const outcome = call(faked, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await outcome;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(seen?.aborted).toBe(true);
  });

  it('has no listeners left after the call', async () => {
    const { signal } = new AbortController();
    await call(fake([gateway(502), ok()]), { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
