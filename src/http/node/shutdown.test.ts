import { EventEmitter } from 'node:events';
import { installShutdown } from './shutdown.ts';

function setUp(stop: () => Promise<void>) {
  const signals = new EventEmitter();
  const exit = jest.fn();
  const messages: unknown[] = [];
  const record = ({ message }: { readonly message?: unknown }) => void messages.push(message);
  const state = { time: 0 };
  installShutdown(
    { stop },
    { info: record, error: record },
    {
      process: Object.assign(signals, { exit }) as never,
      clock: () => state.time,
    },
  );
  return { signals, exit, messages, state };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('installShutdown', () => {
  it.each(['SIGTERM', 'SIGINT'])('exits with status 0 after %s once the server has stopped', async (signal) => {
    let finish: () => void = () => {};
    const { signals, exit, messages } = setUp(() => new Promise((resolve) => (finish = resolve)));
    signals.emit(signal, signal);
    await settled();
    expect(exit).not.toHaveBeenCalled();
    finish();
    await settled();
    expect(exit.mock.calls).toEqual([[0]]);
    expect(messages).toEqual(['stopping', 'stopped']);
  });

  it('counts a Ctrl-C that is forwarded twice as one signal', () => {
    const { signals, exit, state } = setUp(() => new Promise(() => {}));
    signals.emit('SIGINT', 'SIGINT');
    state.time = 499;
    signals.emit('SIGINT', 'SIGINT');
    expect(exit).not.toHaveBeenCalled();
  });

  it('exits with status 1 immediately after a second signal', () => {
    const { signals, exit, state } = setUp(() => new Promise(() => {}));
    signals.emit('SIGTERM', 'SIGTERM');
    state.time = 500;
    signals.emit('SIGINT', 'SIGINT');
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it('exits with status 1 if the server fails to stop', async () => {
    const { signals, exit, messages } = setUp(() => Promise.reject(new Error('stuck')));
    signals.emit('SIGTERM', 'SIGTERM');
    await settled();
    expect(exit.mock.calls).toEqual([[1]]);
    expect(messages).toEqual(['stopping', 'shutdown failed']);
  });
});
