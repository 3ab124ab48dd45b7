import express from 'express';
import { listen, type Listening } from '../../../scripts/stack/listen.ts';
import { createCors } from './cors.ts';

const settings = {
  methods: ['GET', 'POST'],
  allowedHeaders: ['authorization', 'content-type'],
  exposedHeaders: ['etag', 'x-request-id'],
};

describe('createCors', () => {
  let server: Listening;
  let url: string;

  beforeAll(async () => {
    const app = express().use(createCors({ ...settings, origins: ['https://app.example.com'] }));
    app.options('/events', (_request, response) => void response.status(204).set('Allow', 'GET, OPTIONS').end());
    app.get('/events', (_request, response) => void response.status(401).json({}));
    server = await listen(app);
    url = `${server.url}/events`;
  });
  afterAll(() => server.close());

  function preflight(origin: string): Promise<Response> {
    return fetch(url, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } });
  }

  it('adds its headers to the response of the application to a preflight request', async () => {
    const { status, headers } = await preflight('https://app.example.com');
    expect(status).toBe(204);
    expect(headers.get('allow')).toBe('GET, OPTIONS');
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(headers.get('access-control-max-age')).toBe('7200');
    expect(headers.get('vary')).toBe('Origin');
  });

  it('exposes headers of problems too', async () => {
    const { status, headers } = await fetch(url, { headers: { Origin: 'https://app.example.com' } });
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(headers.get('access-control-expose-headers')).toBe('etag,x-request-id');
  });

  it.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
    'does not allow %s, and varies by origin for caches',
    async (origin) => {
      const { headers } = await preflight(origin);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toBe('Origin');
    },
  );

  it('returns a middleware with a name', () => {
    expect(createCors({ ...settings, origins: [] }).name).toBe('addCorsHeaders');
  });
});
