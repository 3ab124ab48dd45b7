/**
 * The tests of test/http that run through the gateway of an emulated deployment. A request takes about ten times as long there as through the
 * Lambda handler, so these are some for each kind of operation. The others would take many minutes, or cannot run there.
 */
import { readdirSync } from 'node:fs';

const chosen = [
  'authentication',
  'body-errors',
  'create-event',
  'create-registration',
  'duplicate-registration-period',
  'examples',
  'get-calendar-feed',
  'get-event-calendar',
  'get-event',
  'if-match',
  'instants',
  'lifecycle',
  'links',
  'list-calendar-feeds',
  'list-events-upcoming',
  'order-of-checks',
  'parameters',
  'publish-event',
  'roles',
  'texts',
  'unpublish-event',
  'update-registration',
];

/** Files that cannot run there, by the reason. */
const excluded = {
  'They are about the Node.js server, the handler or parts of the application, and have no transport.': [
    'body-streams',
    'cross-origin',
    'default-route',
    'deprecation',
    'gateway-events',
    'internal-errors',
    'never-a-request',
    'response-media-types',
    'unread-body',
  ],
  'They replace the configuration of the application, which is that of Terraform.': ['base-path'],
  'They put a proxy between the function and its database.': [
    'database-calls',
    'database-failures',
    'dry-run-races',
    'registration-conflicts',
  ],
  'They read the lines of the log while the application runs.': ['log-lines'],
};

/** Single tests of the chosen files that cannot run there, by the reason: the start of a title, or a part of it. */
const excludedTests = {
  'They set the clock of the application.': [
    'computes the phase, and only the phase',
    'returns 409 for a draft whose start has passed',
    'returns pages, the oldest feed first',
  ],
  'The gateway rejects the request itself, with a body of its own; test/deployed/smoke.test.ts looks at that.': [
    'rejects a request with ',
    'rejects HEAD without a token',
    'gets unauthenticated before',
    'gets 401 without a token',
  ],
  'They need an issuer that fails, and the gateway looks at tokens first.': ['an unavailable token issuer'],
};

const files = readdirSync(new URL('../../http', import.meta.url));
const cannot = Object.values(excluded).flat();
const wrong = [
  ...[...cannot, ...chosen].filter((name) => !files.includes(`${name}.test.ts`)),
  ...chosen.filter((name) => cannot.includes(name)),
];
if (wrong.length > 0) throw new Error(`test/deployed/http/tests.js names files that cannot run: ${wrong.join(', ')}.`);

/** The patterns of the files, as Jest takes them. */
export const testMatch = chosen.map((name) => `<rootDir>/test/http/${name}.test.ts`);

/** Matches the names of all tests except the excluded ones. */
export const testNamePattern = `^(?!.*(${Object.values(excludedTests).flat().join('|')}))`;
