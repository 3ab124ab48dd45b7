import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunningStack, recordStack } from './running.ts';
import { issuerOf } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'stack-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stack = { pid: process.pid, issuer: 'http://127.0.0.1:9100', foreignIssuer: false };

describe('the stack of a folder', () => {
  it('is found while its process runs', () => {
    expect(readRunningStack(folder)).toBeUndefined();
    recordStack(folder, stack);
    expect(readRunningStack(folder)).toEqual(stack);
    const { pid } = spawnSync(process.execPath, ['--version']);
    recordStack(folder, { ...stack, pid });
    expect(readRunningStack(folder)).toBeUndefined();
  });

  it('is not found if its record is not readable', () => {
    writeFileSync(join(folder, 'stack.json'), '{');
    expect(readRunningStack(folder)).toBeUndefined();
  });
});

describe('a token', () => {
  it('comes from the stack of this folder, not from another one on the default port', () => {
    expect(issuerOf({}, stack)).toBe('http://127.0.0.1:9100');
    expect(issuerOf({ IDENTITY_PORT: '' }, stack)).toBe('http://127.0.0.1:9100');
    expect(() => issuerOf({}, undefined)).toThrow('No local stack is running in this folder');
  });

  it('comes from another stack if its port is named', () => {
    expect(issuerOf({ IDENTITY_PORT: '9200' }, stack)).toBe('http://127.0.0.1:9200');
    expect(() => issuerOf({ IDENTITY_PORT: 'x' }, stack)).toThrow('IDENTITY_PORT must be a port');
  });

  it('cannot come from an issuer that is not part of the stack', () => {
    expect(() => issuerOf({}, { ...stack, issuer: 'https://issuer.example', foreignIssuer: true })).toThrow(
      'This stack uses the issuer https://issuer.example',
    );
  });
});
