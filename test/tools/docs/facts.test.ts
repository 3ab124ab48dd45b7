/** Tables of the documentation that state rules and defaults, compared with the code. */
import { readFileSync } from 'node:fs';
import type { Visibility } from '../../../src/contract/generated/types.ts';
import { type ConfigError, loadConfig } from '../../../src/config.ts';
import { isListed, isVisible } from '../../../src/domain/events/model.ts';
import { canCancel, canChangeDetails } from '../../../src/domain/registrations/rules.ts';
import { newSeats } from '../../../src/domain/shared/seats/model.ts';
import { registrationProblem } from '../../../src/domain/shared/seats/rules.ts';
import { forEachTable, tableNameVariable } from '../../../src/storage/tables.ts';
import { contract } from '../../contract/contract.ts';

/** The rows of the table that has this row as its head, without the head. */
function tableOf(page: string, head: readonly string[]): string[][] {
  const lines = readFileSync(`docs/${page}.md`, 'utf8').split('\n');
  const start = lines.indexOf(`| ${head.join(' | ')} |`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) => line.slice(2, -2).split(' | '));
}

const enumOf = (name: string) =>
  (contract.components.schemas[name] as unknown as { readonly enum: readonly string[] }).enum;

it('the guide about public events says who can get an event, and where it is listed', () => {
  const rows = tableOf('site/04-public-events', [
    'visibility',
    'who can get the event',
    'in lists of published events',
  ]);
  const visibilities = rows.map(([name = '']) => name.split('`')[1] as Visibility);
  expect([...visibilities].sort()).toEqual([...enumOf('Visibility')].sort());
  for (const [index, visibility] of visibilities.entries()) {
    const event = { status: 'published', organizerId: 'organizer', visibility } as const;
    const [, who, listed] = rows[index] ?? [];
    expect([visibility, who]).toEqual([
      visibility,
      expect.stringMatching(isVisible(event, undefined) ? /^anyone.* without a token$/ : /^every signed-in user$/),
    ]);
    expect([visibility, listed]).toEqual([visibility, expect.stringMatching(isListed(event) ? /^yes$/ : /^no: /)]);
  }
});

it('the guide about registering says until when people can do what', () => {
  const times = {
    'registration closes': '2030-06-20T12:00:00Z',
    'the event starts': '2030-06-21T18:00:00Z',
    'the event ends': '2030-06-21T22:00:00Z',
  } as const;
  const [closesAt, startsAt, endsAt] = Object.values(times) as [string, string, string];
  const event = { status: 'published', startsAt, endsAt } as const;
  const seats = newSeats({ closesAt, waitlist: true }, undefined, closesAt);
  const rules: Readonly<Record<string, (at: string) => boolean>> = {
    register: (at) => registrationProblem(event, seats, at) === undefined,
    cancel: (at) => canCancel(event, at),
    change: (at) => canChangeDetails(event, at),
  };
  const endOf = (rule: (at: string) => boolean) => Object.entries(times).find(([, at]) => !rule(at))?.[0];
  const rows = tableOf('site/05-registering-and-waiting', ['until', 'what you can do']);
  expect(rows.map(([until, what = '']) => [until, /^\w+/.exec(what)?.[0]]).slice(0, 3)).toEqual(
    Object.entries(rules).map(([what, rule]) => [endOf(rule), what]),
  );
});

it('the guide about checking people in explains every outcome', () => {
  const rows = tableOf('site/06-checking-people-in', ['outcome', 'meaning', 'at the door']);
  const { properties } = contract.components.schemas['CheckInOutcome'] as unknown as {
    readonly properties: { readonly outcome: { readonly enum: readonly string[] } };
  };
  expect(rows.map(([outcome = '']) => outcome.split('`')[1]).sort()).toEqual([...properties.outcome.enum].sort());
});

it('the page about settings lists those of the application, with their defaults', () => {
  const read: string[] = [];
  const noSettings = new Proxy({}, { get: (_, name) => void read.push(String(name)) });
  let missing: readonly string[] = [];
  try {
    loadConfig(noSettings);
  } catch (error) {
    missing = (error as ConfigError).errors.map((line) => line.split(' ')[0] ?? '');
  }
  const issuer = 'https://id.example.com';
  const config = loadConfig({ AWS_REGION: 'us-east-1', TOKEN_ISSUER: issuer, TOKEN_CLIENT_ID: 'app' });
  const { http, database, tokens, groups } = config;
  const defaults: Readonly<Record<string, unknown>> = {
    TOKEN_JWKS_URI: tokens.jwksUri.replace(issuer, '<issuer>'),
    ORGANIZERS_GROUP: groups.organizer,
    DYNAMODB_ENDPOINT: database.endpoint ?? 'that of AWS',
    ...Object.fromEntries(
      Object.values(forEachTable((name) => [tableNameVariable(name), database.tableNames[name]] as const)),
    ),
    BASE_PATH: config.basePath || 'none',
    PORT: http.port,
    HOST: http.host,
    CORS_ORIGINS: config.corsOrigins.join() || 'none',
    CORS_HEADERS: config.corsHeaders.join() || 'none',
  };
  const rows = tableOf('settings', ['variable', 'default', 'meaning']).flatMap(([names = '', values = '']) => {
    const each = values.replaceAll('`', '').split(', ');
    return names.split(', ').map((name, index) => [name.replaceAll('`', ''), each[index] ?? ''] as const);
  });
  // Lambda sets the version of the function.
  const settings = new Set(read.filter((name) => name !== 'AWS_LAMBDA_FUNCTION_VERSION'));
  expect(rows.map(([name]) => name).sort()).toEqual([...settings].sort());
  for (const [name, value] of rows)
    expect([name, value.startsWith('required') ? 'required' : value]).toEqual([
      name,
      missing.includes(name) ? 'required' : String(defaults[name]),
    ]);
});
