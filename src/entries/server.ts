/** The entry of the Node.js server: configuration from the environment, logs to standard output, SIGTERM stops it. */
import { createApplication } from '../application.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { installShutdown } from '../http/node/shutdown.ts';
import { createLogger } from '../lib/log.ts';
import { startServer } from '../http/node/start.ts';

// A line that cannot be written, to a full disk or to a reader that is gone, is lost; requests are not.
process.stdout.on('error', () => {});

const log = createLogger();
try {
  const config = loadConfig(process.env);
  const server = await startServer(createApplication(config, { log }), { ...config.http, log });
  installShutdown(server, log);
  log.info({ message: 'listening', url: server.url });
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.error({ message: 'failed to start', error });
  process.exitCode = 1;
}
