/** Texts, URLs and times as people send them, and what they are told about those that cannot be accepted. */
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { createRequest, minimalEvent, pathOf, publishedEvent, updateRequest, venue } from '../support/writes.ts';

const [composed, decomposed] = ['Caf\u00e9', 'Cafe\u0301'];

describe.each(transports)('texts for people (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const create = (members: object, headers = {}) => api.send(createRequest({ ...minimalEvent, ...members }, headers));
  /** The sentence about a body with one error. */
  async function sentenceAbout(members: object): Promise<string> {
    const response = await create(members);
    expect([response.status, response.body.errors]).toEqual([400, [expect.anything()]]);
    return response.body.errors[0].detail as string;
  }

  it('are stored in their normal form', async () => {
    const sent = {
      name: `  ${decomposed}\u3000`,
      description: ' One\r\n\r\ntwo\n',
      timeZone: 'Europe/Berlin ',
      location: { kind: 'venue', name: `\u200b${decomposed}`, address: 'Uferstraße 12\r10115 Berlin ' },
      tags: [' music', decomposed],
    };
    const stored = {
      name: composed,
      description: 'One\n\ntwo',
      timeZone: 'Europe/Berlin',
      location: { kind: 'venue', name: composed, address: 'Uferstraße 12\n10115 Berlin' },
      tags: ['music', composed],
    };
    const created = await create(sent);
    expect(created).toMatchObject({ status: 201, body: stored });
    const path = pathOf(created);
    expect(await api.send({ path, as: 'organizer' })).toMatchObject({ status: 200, body: stored });
    expect(await api.send(updateRequest(sent, path))).toMatchObject({
      status: 200,
      body: { ...stored, etag: created.body.etag },
    });
    expect(await api.send(updateRequest({ description: ' \n' }, path))).toMatchObject({ body: { description: '' } });
  });

  it('keep the line breaks of a reason', async () => {
    const path = await publishedEvent(api);
    const response = await api.send({
      ...createRequest({ reason: 'A storm.\r\nStay at home.\n' }),
      path: `${path}/cancel`,
    });
    expect(response).toMatchObject({ status: 200, body: { cancellation: { reason: 'A storm.\nStay at home.' } } });
  });

  it.each([
    ['blanks', '     '],
    ['zero-width characters', '\u200b\u200c\u200d\ufeff'],
    ['soft hyphens', '\u00ad\u00ad\u00ad'],
  ])('must have visible characters, not only %s', async (_, text) => {
    expect(await sentenceAbout({ name: text })).toBe('must have at least 3 characters');
    expect(await sentenceAbout({ tags: ['a', text] })).toBe('must have a visible character');
    expect(await sentenceAbout({ location: { ...venue, name: text } })).toBe('must have a visible character');
    expect(await sentenceAbout({ location: { ...venue, address: text } })).toBe('must have a visible character');
  });

  it.each(['a\0bc', 'abc\u202ecba', 'a\nbc', 'a\tbc'])('must not contain control characters: %j', async (text) => {
    const sentence = 'must be one line without control characters and bidirectional formatting characters';
    for (const members of [{ name: text }, { tags: [text] }, { location: { ...venue, name: text } }])
      expect(await sentenceAbout(members)).toBe(sentence);
    if (!/[\n\t]/.test(text))
      expect(await sentenceAbout({ description: text })).toBe(
        'must not contain control characters or bidirectional formatting characters, except line breaks and tabs',
      );
  });

  it('are at most as long as the contract says as they are sent, and at least in their normal form', async () => {
    expect((await create({ name: ` ${'e\u0301'.repeat(49)} ` })).status).toBe(201);
    expectProblem(await create({ name: '  ab  ' }), 'invalid-request', { errors: [['/name', 'too-short']] });
    expectProblem(await create({ name: 'e\u0301'.repeat(51) }), 'invalid-request', {
      errors: [['/name', 'too-long']],
    });
  });

  it('make tags equal that differ in their spelling only', async () => {
    for (const tags of [
      ['music', ' music'],
      [composed, decomposed],
    ]) {
      expectProblem(await create({ tags }), 'invalid-request', { errors: [['/tags', 'duplicate-item']] });
    }
    for (const [tags, place] of [
      [['Music', 'music'], 1],
      [['a', 'Café', 'b', 'ＣＡＦＥ'], 3],
    ] as const) {
      expectProblem(await create({ tags }), 'invalid-event', { errors: [[`/tags/${place}`, 'duplicate-item']] });
    }
  });

  it('find tags in any spelling', async () => {
    await publishedEvent(api, { tags: [`${decomposed} ${transport}`] });
    for (const tag of [`${composed} ${transport}`, ` ${decomposed} ${transport} `]) {
      const path = `/events?startsFrom=2030-01-01T00:00:00Z&tag=${encodeURIComponent(tag)}`;
      expect((await api.send({ path, as: 'attendee' })).body).toMatchObject({
        items: [{ tags: [`${composed} ${transport}`] }],
      });
    }
    expectProblem(await api.send({ path: '/events?tag=a%00b', as: 'attendee' }), 'invalid-request', {
      errors: [['tag', 'invalid-format']],
    });
    expectProblem(await api.send({ path: '/events?tag=%20', as: 'attendee' }), 'invalid-request', {
      errors: [['tag', 'too-short']],
    });
  });

  it('make a request in another spelling a retry with the same Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': `spelling-${transport}` };
    const imageUrl = 'https://pictures.example.com/K%C3%B6ln';
    const first = await create({ name: composed, imageUrl }, key);
    const second = await create({ name: ` ${decomposed}`, imageUrl: 'https://pictures.example.com/Köln ' }, key);
    expect(second).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: first.body });
    expectProblem(await create({ name: 'Cafe', imageUrl }, key), 'idempotency-key-reused');
  });

  it('make URLs valid, or say what is expected', async () => {
    const url = ' https://meet.example.com/Köln?a={b} ';
    expect(await create({ imageUrl: url, location: { kind: 'online', url } })).toMatchObject({
      status: 201,
      body: {
        imageUrl: 'https://meet.example.com/K%C3%B6ln?a=%7Bb%7D',
        location: { url: 'https://meet.example.com/K%C3%B6ln?a=%7Bb%7D' },
      },
    });
    for (const wrong of ['https://?x=1', 'https://%20', 'meet.example.com', 'http://meet.example.com/a']) {
      expect(await sentenceAbout({ location: { kind: 'online', url: wrong } })).toBe(
        'must be an https URL with a host, such as https://meet.example.com/riverside',
      );
    }
  });

  it.each(['2030-06-21', '2030-06-21T20:00', '2030-06-21T20:00:00', 'tomorrow', '', '2030-02-30T20:00:00Z'])(
    'say what is missing in a time, with an example: %j',
    async (startsAt) => {
      const sentence = 'must be a date and time with an offset, such as 2030-06-21T20:00:00+02:00';
      expect(await sentenceAbout({ startsAt })).toBe(sentence);
      const path = `/events?startsFrom=${encodeURIComponent(startsAt)}`;
      expect((await api.send({ path, as: 'attendee' })).body.errors).toEqual([
        { parameter: 'startsFrom', code: 'invalid-format', detail: sentence },
      ]);
    },
  );

  it('say how to write a plus in a query', async () => {
    const { body } = await api.send({ path: '/events?startsFrom=2030-06-21T20:00:00+02:00', as: 'attendee' });
    expect(body.errors[0].detail).toBe(
      'must be a date and time with an offset, such as 2030-06-21T20:00:00+02:00; a raw "+" is a space: write %2B',
    );
  });

  it('name the kinds of a location that has none', async () => {
    expect((await create({ location: { name: 'x' } })).body.errors).toEqual([
      { pointer: '/location/kind', code: 'required', detail: 'is required: one of venue, online, hybrid' },
    ]);
  });
});
