import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem, fieldErrorsOf } from '../support/problems.ts';
import { updateRequest, createRequest, minimalEvent, pathOf, venue } from '../support/writes.ts';

/** The JSON of a valid event with more fields as text, for what `JSON.stringify` would not write. */
const textWith = (members: string) => `${JSON.stringify(minimalEvent).slice(0, -1)},${members}}`;

const malformed = (what: string) => ({ detail: `The body ${what}.` });

describe.each(transports)('the parsing of JSON (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each([
    '{',
    '{}}',
    "{'a':1}",
    '{"a":1,}',
    '[1 2]',
    'undefined',
    'NaN',
    '{"a":01}',
    '{"a":"\t"}',
    '{"a":"\\x"}',
    '{"a":"\\ud83"}',
    '// none\n{}',
    ' ',
    'name=a',
    '<a/>',
  ])('rejects %j as malformed', async (text) => {
    expectProblem(await api.send(createRequest(text)), 'malformed-body', malformed('is not valid JSON'));
    expectProblem(await api.send(updateRequest(text)), 'malformed-body', malformed('is not valid JSON'));
  });

  it.each([
    ['a stray byte', [0xff]],
    ['a truncated character', [0xc3]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('rejects invalid UTF-8: %s', async (_, bytes) => {
    const body = Buffer.concat([Buffer.from('{"name":"abc'), Buffer.from(bytes), Buffer.from('"}')]);
    expectProblem(await api.send(createRequest(body)), 'malformed-body', malformed('is not valid UTF-8'));
  });

  it('rejects UTF-16 and a byte order mark', async () => {
    expectProblem(
      await api.send(createRequest(Buffer.from('\ufeff{}', 'utf16le'))),
      'malformed-body',
      malformed('is not valid UTF-8'),
    );
    expectProblem(await api.send(createRequest('\ufeff{}')), 'malformed-body', malformed('is not valid JSON'));
  });

  it.each([
    '"description":"\\ud800"',
    '"description":"\\uDFFF"',
    '"description":"a\\ud83db"',
    '"description":"\\ude00\\ud83d"',
    '"description":"\\ud83d\\ud83d\\ude00"',
    '"description":"\\ud83d\\n\\ude00"',
    '"description":"\\ud83d\\u0041\\ude00"',
    '"description":"\\\\\\ud83d"',
    '"tags":["\\uD83D"]',
    '"\\ud800":1',
  ])('rejects an unpaired surrogate: %s', async (members) => {
    expectProblem(
      await api.send(createRequest(textWith(members))),
      'malformed-body',
      malformed('has an unpaired surrogate'),
    );
  });

  it.each([
    ['"description":"\\ud83d\\ude00"', '😀'],
    ['"description":"\\uD83D\\uDE00\\uD83D\\uDE00"', '😀😀'],
    ['"description":"\\\\ud800"', '\\ud800'],
    ['"description":"\\\\\\\\udfff \\" \\\\"', '\\\\udfff " \\'],
    ['"description":"\\ud7ff\\ue000"', '\ud7ff\ue000'],
    ['"description":"😀\\ufffd"', '😀\ufffd'],
  ])('keeps complete characters unchanged: %s', async (members, description) => {
    const path = pathOf(await api.send(createRequest(textWith(members))));
    expect(await api.send({ path, as: 'organizer' })).toMatchObject({ status: 200, body: { description } });
  });

  it('counts characters, not code units', async () => {
    const created = await api.send(createRequest({ ...minimalEvent, name: '🎷'.repeat(100), tags: ['🎺'.repeat(50)] }));
    expect(created).toMatchObject({ status: 201, body: { name: '🎷'.repeat(100) } });
    const rejected = await api.send(createRequest({ ...minimalEvent, name: '🎷🎷', tags: ['🎺'.repeat(51)] }));
    expectProblem(rejected, 'invalid-request', {
      errors: [
        ['/name', 'too-short'],
        ['/tags/0', 'too-long'],
      ],
    });
  });

  it('treats __proto__ and constructor as unknown fields', async () => {
    const text = textWith(
      '"__proto__":{"capacity":5},"constructor":{"prototype":{"capacity":5}},"location":{"__proto__":{"kind":"venue"},"toString":1}',
    );
    const errors = [
      ['/__proto__', 'unknown-field'],
      ['/constructor', 'unknown-field'],
      ['/location/kind', 'required'],
    ] as const;
    expectProblem(await api.send(createRequest(text)), 'invalid-request', { errors });
    const nested = textWith(`"location":${JSON.stringify(venue).slice(0, -1)},"__proto__":{"a":1}}`);
    expectProblem(await api.send(createRequest(nested)), 'invalid-request', {
      errors: [['/location/__proto__', 'unknown-field']],
    });
    expectProblem(await api.send(updateRequest('{"__proto__":{"name":"abc"}}')), 'invalid-request', {
      errors: [['/__proto__', 'unknown-field']],
    });
    expect(({} as Record<string, unknown>)['capacity']).toBeUndefined();
  });

  it.each([
    [
      'two equal tags',
      `"tags":[${'['.repeat(15_000)}${']'.repeat(15_000)},${'['.repeat(15_000)}${']'.repeat(15_000)}]`,
      [
        ['/tags/0', 'invalid-type'],
        ['/tags/1', 'invalid-type'],
      ],
    ],
    [
      'a description',
      `"description":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      [['/description', 'invalid-type']],
    ],
    ['a location', `"location":${'['.repeat(30_000)}${']'.repeat(30_000)}`, [['/location', 'invalid-type']]],
    [
      'a capacity',
      `"capacity":${'['.repeat(30_000)}"\\ud83d\\ude00"${']'.repeat(30_000)}`,
      [['/capacity', 'invalid-type']],
    ],
    ['an unknown field', `"x":${'['.repeat(30_000)}${']'.repeat(30_000)}`, [['/x', 'unknown-field']]],
  ] as const)(
    'rejects values that are nested thousands of levels deep within 2 seconds: %s',
    async (_, members, errors) => {
      const started = performance.now();
      expectProblem(await api.send(createRequest(textWith(members))), 'invalid-request', { errors });
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  it('lists at most 100 errors', async () => {
    const tags = await api.send(
      createRequest(textWith(`"tags":[${Array.from({ length: 16_000 }, () => '""').join()}]`)),
    );
    // The list is too long; the first items of it are named.
    expectProblem(tags, 'invalid-request', {
      errors: [['/tags', 'too-many'], ...Array.from({ length: 15 }, (_, at) => [`/tags/${at}`, 'too-short'] as const)],
    });
    const names = await api.send(
      createRequest(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`x${at}`, 1]))),
    );
    expect(names.status).toBe(400);
    expect(names.body.errors).toHaveLength(100);
  });

  it('truncates the pointer to a field with a long name', async () => {
    const response = await api.send(createRequest({ ...minimalEvent, ['x'.repeat(60_000)]: 1 }));
    expect(response.status).toBe(400);
    expect(response.body.errors[0].pointer.length).toBeLessThanOrEqual(1024);
  });

  it('uses the last of two fields with the same name, as JavaScript does', async () => {
    expect(await api.send(createRequest(textWith('"name":"The Second Name"')))).toMatchObject({
      status: 201,
      body: { name: 'The Second Name' },
    });
  });

  it.each(['1e400', '-0', '1.5', '1e-7', '9007199254740993', '1000001'])(
    'rejects the capacity %s',
    async (capacity) => {
      const response = await api.send(createRequest(textWith(`"capacity":${capacity}`)));
      expect(response).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(new Set(fieldErrorsOf(response).map(([place]) => place))).toEqual(new Set(['/capacity']));
    },
  );
});
