/**
 * Disables the storages of a test file when it has ended. jest-circus creates one for each file and leaves it enabled, and Node.js 20 and 22
 * copy all enabled ones to every promise: after 40 files, a promise takes more than twenty times as long as after the first.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

type Run = AsyncLocalStorage<unknown>['run'];

const used = new Set<AsyncLocalStorage<unknown>>();

/** Remembers each storage that is used from now on. */
export function rememberStorages(): void {
  const { run } = AsyncLocalStorage.prototype as { run: Run };
  AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: Parameters<Run>) {
    used.add(this);
    return run.apply(this, args);
  } as Run;
}

/** Disables those that were used. */
export function disableStorages(): void {
  for (const storage of used) storage.disable();
  used.clear();
}
