/** The numbers in prose: each is part of a sentence that is compared with the place where its value is decided. */
import { readFileSync } from 'node:fs';
import { encode } from 'uqr';
import { nodeMajor } from '../../../scripts/function/node.ts';
import { numbersIn, type proseFiles } from '../../../scripts/quality/prose.ts';
import { loopback } from '../../../scripts/stack/ports.ts';
import { defaultIdentityPort, localSettings } from '../../../scripts/stack/settings.ts';
import type { ProblemCode } from '../../../src/contract/generated/types.ts';
import { statusOf } from '../../../src/contract/problem-statuses.ts';
import { daysAfterEnd, maxCalendarBytes, maxEntries, maxFeeds } from '../../../src/domain/calendars/model.ts';
import { durationClasses } from '../../../src/domain/events/index-keys.ts';
import { maxHours } from '../../../src/domain/events/times.ts';
import { listBudget } from '../../../src/domain/events/list-query.ts';
import { maxQuestionsBytes } from '../../../src/domain/events/questions.ts';
import { tombstoneSeconds } from '../../../src/domain/shared/idempotency.ts';
import { maxAnswersBytes, maxTextLength } from '../../../src/domain/registrations/answers.ts';
import { maxScans } from '../../../src/domain/registrations/check-ins/scans.ts';
import { maxPageBytes } from '../../../src/domain/registrations/list.ts';
import { maxNumbersPerUser } from '../../../src/domain/registrations/model.ts';
import { firstYear, lastYear } from '../../../src/domain/shared/instants.ts';
import { maxHeaderSize } from '../../../src/http/node/server.ts';
import { maxBodyBytes } from '../../../src/http/pipeline/read-body.ts';
import { maxFieldErrors } from '../../../src/http/problems.ts';
import { contract, operations, walk } from '../../contract/contract.ts';
import { type Check, checkedOperations, checks } from '../../support/invalid-inputs.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const oneLine = (text: string) => text.replace(/\s+/g, ' ');
const grouped = (value: number) => value.toLocaleString('en');
const code = (problem: ProblemCode) => `\`${statusOf(problem)}\``;

/** A constant in the source of a module that does not export it. */
function constant(file: string, pattern: RegExp): number {
  const [, digits] = pattern.exec(read(file)) ?? [];
  if (digits === undefined) throw new Error(`${file} has no ${pattern.source}.`);
  return Number(digits.replaceAll('_', ''));
}

/** The lowest version of Node.js that a package supports. */
const nodeOf = (file: string) =>
  (JSON.parse(read(file)) as { engines: { node: string } }).engines.node.replace('>=', '');

const { EventName, EventDescription, Tags } = contract.components.schemas as Record<string, Record<string, number>>;
const { PersonName, Email, TicketCode } = contract.components.schemas as Record<string, Record<string, number>>;
const { Questions, Answer } = contract.components.schemas as Record<string, Record<string, number>>;
const questionsKB = `${maxQuestionsBytes / 1024} kB`;
const answersKB = `${maxAnswersBytes / 1024} kB`;
const pageMB = `${maxPageBytes / 1_000_000} MB`;
const calendarMB = `${maxCalendarBytes / 1_000_000} MB`;
const calendarCaching = { 900: 'a quarter of an hour' }[
  constant('src/domain/calendars/operations/get-calendar.ts', /'private, max-age=(\d+)'/)
];
const longText = grouped(Answer?.['maxLength'] ?? 0);
const maxScansOfRequest = (
  contract.components.schemas['CheckIns'] as unknown as { properties: { scans: { maxItems: number } } }
).properties.scans.maxItems;
const limitOf = (id: string) =>
  operations.find(({ operationId }) => operationId === id)?.parameters.find(({ name }) => name === 'limit')?.schema;
const registrationRate = operations.find(({ operationId }) => operationId === 'registerForEvent')?.['x-throttle']?.rate;
const readRate = operations.find(({ operationId }) => operationId === 'getEvent')?.['x-throttle']?.rate;
const checkInRate = operations.find(({ operationId }) => operationId === 'createCheckIns')?.['x-throttle']?.rate;
const limit = operations.flatMap(({ parameters }) => parameters).find(({ name }) => name === 'limit')?.schema;
const local = localSettings({});
/** The smallest QR code for the code of a ticket, at the level that the texts name. */
const qrCode = encode('a'.repeat(TicketCode?.['maxLength'] ?? 0), { ecc: 'Q', border: 0, boostEcc: false });
const tombstoneHours = tombstoneSeconds / 3600;
const bodyKiB = maxBodyBytes / 1024;
const maxDays = maxHours / 24;
const [shortClass, mediumClass, longClass] = durationClasses;
const years = `${firstYear}–${lastYear}`;

/** The life of an access token in words. Terraform decides it; a test of the local issuer compares its tokens with an hour. */
const tokenLife = { 60: 'one hour' }[constant('terraform/modules/api/identity.tf', /access_token_validity += (\d+)/)];
const errorsInWords = { 100: 'a hundred' }[maxFieldErrors];

const alarms = 'terraform/modules/api/alarms.tf';
const alarmVariable = (name: string) =>
  constant('terraform/modules/api/variables.tf', new RegExp(`variable "${name}" \\{[^}]*? default +=\\s+(\\d+)`));
/** After how many minutes an alarm is raised: all periods that it looks at. */
function minutesOf(alarm: string, file = alarms): number {
  const of = (attribute: string) =>
    constant(file, new RegExp(`"aws_cloudwatch_metric_alarm" "${alarm}" \\{[^]*?\\n  ${attribute} += (\\d+)`));
  return (of('period') * of('evaluation_periods')) / 60;
}
const inWords: Readonly<Record<number, string>> = { 3: 'three', 10: 'ten' };

const retry = (name: string) => constant('client/src/retry.ts', new RegExp(`\\b${name} = ([\\d_]+)`));
const option = (name: string) => constant('client/src/call.ts', new RegExp(`'${name}', ([\\d_]+)`));
const [, transient = ''] = /transient: readonly unknown\[\] = \[([\d, ]+)/.exec(read('client/src/retry.ts')) ?? [];
const transientStatuses = transient
  .split(', ')
  .filter((one) => one !== '')
  .map((one) => `\`${one}\``)
  .join(', ');
const deadlineInWords = { 60_000: 'one minute' }[option('deadlineMs')];
const clientKilobytes = constant('scripts/client/size.ts', /'\.': ([\d_]+)/) / 1000;
/** The oldest version of TanStack Query that passes its client to mutations. */
const tanStackQuery = /TanStack Query ([\d.]+) or later/.exec(
  readFileSync('client/src/tanstack-query.ts', 'utf8'),
)?.[1];
const schemaKilobytes = (name: string) =>
  constant('scripts/client/size.ts', new RegExp(`\\b${name}: ([\\d_]+)`)) / 1000;
const ok = (id: string) =>
  `\`${Object.keys(operations.find(({ operationId }) => operationId === id)?.responses ?? {})[0]}\``;

/** How long caches may keep a response without a token, as the contract says it. */
const [, storedSeconds] = /max-age=(\d+)/.exec(JSON.stringify(contract.components)) ?? [];
const storedFor = { 60: 'one minute' }[Number(storedSeconds)];
const notModified = `\`${Object.keys(operations.find(({ operationId }) => operationId === 'getEvent')?.responses ?? {})[1]}\``;

/** The sentences with numbers of each file, with the values of the code. */
const sentences: Readonly<Record<(typeof proseFiles)[number] | 'contract', readonly string[]>> = {
  contract: [
    `One request reads at most ${listBudget.items} events, including those that do not match`,
    `all that started in the ${maxDays} days before \`endsAfter\`.`,
    `after \`startsAt\`, by at most ${maxDays} days,`,
    `would last longer than ${maxDays} days.`,
    `The request body has more than ${grouped(maxBodyBytes)} bytes.`,
    `The request line and the headers have more than ${grouped(maxHeaderSize)} bytes.`,
    `its key cannot be reused for ${tombstoneHours} hours`,
    `anyone else gets ${code('event-not-found')}.`,
    `a required field cannot be removed (${code('invalid-request')}).`,
    `the response is ${code('precondition-failed')}`,
    `(otherwise ${code('invalid-filter')})`,
    `The body is larger than ${bodyKiB} KiB.`,
    `Years ${years}.`,
    `at most ${maxFieldErrors}.`,
    `outside the range ${years}.`,
    `A user can take up to ${maxNumbersPerUser} numbers for an event.`,
    `it replaces your name, address and answers (${ok('registerForEvent')})`,
    `otherwise the response is ${code('invalid-registration')}, with an error for each answer`,
    `A page has at most ${pageMB} of data,`,
    `at most ${questionsKB} in all`,
    `with up to ${maxTextLength} characters, to a \`long-text\` a string of several lines with up to ${longText} characters`,
    `at most ${answersKB} in all`,
    'registers you again with a new number (`201`).',
    `A user can have up to ${maxFeeds} feeds.`,
    `its URL returns ${code('calendar-not-found')}.`,
    `up to ${maxEntries} events, and up to ${calendarMB}, that have not ended or ended in the last ${daysAfterEnd} days`,
    `it would have ended, but at most ${daysAfterEnd} days after its start`,
    `the events of your latest ${maxEntries} registrations`,
    'is not sent again (`304`)',
    'one of them is current, the response is `304`',
    `kept for ${calendarCaching}, but not by shared caches`,
    // Code points, and a digest, as their standards name them.
    'isolate a direction (U+202A to U+202E and U+2066 to U+2069) are rejected;',
    'The direction marks U+200E, U+200F and U+061C are allowed.',
    `The SHA-256 digest of the ${TicketCode?.['maxLength']} characters of the code`,
    // How long a number may be without a registration before it is released: a minute.
    'If no one is registered, retry a minute later.',
    `ends with ${code('service-unavailable')} before that is finished, the event is gone already (${code('event-not-found')}); repeat \`deleteEvent\`, which continues the erasure, until it returns ${ok('deleteEvent')}.`,
    `The limit of ${maxNumbersPerUser} numbers for an event`,
    `Processes 1 to ${maxScansOfRequest} scans of tickets`,
    `Up to ${maxScans} scans of a ticket are stored.`,
    `once all ${maxScans} are undone, the next scan replaces the oldest.`,
    `its ${ok('listRegistrations')} has \`Vary: Accept\``,
    'More than 1 if it was shown again',
    `A token that is invalid or has expired is rejected (${code('unauthenticated')}).`,
    `has one of them, it is ${notModified} without a body.`,
    `Caches may keep the response for ${storedFor}.`,
    `Otherwise, caches may keep the response for ${storedFor}.`,
    `and caches may keep a response for ${storedFor};`,
  ],
  'README.md': [
    `up to ${maxFeeds} feeds per user; up to ${maxEntries} events in a feed (${calendarMB}), until ${daysAfterEnd} days after their end`,
    `Caches may keep it for ${storedFor}.`,
    `public and unlisted events one by one (\`getEvent\`), up to ${readRate} requests per second for all callers together`,
    `up to ${maxScansOfRequest} scans in a request, ${checkInRate} requests per second for all events together; the first ${maxScans} scans of a ticket are stored`,
    `up to ${grouped(limitOf('listRegistrations')?.['maximum'] as number)} registrations of an event (${pageMB}) and ${limitOf('listMyRegistrations')?.['maximum'] as number} of your own per page`,
    `up to ${Questions?.['maxItems']} per event, ${questionsKB} in all; answers of up to ${maxTextLength} characters (one line) or ${longText} (several lines), ${answersKB} in all per registration`,
    `name of up to ${PersonName?.['maxLength']} characters, email address (not verified) of up to ${Email?.['maxLength']}; up to ${maxNumbersPerUser} numbers for a person`,
    `${registrationRate} per second by the throttle of the gateway`,
    // What DynamoDB writes to one item, as AWS documents it.
    'up to 1,000 per second for an event',
    'An event takes up to 1,000 registrations per second',
    `You need Node.js ${nodeOf('package.json')} or later`,
    // What the release of DynamoDB Local needs that scripts/stack/database installs.
    'with Java 8 or later, for the database',
    'install Java 8 or later, or set',
    // Measured, not decided.
    'takes about half a minute',
    'it takes about two seconds',
    `${clientKilobytes} kB in total`,
    `| Node.js | ${nodeOf('package.json')} or later; the function runs on AWS Lambda's Node.js ${nodeMajor} |`,
    `Node.js ${nodeOf('client/package.json')}, Bun`,
    `up to ${bodyKiB} KiB`,
    `up to ${Number(limit?.['maximum'])} events per page; one request scans up to ${listBudget.items} events`,
    `name of ${EventName?.['minLength']}–${EventName?.['maxLength']} characters, description of up to ${grouped(EventDescription?.['maxLength'] ?? 0)}, up to ${Tags?.['maxItems']} tags, at most ${maxDays} days long, years ${years}`,
    `cannot be reused for ${tombstoneHours} hours`,
    `install ${nodeOf('package.json')} or later`,
    `${code('unauthenticated')} with a token that worked before | tokens expire after ${tokenLife},`,
  ],
  'SECURITY.md': [
    `It listens on ${loopback} only`,
    `which has ${8 * constant('src/domain/calendars/file-names.ts', /secretBytes = (\d+)/)} random bits`,
    '[decision 108](docs/decisions/0108-feeds-at-secret-urls.md)',
  ],
  'client/README.md': [
    `Node.js ${nodeOf('client/package.json')} or later`,
    `they add ${clientKilobytes} kB to`,
    `After a ${code('unauthenticated')} it is called`,
    `\`maxRetries\` times (${option('maxRetries')})`,
    `${code('too-many-requests')}, or ${code('service-unavailable')} with \`Retry-After\``,
    `${transientStatuses}, no connection`,
    `| ${code('unauthenticated')} | every operation, once`,
    `from ${retry('firstWaitMs') / 1000} to ${retry('maxWaitMs') / 1000} seconds`,
    `more than ${retry('maxRetryAfterMs') / 1000} seconds`,
    `version ${qrCode.version} (${qrCode.size} × ${qrCode.size} modules) up to the error correction level Q`,
    `An attempt may take ${option('timeoutMs') / 1000} seconds (\`timeoutMs\`), and a call ${deadlineInWords} in total (\`deadlineMs\`)`,
  ],
  'docs/glossary.md': [
    `up to ${shortClass.hours} hours, ${mediumClass.hours / 24} days, ${longClass.hours / 24} days, or longer`,
    `remains for ${tombstoneHours} hours after`,
    `the response is ${code('precondition-failed')}`,
  ],
  'docs/runbook.md': [
    // The heading and what leads to it, and what the alarm is about.
    '5xx responses',
    `more than ${alarmVariable('alarm_error_percent')} % of the requests in five minutes failed, of at least ${constant(alarms, /min_requests +=\s+(\d+)/)} requests, or with at least ${inWords[constant(alarms, /min_errors +=\s+(\d+)/)]} failures.`,
    `${code('internal-error')} with an \`error.name\`: a bug`,
    `${code('service-unavailable')} with an error of the database`,
    `${code('service-unavailable')} with \`IssuerUnavailable\``,
    `the p99 exceeded ${alarmVariable('alarm_latency_ms') / 1000} s for ${minutesOf('latency')} minutes.`,
    `no request for ${inWords[minutesOf('silence', 'terraform/modules/api/health.tf')]} minutes`,
    `use or reserve more than ${100 * constant(alarms, /threshold +=\s+([\d.]+) \* var\.concurrency_quota/)} % of the quota`,
    `DynamoDB failed for ${inWords[minutesOf('table_errors')]} minutes`,
    `Requests that wrote nothing get ${code('service-unavailable')} with \`Retry-After\``,
    `if it was not called for ${minutesOf('silence', 'terraform/examples/signed-in-check/main.tf')} minutes`,
    // What the gateway and Lambda do, as AWS documents it, and what removes a cap.
    '`503` in the access log without a line',
    '`403` or `404` from the gateway',
    'the gateway responded with `503`',
    'at most 1,000 more instances every ten seconds',
    'or set it to -1',
    '`5xx`: see *5xx responses*',
  ],
  'docs/settings.md': [
    `\`PORT\` (${local.port}), \`DYNAMODB_PORT\` (${local.databasePort}) and \`IDENTITY_PORT\` (${defaultIdentityPort})`,
    `\`CORS_ORIGINS\` (\`${local.corsOrigins}\`,`,
    `exits when they have finished, or after ${constant('src/http/node/server.ts', /grace = ([\d_]+)/) / 1000} seconds;`,
  ],
  'docs/site/01-getting-started.md': [`A token is valid for ${tokenLife}.`],
  'docs/site/02-authentication.md': [
    `without a valid token get ${code('unauthenticated')} before any other check`,
    `After a ${code('unauthenticated')} it calls`,
    `every operation for organizers returns ${code('forbidden')},`,
    `events that you cannot see return ${code('event-not-found')}, and events that you can see but not change return ${code('not-event-organizer')}.`,
  ],
  'docs/site/03-the-life-of-an-event.md': [
    `repeating it returns ${ok('publishEvent')} and changes nothing`,
    `the response is ${code('precondition-failed')} (\`precondition-failed\`), so that you can show`,
    `years outside ${years} are rejected`,
    `is rejected (${code('capacity-below-registrations')}, \`capacity-below-registrations\`)`,
    `registered or waiting (${code('event-has-registrations')}, \`event-has-registrations\`)`,
    `If the response is ${code('service-unavailable')}, the event may be gone (${code('event-not-found')}) while`,
  ],
  'docs/site/04-public-events.md': [
    `gets the same ${code('event-not-found')} as one that does not exist`,
    `is rejected with ${code('unauthenticated')}, and so is an empty one`,
    `${notModified} if the client has the current response`,
    `keep a public event for ${storedFor}`,
    `a change based on it is rejected with ${code('precondition-failed')}`,
  ],
  'docs/site/05-registering-and-waiting.md': [
    'at the end of the line (`201`)',
    `up to ${maxNumbersPerUser} numbers for an event; after that, the response is ${code('too-many-registrations')} (\`too-many-registrations\`)`,
    `replaces your name, address and answers (${ok('registerForEvent')})`,
    `can ask up to ${Questions?.['maxItems']} questions`,
    `a string with up to ${maxTextLength} characters`,
    `a string with up to ${longText} characters`,
    `maxLength: ${maxTextLength}`,
    `maxLength: ${Answer?.['maxLength']}`,
    `the response is ${code('invalid-registration')} (\`invalid-registration\`)`,
    `have at most ${answersKB}`,
    `(${code('event-full')}, \`event-full\`)`,
    `the key is consumed (${code('idempotency-key-consumed')})`,
    `(${code('registration-cancelled')}, \`registration-cancelled\`)`,
    `it fails with ${code('precondition-failed')}`,
    `rejected with ${code('event-full')} (\`event-full\`)`,
    `the response is ${code('registration-closed')}: \`registration-not-open\` or \`registration-closed\``,
    `cannot be deleted (${code('event-started')}, \`event-started\`)`,
    `Deleting again returns ${code('registration-not-found')}.`,
    `Up to ${grouped(Number(limitOf('listRegistrations')?.['maximum']))} registrations are on a page.`,
    `the pages are read, the response is ${code('invalid-cursor')} (\`invalid-cursor\`)`,
    `return ${code('not-event-organizer')} to everyone except the event's organizer`,
  ],
  'docs/site/06-checking-people-in.md': [
    `has a \`code\` of ${TicketCode?.['maxLength']} characters`,
    `takes up to ${maxScansOfRequest} scans`,
    `(${code('already-checked-in')}, \`already-checked-in\`)`,
  ],
  'docs/site/07-what-a-user-may-do.md': [],
  'docs/site/08-calendars.md': [
    `the old URL returns ${code('calendar-not-found')}`,
    `is not sent again (${notModified})`,
  ],
  'docs/site/09-pagination.md': [],
  'docs/site/10-idempotency.md': [
    `is rejected with ${code('idempotency-key-reused')} (\`idempotency-key-reused\`)`,
    `(${code('idempotency-key-consumed')}, \`idempotency-key-consumed\`)`,
    'Requests rejected with `4xx` do not',
    `repeating it returns ${ok('registerForEvent')} and the same registration`,
    `Repeating a deletion returns ${code('event-not-found')}, and`,
    `repeating an update with \`If-Match\` returns ${code('precondition-failed')}.`,
  ],
  'docs/site/11-concurrency.md': [
    `the response is ${code('precondition-failed')} with the current ETag`,
    `none of them is a ${notModified}.`,
    `so they never cause a ${code('precondition-failed')}.`,
    `the response is ${code('concurrent-change')} (\`concurrent-change\`)`,
    // A fact about another project.
    'Next.js 14 stores',
  ],
  'docs/site/12-errors.md': [
    `up to ${errorsInWords}.`,
    `${code('invalid-request')} means that the request does not match this contract, ${code('invalid-event')} that it is valid in form but not acceptable, and ${code('event-cancelled')} that it conflicts`,
    `is rejected with ${code('invalid-request')}:`,
    `${code('service-unavailable')} with \`Retry-After\` means that nothing was written`,
    `returned ${code('service-unavailable')} without \`Retry-After\``,
    `${code('too-many-requests')} means that nothing was done.`,
    `comes after its event: ${code('registration-not-found')}, then ${code('event-started')}.`,
  ],
  'docs/site/13-requests.md': [
    `An unknown path returns ${code('route-not-found')} with the code \`route-not-found\``,
    `an unsupported method returns ${code('method-not-allowed')} with \`Allow\` and the code \`method-not-allowed\``,
    'on any path of this contract returns `204` with `Allow`',
    // A quota of AWS.
    'behind the gateway, 10,240 bytes',
    `rejects the rest with ${code('too-many-requests')}`,
  ],
  'docs/site/21-react.md': [
    `needs TanStack Query ${tanStackQuery} or later, and adds ${constant('scripts/client/size.ts', /tanstack-query': ([\d_]+)/) / 1000} kB`,
    constant('client/src/tanstack-query.ts', /setTimeout\(resolve, (\d+)/) === 500 ? 'half a second later' : '',
  ],
  'docs/site/22-forms.md': [
    `an enum ${schemaKilobytes('eventStatuses')} kB, all limits ${schemaKilobytes('limits')} kB, \`createEventInput\` ${schemaKilobytes('createEventInput')} kB`,
    `\`registerForEventInput\` ${schemaKilobytes('registerForEventInput')} kB`,
    `\`timeZones\` has the names, in ${schemaKilobytes('withTimeZones')} kB`,
    `(${code('invalid-request')})`,
    `(${code('invalid-event')}, such as an end before`,
    `A state that does not allow the change (${code('capacity-below-registrations')})`,
  ],
  'docs/site/23-testing.md': [],
  // The version that has the functions of the guide.
  'docs/site/24-nextjs.md': ['the App Router of Next.js 16.'],
  'docs/site/25-vue-svelte-solid.md': [],
  'docs/site/26-react-native.md': [],
  'docs/site/14-versioning.md': ['Before 1.0.0, a breaking change bumps the minor version; from 1.0.0 on'],
};

/** What each check looks at, as the guide says it; the checks after these look at the event. */
const subjects: Partial<Record<Check, string>> = {
  'route-not-found': 'path',
  'method-not-allowed': 'method',
  unauthenticated: 'token',
  forbidden: 'role',
  'unsupported-media-type': 'media type',
  'body-too-large': 'size',
  'invalid-request': 'the rest of the request',
};
const statusOfCheck = (check: Check) => code(check === 'conflict' ? 'event-cancelled' : check);
const beforeEvent = checks.filter((check) => subjects[check] !== undefined);
const ofEvent = (
  ['event-not-found', 'not-event-organizer', 'precondition-failed', 'conflict', 'invalid-event'] as const
).toSorted((one, other) => checks.indexOf(one) - checks.indexOf(other));
const ofCreation = (checkedOperations.find(({ operationId }) => operationId === 'createEvent')?.checks ?? []).slice(-3);
const [bodyCheck, ...keyChecks] = ofCreation.map(statusOfCheck);

/** The order of checks; test/http/order-of-checks.test.ts compares it with the server. */
const orderOfChecks = [
  `${beforeEvent.map((check) => `${subjects[check]} (${statusOfCheck(check)})`).join(', ')}, then the event: ${ofEvent.map(statusOfCheck).join(', ')}.`,
  `(\`createEvent\`: ${bodyCheck} for the body, then ${keyChecks[0]}, then ${keyChecks[1]} for the key.)`,
];

/** The prose of the contract: everything that people read and no program does. */
function proseOfContract(): string {
  const keys = ['description', 'summary', 'title', 'detail', 'remedy'];
  const texts = [...walk(contract)]
    .filter(([pointer]) => !/\/(examples?|properties)$|\/example(s\/|\/|$)/.test(pointer))
    .flatMap(([pointer, node]) =>
      Object.entries(node).filter(([key]) => keys.includes(key) || pointer.endsWith('/x-enumDescriptions')),
    )
    .map(([, text]) => text);
  return texts.filter((text) => typeof text === 'string').join('\n\n');
}

const texts = Object.entries(sentences).map(([name, own]) => ({
  name,
  text: name === 'contract' ? proseOfContract() : read(name),
  own: name === 'docs/site/12-errors.md' ? [...own, ...orderOfChecks] : own,
}));

/** Where a sentence is in a text, whose lines may be broken anywhere. */
function spansOf(sentence: string, text: string): { readonly start: number; readonly end: number }[] {
  const pattern = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  return [...text.matchAll(new RegExp(pattern, 'g'))].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

describe.each(texts)('the numbers in $name', ({ text, own }) => {
  it('are those of the code', () => {
    expect(own.filter((sentence) => spansOf(sentence, text).length === 0)).toEqual([]);
  });

  it('are all compared with the code: a new one needs a sentence in this test', () => {
    const spans = own.flatMap((sentence) => spansOf(sentence, text));
    const others = numbersIn(text).filter(
      ({ index }) => !spans.some(({ start, end }) => start <= index && index < end),
    );
    expect(others.map(({ index }) => oneLine(text.slice(Math.max(0, index - 40), index + 40)))).toEqual([]);
  });
});

it('the comments of the options of the client name their defaults', () => {
  const comments = read('client/src/types.ts');
  expect(comments).toContain(`a call that may be retried: ${option('maxRetries')}.`);
  expect(comments).toContain(`including its body, in milliseconds: ${grouped(option('timeoutMs'))}.`);
  expect(comments).toContain(`including delays, in milliseconds: ${grouped(option('deadlineMs'))}.`);
});
