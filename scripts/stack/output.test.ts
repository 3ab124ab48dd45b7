import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { byLine, formatLogLine, openLog } from './output.ts';

describe('formatLogLine', () => {
  it('show a request in a few words', () => {
    const line = '{"message":"request","method":"GET","route":"/events/{eventId}","status":200,"durationMs":11.6}';
    expect(formatLogLine(line)).toBe('GET /events/{eventId} 200 12ms');
  });

  it('show a request of which the contract knows nothing', () => {
    expect(formatLogLine('{"method":"GET","status":404,"durationMs":0.2}')).toBe('GET (no operation) 404 0ms');
  });

  it('show an error with its causes', () => {
    const error = { name: 'Error', message: 'no', stack: 'Error: no\n    at here', cause: { message: 'refused' } };
    const line = JSON.stringify({ method: 'GET', route: '/events', status: 503, durationMs: 2, error });
    expect(formatLogLine(line)).toBe('GET /events 503 2ms\nError: no\n    at here\ncaused by refused');
  });

  it('keeps a line that is not JSON', () => {
    expect(formatLogLine('Error: no')).toBe('Error: no');
    expect(formatLogLine('null')).toBe('null');
  });
});

describe('byLine', () => {
  it('joins the parts of a line that came in pieces', () => {
    const lines: string[] = [];
    const push = byLine((line) => lines.push(line));
    push('a\nb');
    push('c\n\nd');
    expect(lines).toEqual(['a', 'bc']);
  });
});

describe('the log file', () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(folder, 'below/api.log');
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  afterEach(() => void jest.restoreAllMocks());

  it('drops lines if the disk is full, says so once, and continues', () => {
    const write = openLog(file);
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    write('before');
    const full = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw new Error('ENOSPC: no space left on device, write');
    });
    write('lost');
    write('lost too');
    full.mockRestore();
    write('after');
    expect(said.mock.calls).toEqual([[`${file} lacks lines from here on: ENOSPC: no space left on device, write.\n`]]);
    expect(fs.readFileSync(file, 'utf8')).toBe('before\nafter\n');
  });
});
