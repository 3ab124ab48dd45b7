import type { OpenApiDocument } from '../../src/openapi/document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const text = { type: 'string' };
const retired = (since: string, sunset?: string) => ({
  deprecated: true,
  'x-deprecated-since': since,
  ...(sunset ? { 'x-sunset': sunset } : {}),
});

/** A contract in which things of every kind are on their way out. */
const fixture = {
  openapi: '3.1.1',
  info: { version: '1' },
  components: { schemas: { Old: { ...text, ...retired('2026-02-01', '2026-12-01') } } },
  paths: {
    '/lists': {
      get: {
        operationId: 'listEvents',
        security: [{ token: [] }],
        parameters: [
          { name: 'kept', in: 'query', schema: text },
          { name: 'old', in: 'query', schema: text, ...retired('2026-03-01', '2026-09-01') },
          { name: 'usual', in: 'query', schema: { ...text, default: 'x' }, ...retired('2026-04-01') },
          { name: 'X-Old', in: 'header', schema: text, ...retired('2026-01-01') },
        ],
        responses: {},
      },
      post: {
        operationId: 'createEvent',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                  kept: text,
                  old: { $ref: '#/components/schemas/Old' },
                  usual: { ...text, default: 'x', ...retired('2026-04-01') },
                },
              },
            },
          },
        },
        responses: {},
      },
    },
    '/gone': {
      get: {
        operationId: 'getHealth',
        ...retired('2025-12-31', '2026-06-30'),
        parameters: [{ name: 'old', in: 'query', schema: text, ...retired('2026-03-01', '2026-05-01') }],
        responses: {},
      },
    },
    '/gone/{id}': {
      get: {
        operationId: 'getEvent',
        parameters: [{ name: 'id', in: 'path', required: true, schema: text, ...retired('2026-01-01') }],
        responses: {},
      },
    },
  },
} as unknown as OpenApiDocument;

describe('what is retired', () => {
  let app: TestApp;
  beforeAll(async () => {
    const ok = () => Promise.resolve({ status: 200, body: {} });
    const refused = () => Promise.resolve({ problem: 'event-not-found' });
    app = await startTestApp({
      operations: operationsOf(fixture),
      handlers: { listEvents: ok, createEvent: ok, getHealth: ok, getEvent: refused },
    });
  });
  afterAll(() => app.stop());

  async function notice(path: string, init?: RequestInit): Promise<[number, string | undefined, string | undefined]> {
    const { status, headers } = await app.send(path, init);
    return [status, headers['deprecation'], headers['sunset']];
  }
  const post = (body: object) => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

  it('is not announced to who does not use it', async () => {
    expect(await notice('/lists?kept=1')).toEqual([200, undefined, undefined]);
    expect(await notice('/lists', post({ kept: 'a' }))).toEqual([200, undefined, undefined]);
    expect(await notice('/lists', { method: 'POST' })).toEqual([200, undefined, undefined]);
  });

  it('is announced as a query parameter, also an empty one', async () => {
    const announced = [200, '@1772323200', 'Tue, 01 Sep 2026 00:00:00 GMT'];
    expect(await notice('/lists?old=1')).toEqual(announced);
    expect(await notice('/lists?old=')).toEqual(announced);
    expect(await notice('/lists?%6Fld=1')).toEqual(announced);
  });

  it('is announced as a header, without a last day where there is none', async () => {
    expect(await notice('/lists', { headers: { 'x-old': 'a' } })).toEqual([200, '@1767225600', undefined]);
  });

  it('is announced as a member of the body', async () => {
    expect(await notice('/lists', post({ old: 'a' }))).toEqual([200, '@1769904000', 'Tue, 01 Dec 2026 00:00:00 GMT']);
  });

  it('is announced as a parameter or a member with a default only where it was sent', async () => {
    expect(await notice('/lists?usual=x')).toEqual([200, '@1775001600', undefined]);
    expect(await notice('/lists', post({ usual: 'x' }))).toEqual([200, '@1775001600', undefined]);
  });

  it('is announced as an operation, to HEAD too', async () => {
    const announced = [200, '@1767139200', 'Tue, 30 Jun 2026 00:00:00 GMT'];
    expect(await notice('/gone')).toEqual(announced);
    expect(await notice('/gone', { method: 'HEAD' })).toEqual(announced);
  });

  it('is announced with the earliest day of each kind where a request uses several', async () => {
    expect(await notice('/gone?old=1')).toEqual([200, '@1767139200', 'Fri, 01 May 2026 00:00:00 GMT']);
  });

  it('is told to the operators: the log says who still uses it', async () => {
    const before = app.log.length;
    await notice('/lists?kept=1');
    await notice('/lists?old=1');
    await notice('/gone/1');
    expect(app.log.slice(before).map(({ operationId, deprecated }) => [operationId, deprecated])).toEqual([
      ['listEvents', undefined],
      ['listEvents', true],
      ['getEvent', true],
    ]);
  });

  it('is announced with refusals of what the request asks for, too', async () => {
    expect(await notice('/gone/1')).toEqual([404, '@1767225600', undefined]);
    expect(await notice('/lists?old=1&colour=red')).toEqual([400, '@1772323200', 'Tue, 01 Sep 2026 00:00:00 GMT']);
  });
});
