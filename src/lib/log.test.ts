import { createServer } from 'node:net';
import { createLogger } from './log.ts';

function capture() {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => void lines.push(line), now: () => new Date('2026-05-01T10:00:00Z') });
  return { log, lines, read: () => JSON.parse(lines[0] ?? '') as Record<string, any> };
}

describe('createLogger', () => {
  it('writes one line of JSON with the time and the level', () => {
    const { log, lines } = capture();
    log.info({ message: 'two\nlines', status: 200, sub: undefined });
    expect(lines).toEqual([
      '{"time":"2026-05-01T10:00:00.000Z","level":"info","message":"two\\nlines","status":200}\n',
    ]);
  });

  it('escapes characters that control a terminal or that some readers treat as line breaks', () => {
    const { log, lines, read } = capture();
    const client = 'a\u009b2Jb\u0085c\u2028d\u202ee\u{e0001}\x7f';
    log.info({ client });
    expect(lines[0]).toContain('"client":"a\\u009b2Jb\\u0085c\\u2028d\\u202ee\\udb40\\udc01\\u007f"');
    expect(read()).toMatchObject({ client });
  });

  it('writes an error with its name, message, code, stack and causes', () => {
    const { log, read } = capture();
    const root = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    log.error({ error: new TypeError('outer', { cause: new RangeError('middle', { cause: root }) }) });
    expect(read()).toMatchObject({
      level: 'error',
      error: {
        name: 'TypeError',
        message: 'outer',
        stack: expect.stringContaining('log.test'),
        cause: { name: 'RangeError', message: 'middle', cause: { message: 'refused', code: 'ECONNREFUSED' } },
      },
    });
  });

  it('writes errors of Node.js itself and the parts of an AggregateError', async () => {
    const { log, read } = capture();
    const error = await new Promise((resolve) => createServer().once('error', resolve).listen(1, '203.0.113.1'));
    log.error({ error: new AggregateError([error], 'all failed') });
    expect(read()['error']).toMatchObject({
      message: 'all failed',
      errors: [{ name: 'Error', stack: expect.any(String) }],
    });
  });

  it('truncates a circular chain of causes', () => {
    const { log, lines } = capture();
    const error = new Error('round');
    error.cause = error;
    log.error({ error });
    expect(lines[0]).toContain('round');
  });

  it('writes a cause that is not an error', () => {
    const { log, read } = capture();
    log.error({ error: new Error('outer', { cause: 'just a text' }) });
    expect(read()['error'].cause).toBe('just a text');
  });

  it('redacts tokens and bodies in every field', () => {
    const { log, lines } = capture();
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    log.info({
      authorization: `Bearer ${token}`,
      request: { body: { name: 'Party' }, headers: { Cookie: 'a=b' } },
      access_token: 'x',
    });
    log.error({ message: `cannot read\n${token}`, error: new Error(`bad: "${token}"`) });
    log.info({ client: `cut off: ${token.slice(0, 30)}` });
    expect(lines.join('')).not.toMatch(/eyJ|Party|a=b|"x"/);
  });

  it.each([
    'authorization',
    'cookie',
    'set-cookie',
    'token',
    '_token',
    'access_token',
    'accessToken',
    'id_token',
    'idToken',
    'refresh_token',
    'refreshToken',
    'password',
    'body',
  ])('redacts the field %s in any case and at any depth', (name) => {
    const { log, lines, read } = capture();
    const hidden = { [name]: 'hidden', [name.toUpperCase()]: { inner: 'hidden' } };
    log.info({ ...hidden, request: hidden, list: [{ deep: hidden }] });
    expect(lines.join('')).not.toContain('hidden');
    const redacted = { [name]: '[redacted]', [name.toUpperCase()]: '[redacted]' };
    expect(read()).toMatchObject({ ...redacted, request: redacted, list: [{ deep: redacted }] });
  });

  it('shows fields whose names only resemble those of secrets', () => {
    const { log, read } = capture();
    const shown = { tokenUse: 'access', bodyBytes: 7, authorizationMs: 1, cookies: 2, passwords: 3 };
    log.info(shown);
    expect(read()).toMatchObject(shown);
  });

  it('redacts long hostile texts in linear time', () => {
    const { log } = capture();
    const start = performance.now();
    log.info({ path: 'eyJ'.repeat(100_000), other: '-eyJ.'.repeat(50_000) });
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('writes an error instead of throwing if fields cannot be serialized', () => {
    const { log, read } = capture();
    const circular: Record<string, unknown> = { count: 10n };
    circular['self'] = circular;
    log.info({ requestId: 'r', circular });
    expect(read()).toMatchObject({
      level: 'error',
      message: 'A log line could not be written.',
      error: { name: 'TypeError' },
    });
  });
});
