import type { OpenApiDocument } from '../../src/openapi/document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const text = { type: 'string' };
const deprecated = (since: string, sunset?: string) => ({
  deprecated: true,
  'x-deprecated-since': since,
  ...(sunset ? { 'x-sunset': sunset } : {}),
});

/** A contract with a deprecated part of every kind. */
const fixture = {
  openapi: '3.1.1',
  info: { version: '1' },
  components: { schemas: { Old: { ...text, ...deprecated('2026-02-01', '2026-12-01') } } },
  paths: {
    '/lists': {
      get: {
        operationId: 'listEvents',
        security: [{ token: [] }],
        parameters: [
          { name: 'kept', in: 'query', schema: text },
          { name: 'old', in: 'query', schema: text, ...deprecated('2026-03-01', '2026-09-01') },
          { name: 'optional', in: 'query', schema: { ...text, default: 'x' }, ...deprecated('2026-04-01') },
          { name: 'X-Old', in: 'header', schema: text, ...deprecated('2026-01-01') },
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
                  optional: { ...text, default: 'x', ...deprecated('2026-04-01') },
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
        ...deprecated('2025-12-31', '2026-06-30'),
        parameters: [{ name: 'old', in: 'query', schema: text, ...deprecated('2026-03-01', '2026-05-01') }],
        responses: {},
      },
    },
    '/gone/{id}': {
      get: {
        operationId: 'getEvent',
        parameters: [{ name: 'id', in: 'path', required: true, schema: text, ...deprecated('2026-01-01') }],
        responses: {},
      },
    },
  },
} as unknown as OpenApiDocument;

describe('a deprecation', () => {
  let app: TestApp;
  beforeAll(async () => {
    const ok = () => Promise.resolve({ status: 200, body: {} });
    const rejected = () => Promise.resolve({ problem: 'event-not-found' });
    app = await startTestApp({
      operations: operationsOf(fixture),
      handlers: { listEvents: ok, createEvent: ok, getHealth: ok, getEvent: rejected },
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

  it('is not announced to a request that does not use a deprecated part', async () => {
    expect(await notice('/lists?kept=1')).toEqual([200, undefined, undefined]);
    expect(await notice('/lists', post({ kept: 'a' }))).toEqual([200, undefined, undefined]);
    expect(await notice('/lists', { method: 'POST' })).toEqual([200, undefined, undefined]);
  });

  it('is announced for a query parameter, even if its value is empty', async () => {
    const announced = [200, '@1772323200', 'Tue, 01 Sep 2026 00:00:00 GMT'];
    expect(await notice('/lists?old=1')).toEqual(announced);
    expect(await notice('/lists?old=')).toEqual(announced);
    expect(await notice('/lists?%6Fld=1')).toEqual(announced);
  });

  it('is announced for a header, without Sunset if the contract has no date for it', async () => {
    expect(await notice('/lists', { headers: { 'x-old': 'a' } })).toEqual([200, '@1767225600', undefined]);
  });

  it('is announced for a field of the body', async () => {
    expect(await notice('/lists', post({ old: 'a' }))).toEqual([200, '@1769904000', 'Tue, 01 Dec 2026 00:00:00 GMT']);
  });

  it('is announced for a parameter or field with a default only if it was sent', async () => {
    expect(await notice('/lists?optional=x')).toEqual([200, '@1775001600', undefined]);
    expect(await notice('/lists', post({ optional: 'x' }))).toEqual([200, '@1775001600', undefined]);
  });

  it('is announced for an operation, also to HEAD', async () => {
    const announced = [200, '@1767139200', 'Tue, 30 Jun 2026 00:00:00 GMT'];
    expect(await notice('/gone')).toEqual(announced);
    expect(await notice('/gone', { method: 'HEAD' })).toEqual(announced);
  });

  it('has the earliest date of each kind if a request uses several deprecated parts', async () => {
    expect(await notice('/gone?old=1')).toEqual([200, '@1767139200', 'Fri, 01 May 2026 00:00:00 GMT']);
  });

  it('is logged with each request that uses a deprecated part', async () => {
    const before = app.log.length;
    await notice('/lists?kept=1');
    await notice('/lists?old=1');
    await notice('/gone/1');
    expect(app.log.slice(before).map(({ operationId, deprecated: flag }) => [operationId, flag])).toEqual([
      ['listEvents', undefined],
      ['listEvents', true],
      ['getEvent', true],
    ]);
  });

  it('is also announced in problems', async () => {
    expect(await notice('/gone/1')).toEqual([404, '@1767225600', undefined]);
    expect(await notice('/lists?old=1&color=red')).toEqual([400, '@1772323200', 'Tue, 01 Sep 2026 00:00:00 GMT']);
  });
});
