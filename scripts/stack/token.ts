import { pathToFileURL } from 'node:url';
import { fetchToken } from './identity/tokens.ts';
import { isUserName, userNameRule } from './identity/users.ts';
import { loopback } from './ports.ts';
import { readRunningStack, type RunningStack } from './running.ts';
import { defaultIdentityPort, portFrom } from './settings.ts';

/**
 * The issuer of the token: that of the stack in this folder, on any port, unless `IDENTITY_PORT` names another one. A stack of
 * another folder may run on the default port, and its tokens would be rejected.
 *
 * @throws Error with a sentence for the user if there is none
 */
export function issuerOf(env: Readonly<Record<string, string | undefined>>, stack: RunningStack | undefined): string {
  if (env['IDENTITY_PORT']) return `http://${loopback}:${portFrom(env, 'IDENTITY_PORT', defaultIdentityPort)}`;
  if (stack === undefined) {
    throw new Error(
      'No local stack is running in this folder: start it with "make dev", or set IDENTITY_PORT to the port of another one.',
    );
  }
  if (stack.foreignIssuer) throw new Error(`This stack uses the issuer ${stack.issuer}: get a token from it.`);
  return stack.issuer;
}

/**
 * Prints an access token of the local user that `AS` names, and nothing else: `make -s token AS=organizer`. Any name that is not known
 * is a separate attendee.
 */
async function main(): Promise<void> {
  const { AS } = process.env;
  const user = AS || 'organizer';
  if (!isUserName(user)) throw new Error(`AS must be ${userNameRule}, not "${AS}".`);

  const issuer = issuerOf(process.env, readRunningStack('.local'));
  const token = await fetchToken(issuer, user).catch(() => {
    throw new Error(
      `The local token issuer does not respond at ${issuer}: start it with "make dev" (same IDENTITY_PORT).`,
    );
  });
  process.stdout.write(`${token}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
