import type { OpenApiDocument } from '../../src/openapi/document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const content = { 'application/json': { schema: {} }, 'text/csv': { schema: { type: 'string' } } };

/** A contract with one list that is offered as JSON and as CSV. */
const fixture = {
  openapi: '3.1.1',
  info: { version: '1' },
  paths: {
    '/lists': { get: { operationId: 'listEvents', responses: { '200': { content }, '400': {} } } },
  },
} as unknown as OpenApiDocument;

const rows = { 'application/json': { rows: ['é'] }, 'text/csv': 'é\r\n' };

describe('a response with several media types in the contract', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      operations: operationsOf(fixture),
      handlers: {
        listEvents: async ({ mediaType }: { mediaType: keyof typeof rows }) => ({
          status: 200,
          mediaType,
          body: rows[mediaType],
        }),
      },
    });
  });
  afterAll(() => app.stop());

  const get = (accept?: string) => app.send('/lists', { headers: accept === undefined ? {} : { accept } });

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/csv; charset=utf-8', 'text/csv; charset=utf-8'],
    ['application/json; q=0.5, text/csv; header=present; q=0.9', 'text/csv; charset=utf-8'],
    ['text/*', 'text/csv; charset=utf-8'],
    ['application/json;q=0.5, text/csv', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
  ])('has the type that the client prefers: Accept "%s" gets %s', async (accept, contentType) => {
    expect((await get(accept)).headers['content-type']).toBe(contentType);
  });

  it.each(['image/png', 'text/csv;q=0', 'nonsense', ',,;'])(
    'has the first type of the contract for a client that accepts none of them: %s',
    async (accept) => {
      expect(await get(accept)).toMatchObject({ status: 200, body: rows['application/json'] });
    },
  );

  it('is sent unchanged unless it is JSON, with its length in bytes', async () => {
    const response = await get('text/csv');
    expect(response.text).toBe(rows['text/csv']);
    expect(response.headers['content-length']).toBe('4');
  });

  it('has Vary: Accept', async () => {
    expect((await get('text/csv')).headers['vary']).toBe('Accept');
    expect((await app.send('/lists?unknown=1')).headers).not.toHaveProperty('vary');
    expect((await app.send('/lists?unknown=1')).headers).not.toHaveProperty('vary');
  });

  it('has the same headers without a body for HEAD', async () => {
    const response = await app.send('/lists', { method: 'HEAD', headers: { accept: 'text/csv' } });
    expect(response.text).toBe('');
    expect(response.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-length': '4' });
  });

  it('is a 500 if the media type is text and the body is not', async () => {
    const broken = await startTestApp({
      operations: operationsOf(fixture),
      handlers: { listEvents: async () => ({ status: 200, mediaType: 'text/csv', body: { rows: 1 } }) },
    });
    expect(await broken.send('/lists')).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    await broken.stop();
  });
});
