import { loopback } from './ports.ts';
import { defaultIdentityPort, portFrom } from './settings.ts';
import { fetchToken } from './identity/tokens.ts';
import { isLocalUser, localUserNames } from './identity/users.ts';

/** Prints an access token of the local user that `AS` names, and nothing else: `make -s token AS=organizer`. */
async function main(): Promise<void> {
  const user = process.env['AS'] || 'organizer';
  if (!isLocalUser(user)) throw new Error(`There is no local user "${user}": AS is one of ${localUserNames}.`);

  const port = portFrom(process.env, 'IDENTITY_PORT', defaultIdentityPort);
  const token = await fetchToken(`http://${loopback}:${port}`, user).catch(() => {
    throw new Error(
      `The local identity provider does not respond on port ${port}: start it with "make dev" (same IDENTITY_PORT).`,
    );
  });
  process.stdout.write(`${token}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
