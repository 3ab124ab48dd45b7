import { importKeys } from './fetch-keys.ts';

const read = async (...keys: unknown[]) => [...(await importKeys(JSON.stringify({ keys }))).keys()];

describe('importKeys', () => {
  // A modulus of 342 characters of Base64url has 2048 bits.
  const jwk = { kty: 'RSA', e: 'AQAB', n: 'q'.repeat(342), kid: 'a' };

  it('imports each key under its kid, as a public key for RS256', async () => {
    const keys = await importKeys(JSON.stringify({ keys: [jwk, { ...jwk, kid: 'b' }] }));
    expect([...keys.keys()]).toEqual(['a', 'b']);
    expect(keys.get('a')).toMatchObject({
      type: 'public',
      usages: ['verify'],
      algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' } },
    });
  });

  it.each<[string, object]>([
    ['its use and its algorithm', { use: 'sig', alg: 'RS256' }],
    ['its operations', { key_ops: ['verify'] }],
  ])('imports a key that declares %s for RS256', async (_title, members) => {
    expect(await read({ ...jwk, ...members })).toEqual(['a']);
  });

  it.each<[string, unknown]>([
    ['is null', null],
    ['is a string', 'key'],
    ['is a number', 7],
    ['has another type', { kty: 'EC' }],
    ['is a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['has no kid', { kid: undefined }],
    ['has a number as its kid', { kid: 7 }],
    ['is for encryption', { use: 'enc' }],
    ['is for another algorithm', { alg: 'RS512' }],
    ['is for other operations', { key_ops: ['encrypt'] }],
    ['is for no operation', { key_ops: [] }],
    ['has operations that are not an array', { key_ops: 'verify' }],
    ['has a number as its operations', { key_ops: 7 }],
    ['has no modulus', { n: undefined }],
  ])('ignores a key that %s', async (_title, members) => {
    const other = typeof members === 'object' && members !== null ? { ...jwk, kid: 'b', ...members } : members;
    expect(await read(other, jwk)).toEqual(['a']);
  });

  it('ignores a private key', async () => {
    const signingKey = JSON.parse(process.env['TEST_SIGNING_KEY'] ?? '{}') as object;
    expect(signingKey).toHaveProperty('d');
    expect(await read({ ...signingKey, kid: 'b' }, jwk)).toEqual(['a']);
  });

  it('ignores a key of fewer than 2048 bits', async () => {
    const withLength = (characters: number) => ({ ...jwk, n: 'q'.repeat(characters), kid: `${characters}` });
    expect(await read(withLength(341), withLength(342))).toEqual(['342']);
  });

  it.each<[string, string, RegExp]>([
    ['is not JSON', '<html>', /JSON/],
    ['is null', 'null', /JWK Set/],
    ['has no keys', '{}', /JWK Set/],
    ['has keys that are not an array', '{"keys":{}}', /JWK Set/],
    ['has an empty array of keys', '{"keys":[]}', /RS256/],
    ['has no usable key', '{"keys":[{"kty":"EC","kid":"a"}]}', /RS256/],
  ])('rejects a key set that %s', async (_title, text, reason) => {
    await expect(importKeys(text)).rejects.toThrow(reason);
  });
});
