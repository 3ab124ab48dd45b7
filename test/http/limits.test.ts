/** The limits of the fields of a body, written a second time: a test derived from the contract would change with it. */
import type { EventCreate, FieldErrorCode } from '../../src/contract/generated/types.ts';
import { optionalFields } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, draft, type Event, minimal, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

const x = (count: number) => 'x'.repeat(count);
const venue = (members: object) => ({
  location: { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12', ...members },
});
const hybrid = (members: object) => venue({ kind: 'hybrid', url: 'https://meet.example.com', ...members });
const online = (members: object) => ({ location: { kind: 'online', url: 'https://meet.example.com', ...members } });
const url = (length: number) => `https://example.com/${x(length - 'https://example.com/'.length)}`;
const tags = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
const fraction = (length: number) => `2030-07-13T10:00:00.${'0'.repeat(length - 21)}Z`;

const accepted: readonly [string, Partial<EventCreate> | object][] = [
  ['a name of 3 characters', { name: x(3) }],
  ['a name of 100 characters', { name: x(100) }],
  ['an empty description', { description: '' }],
  ['a description of 1,000 characters', { description: x(1_000) }],
  ['a start of 20 characters', { startsAt: '2030-07-13T10:00:00Z' }],
  ['a start of 64 characters', { startsAt: fraction(64) }],
  ['a venue with a name and an address of 1 character', venue({ name: 'x', address: 'x' })],
  ['a venue with a name of 100 characters and an address of 300', venue({ name: x(100), address: x(300) })],
  ['a hybrid location with values of the maximum lengths', hybrid({ name: x(100), address: x(300), url: url(2_048) })],
  ['a URL of 9 characters', online({ url: 'https://x' })],
  ['a URL of 2,048 characters', online({ url: url(2_048) })],
  ["an organizer's name of 1 character", { organizerName: 'x' }],
  ["an organizer's name of 100 characters", { organizerName: x(100) }],
  ['an image URL of 9 characters', { imageUrl: 'https://x' }],
  ['an image URL of 2,048 characters', { imageUrl: url(2_048) }],
  ['a capacity of 1', { capacity: 1 }],
  ['a capacity of 1,000,000', { capacity: 1_000_000 }],
  ['10 tags', { tags: tags(10) }],
  ['tags of 1 and of 50 characters', { tags: ['x', x(50)] }],
];

const rejected: readonly [string, object, readonly (readonly [string, FieldErrorCode])[]][] = [
  ['a name of 2 characters', { name: x(2) }, [['/name', 'too-short']]],
  ['a name of 101 characters', { name: x(101) }, [['/name', 'too-long']]],
  ['a name that is a number', { name: 123 }, [['/name', 'invalid-type']]],
  ['a description of 1,001 characters', { description: x(1_001) }, [['/description', 'too-long']]],
  ['a start of 65 characters', { startsAt: fraction(65) }, [['/startsAt', 'too-long']]],
  ['a start without seconds', { startsAt: '2030-07-13T10:00+00:00' }, [['/startsAt', 'invalid-format']]],
  ['a start on February 30', { startsAt: '2030-02-30T10:00:00Z' }, [['/startsAt', 'invalid-format']]],
  ['an end with a space', { endsAt: '2030-07-14 20:00:00Z' }, [['/endsAt', 'invalid-format']]],
  ['an empty time zone', { timeZone: '' }, [['/timeZone', 'too-short']]],
  ['a time zone of 65 characters', { timeZone: x(65) }, [['/timeZone', 'too-long']]],
  ['a venue without name', venue({ name: undefined }), [['/location/name', 'required']]],
  ['a venue without address', venue({ address: undefined }), [['/location/address', 'required']]],
  [
    'a venue with an empty name and an empty address',
    venue({ name: '', address: '' }),
    [
      ['/location/address', 'too-short'],
      ['/location/name', 'too-short'],
    ],
  ],
  [
    'a venue with a name of 101 characters and an address of 301',
    venue({ name: x(101), address: x(301) }),
    [
      ['/location/address', 'too-long'],
      ['/location/name', 'too-long'],
    ],
  ],
  ['a venue with a URL', venue({ url: 'https://meet.example.com' }), [['/location/url', 'unknown-field']]],
  [
    'a hybrid location without its fields',
    { location: { kind: 'hybrid' } },
    [
      ['/location/address', 'required'],
      ['/location/name', 'required'],
      ['/location/url', 'required'],
    ],
  ],
  ['a hybrid location with an unknown field', hybrid({ floor: 3 }), [['/location/floor', 'unknown-field']]],
  ['an online location without its URL', online({ url: undefined }), [['/location/url', 'required']]],
  ['an online location with a name', online({ name: 'Harbour Stage' }), [['/location/name', 'unknown-field']]],
  ['a URL without a host', online({ url: 'https://' }), [['/location/url', 'invalid-format']]],
  ['a URL of 2,049 characters', online({ url: url(2_049) }), [['/location/url', 'too-long']]],
  ['a URL without TLS', online({ url: 'http://meet.example.com' }), [['/location/url', 'invalid-format']]],
  [
    'a URL with a space in its host',
    online({ url: 'https://meet example.com/a' }),
    [['/location/url', 'invalid-format']],
  ],
  ['an unknown kind of location', { location: { kind: 'elsewhere' } }, [['/location/kind', 'invalid-value']]],
  ['a location that is a string', { location: 'Harbour Stage' }, [['/location', 'invalid-type']]],
  ["an empty organizer's name", { organizerName: '' }, [['/organizerName', 'too-short']]],
  ["an organizer's name of invisible characters", { organizerName: '\u200B\u2060' }, [['/organizerName', 'too-short']]],
  ["an organizer's name of 101 characters", { organizerName: x(101) }, [['/organizerName', 'too-long']]],
  ["an organizer's name of two lines", { organizerName: 'a\nb' }, [['/organizerName', 'invalid-format']]],
  ["an organizer's name that is a list", { organizerName: ['x'] }, [['/organizerName', 'invalid-type']]],
  ['an image URL without a host', { imageUrl: 'https://' }, [['/imageUrl', 'invalid-format']]],
  ['an image URL of 2,049 characters', { imageUrl: url(2_049) }, [['/imageUrl', 'too-long']]],
  ['an image URL without TLS', { imageUrl: 'http://example.com/a.jpg' }, [['/imageUrl', 'invalid-format']]],
  ['an image URL that is a script', { imageUrl: 'javascript:alert(1)//https://' }, [['/imageUrl', 'invalid-format']]],
  ['an image in a data URL', { imageUrl: 'data:image/svg+xml,https://' }, [['/imageUrl', 'invalid-format']]],
  ['an image URL that is not a string', { imageUrl: ['https://example.com/a.jpg'] }, [['/imageUrl', 'invalid-type']]],
  ['a capacity of 0', { capacity: 0 }, [['/capacity', 'too-small']]],
  ['a capacity of 1,000,001', { capacity: 1_000_001 }, [['/capacity', 'too-large']]],
  ['a capacity that is a string', { capacity: '400' }, [['/capacity', 'invalid-type']]],
  ['11 tags', { tags: tags(11) }, [['/tags', 'too-many']]],
  [
    'an empty tag and one of 51 characters',
    { tags: ['', x(51)] },
    [
      ['/tags/0', 'too-short'],
      ['/tags/1', 'too-long'],
    ],
  ],
  ['the same tag twice', { tags: ['jazz', 'jazz'] }, [['/tags', 'duplicate-item']]],
  ['tags that are a string', { tags: 'jazz' }, [['/tags', 'invalid-type']]],
];

describe.each(transports)('the limits of an event (%s)', (transport) => {
  let api: TestApi;
  let event: Event;
  beforeAll(async () => {
    api = await startTestApi(transport);
    event = await draft(api);
  });
  afterAll(() => api.stop());

  it.each(accepted)('allow %s', async (_title, members) => {
    await draft(api, { ...minimal, ...members });
    const { startsAt, endsAt } = minimal;
    await succeed(api, 'updateEvent', event, { body: { startsAt, endsAt, ...members } });
  });

  it.each(rejected)('reject %s', async (_title, members, errors) => {
    expectProblem(await call(api, 'createEvent', undefined, { body: { ...minimal, ...members } }), 'invalid-request', {
      errors,
    });
    expectProblem(await call(api, 'updateEvent', event.eventId, { body: members }), 'invalid-request', { errors });
  });

  it.each(Object.keys(minimal))('require %s', async (name) => {
    const errors = [[`/${name}`, 'required']] as const;
    expectProblem(
      await call(api, 'createEvent', undefined, { body: { ...minimal, [name]: undefined } }),
      'invalid-request',
      { errors },
    );
    const kept = [[`/${name}`, 'invalid-type']] as const;
    expectProblem(await call(api, 'updateEvent', event.eventId, { body: { [name]: null } }), 'invalid-request', {
      errors: kept,
    });
  });

  it.each(optionalFields)('allow %s to be omitted and removed, but not to be null in createEvent', async (name) => {
    expect(await draft(api, minimal)).not.toHaveProperty(name);
    expect(await succeed(api, 'updateEvent', event, { body: { [name]: null } })).not.toHaveProperty(name);
    const errors = [[`/${name}`, 'invalid-type']] as const;
    expectProblem(
      await call(api, 'createEvent', undefined, { body: { ...minimal, [name]: null } }),
      'invalid-request',
      { errors },
    );
  });

  it('allow a cancellation reason of 1 to 500 characters', async () => {
    for (const [reason, code] of [
      ['', 'too-short'],
      [x(501), 'too-long'],
      [5, 'invalid-type'],
      [null, 'invalid-type'],
    ] as const) {
      expectProblem(await call(api, 'cancelEvent', event.eventId, { body: { reason } }), 'invalid-request', {
        errors: [['/reason', code]],
      });
    }
    for (const reason of ['x', x(500)]) {
      expect(await succeed(api, 'cancelEvent', await published(api), { body: { reason } })).toMatchObject({
        cancellation: { reason },
      });
    }
  });
});
