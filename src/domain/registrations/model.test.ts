import { samplesOf, varyingBits } from '../../../test/support/random-bits.ts';
import { newRecord } from './model.ts';

it('a new registration has a ticket with a secret of 96 random bits, and a nonce of 48', () => {
  const records = samplesOf(() =>
    newRecord({ eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31', number: 1, name: 'Mira Novak', at: '' }),
  );
  expect(varyingBits(records.map(({ secret = '' }) => Buffer.from(secret, 'base64url')))).toBe(96);
  expect(varyingBits(records.map(({ nonce }) => Buffer.from(nonce, 'hex')))).toBe(48);
});
