import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { codeDigestOf, hasCode, readCode, ticketCode } from './ticket.ts';

const owners = fc.record({ eventId: fc.uuid(), number: fc.integer({ min: 1, max: 4_294_967_295 }) });
const secrets = fc
  .uint8Array({ minLength: 12, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

test('a code has 44 characters of base64url, and names its registration', () => {
  fc.assert(
    fc.property(owners, secrets, (owner, secret) => {
      const code = ticketCode(owner, secret);
      expect(code).toMatch(/^[A-Za-z0-9_-]{44}$/);
      expect(readCode(code)).toEqual(owner);
    }),
  );
});

test('the code that is printed on tickets has this form, which never changes', () => {
  const owner = { eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', number: 17 };
  expect(ticketCode(owner, 'jD8nodkLTmXxwnoI')).toBe('AV8Mj34tW0wan2R8C3ofLjEAAAARjD8nodkLTmXxwnoI');
});

test.each(['', 'A', 'A'.repeat(44), `Ag${'A'.repeat(42)}`, 'https://example.com/?ticket=1234567890123456'])(
  'the text %j is not the code of a ticket',
  (text) => {
    expect(readCode(text)).toBeUndefined();
  },
);

test('a registration has one code, before and after it is cancelled', () => {
  fc.assert(
    fc.property(owners, secrets, fc.nat({ max: 43 }), (owner, secret, index) => {
      const code = ticketCode(owner, secret);
      const other = `${code.slice(0, index)}${code[index] === 'A' ? 'B' : 'A'}${code.slice(index + 1)}`;
      const codeDigest = createHash('sha256').update(code).digest('base64url');
      expect(codeDigestOf({ ...owner, secret })).toBe(codeDigest);
      for (const parts of [
        { ...owner, secret },
        { ...owner, codeDigest },
      ])
        expect([hasCode(parts, code), hasCode(parts, other)]).toEqual([true, false]);
    }),
  );
});

test('an erased registration has no code: nothing matches it', () => {
  const owner = { eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', number: 17 };
  expect(codeDigestOf(owner)).toBeUndefined();
  for (const code of ['', ticketCode(owner, 'jD8nodkLTmXxwnoI')]) expect(hasCode(owner, code)).toBe(false);
});
