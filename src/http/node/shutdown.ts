import type { Logger } from '../../lib/log.ts';
import type { RunningServer } from './server.ts';

/** The slice of `process` that is used. */
type Process = Pick<NodeJS.Process, 'on' | 'exit'>;

/**
 * A terminal and a process manager in it each pass on the same Ctrl-C: what follows within this time, in milliseconds, is no
 * second wish.
 */
const sameWishMs = 500;

/**
 * Ends the process on SIGTERM and SIGINT: with status 0 after what is in flight has finished, with status 1 at once where a
 * second signal asks for it.
 */
export function installShutdown(
  server: Pick<RunningServer, 'stop'>,
  log: Logger,
  { process: host = process, clock = () => performance.now() }: { process?: Process; clock?: () => number } = {},
): void {
  let since: number | undefined;

  function shutDown(signal: NodeJS.Signals): void {
    if (since !== undefined) {
      if (clock() - since < sameWishMs) return;
      log.error({ message: 'stopped by force', signal });
      host.exit(1);
      return;
    }
    since = clock();
    log.info({ message: 'stopping', signal });
    server.stop().then(
      () => {
        log.info({ message: 'stopped' });
        host.exit(0);
      },
      (error: unknown) => {
        log.error({ message: 'stopped badly', error });
        host.exit(1);
      },
    );
  }

  host.on('SIGTERM', shutDown);
  host.on('SIGINT', shutDown);
}
