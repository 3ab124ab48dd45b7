import type { Logger } from '../../lib/log.ts';
import type { RunningServer } from './server.ts';

/** The part of `process` that is used here. */
type Process = Pick<NodeJS.Process, 'on' | 'exit'>;

/**
 * A terminal and a process manager running in it both forward the same Ctrl-C. Signals within this time, in milliseconds, count
 * as one.
 */
const signalDebounceMs = 500;

/**
 * Ends the process on SIGTERM and SIGINT: with status 0 once the requests in flight have finished, or with status 1 immediately
 * on a second signal.
 */
export function installShutdown(
  server: Pick<RunningServer, 'stop'>,
  log: Logger,
  { process: target = process, clock = () => performance.now() }: { process?: Process; clock?: () => number } = {},
): void {
  let since: number | undefined;

  function shutDown(signal: NodeJS.Signals): void {
    if (since !== undefined) {
      if (clock() - since < signalDebounceMs) return;
      log.error({ message: 'forced shutdown', signal });
      target.exit(1);
      return;
    }
    since = clock();
    log.info({ message: 'stopping', signal });
    server.stop().then(
      () => {
        log.info({ message: 'stopped' });
        target.exit(0);
      },
      (error: unknown) => {
        log.error({ message: 'shutdown failed', error });
        target.exit(1);
      },
    );
  }

  target.on('SIGTERM', shutDown);
  target.on('SIGINT', shutDown);
}
