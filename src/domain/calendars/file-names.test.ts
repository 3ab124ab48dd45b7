import { samplesOf, varyingBits } from '../../../test/support/random-bits.ts';
import { digestOf, fileNameOf, newFileName } from './file-names.ts';

const form = /^[A-Za-z0-9_-]{43}\.ics$/;

describe('a file name', () => {
  it('is random without a key, and nothing else of it is stored', () => {
    const [one, other] = [newFileName(undefined), newFileName(undefined)];
    expect(one).toEqual({ calendarFile: expect.stringMatching(form) });
    expect(one.calendarFile).not.toBe(other.calendarFile);
  });

  it('with a key is random too, and follows from the key and the salt', () => {
    const [one, other] = [newFileName('key'), newFileName('key')];
    expect(one.calendarFile).toMatch(form);
    expect(one.calendarFile).not.toBe(other.calendarFile);
    expect(fileNameOf('key', one.salt ?? '')).toBe(one.calendarFile);
    expect(fileNameOf('another', one.salt ?? '')).not.toBe(one.calendarFile);
    expect(one.calendarFile).not.toContain(one.salt);
  });

  it('has 256 random bits, as has the salt', () => {
    const bitsOf = (text = '') => Buffer.from(text.replace('.ics', ''), 'base64url');
    expect(varyingBits(samplesOf(() => bitsOf(newFileName(undefined).calendarFile)))).toBe(256);
    const withKey = samplesOf(() => newFileName('key'));
    expect(varyingBits(withKey.map(({ calendarFile }) => bitsOf(calendarFile)))).toBe(256);
    expect(varyingBits(withKey.map(({ salt }) => bitsOf(salt)))).toBe(256);
  });

  it('is found by a digest, which is another text', () => {
    const { calendarFile } = newFileName(undefined);
    expect(digestOf(calendarFile)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(digestOf(calendarFile)).toBe(digestOf(calendarFile));
    expect(calendarFile).not.toContain(digestOf(calendarFile));
  });
});
