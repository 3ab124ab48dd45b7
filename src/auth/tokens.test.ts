import { createPublicKey } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { startTestIssuer, type TestIssuer, testUsers } from '../../test/support/issuer.ts';
import { IssuerUnavailable, Unauthenticated } from './errors.ts';
import { createTokenVerifier, type TokenVerifier } from './tokens.ts';

const seconds = () => Math.floor(Date.now() / 1000);

describe('createTokenVerifier', () => {
  let issuer: TestIssuer;
  let verifier: TokenVerifier;

  beforeAll(async () => {
    issuer = await startTestIssuer();
    verifier = createTokenVerifier(issuer);
    await verifier.ready;
  });
  afterAll(() => issuer.stop());

  async function rejectionOf(authorization: string | undefined): Promise<Unauthenticated> {
    const error: unknown = await verifier.verify(authorization).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof Unauthenticated) return error;
    throw new Error('The token was not rejected.', { cause: error });
  }

  async function expectInvalid(authorization: string, detail: string): Promise<void> {
    const error = await rejectionOf(authorization);
    expect(error.detail).toBe(detail);
    expect(error.challenge).toBe(
      `Bearer realm="event-management", error="invalid_token", error_description="${detail.replaceAll('"', "'")}"`,
    );
  }

  describe('with a valid token', () => {
    it('returns the user, the name and the groups that the token names', async () => {
      expect(await verifier.verify(`Bearer ${await issuer.token()}`)).toEqual({
        sub: testUsers.organizer,
        username: 'organizer',
        groups: ['Organizers'],
      });
      expect(await verifier.verify(`Bearer ${await issuer.tokenFor('rival')}`)).toMatchObject({ sub: testUsers.rival });
    });

    it.each(['bearer', 'BEARER', 'bEaReR', 'Bearer  '])('accepts the scheme in any case: "%s"', async (scheme) => {
      expect(await verifier.verify(`${scheme} ${await issuer.token()}`)).toMatchObject({ sub: testUsers.organizer });
    });

    it('accepts a token without a user name and without groups', async () => {
      const token = await issuer.token({ username: undefined, 'cognito:groups': undefined });
      expect(await verifier.verify(`Bearer ${token}`)).toEqual({ sub: testUsers.organizer, groups: [] });
    });

    it('ignores a user name that is not text', async () => {
      const token = await issuer.token({ username: 7 });
      expect(await verifier.verify(`Bearer ${token}`)).not.toHaveProperty('username');
    });

    it('tolerates a difference of a few seconds between the clocks', async () => {
      const token = await issuer.token({ exp: seconds() - 5, nbf: seconds() + 5 });
      expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({ sub: testUsers.organizer });
    });
  });

  describe('with the claim cognito:groups', () => {
    it.each<[unknown, string[]]>([
      ['[Organizers Admins]', []],
      ['Organizers', []],
      [['Organizers', 7], []],
      [{ 0: 'Organizers', length: 1 }, []],
      [null, []],
      [['Organizers2'], ['Organizers2']],
      [['Organizers Admins'], ['Organizers Admins']],
      [[' Organizers'], [' Organizers']],
      [
        ['Admins', 'Organizers'],
        ['Admins', 'Organizers'],
      ],
    ])('reads the groups in %j as %j', async (claim, groups) => {
      const principal = await verifier.verify(`Bearer ${await issuer.token({ 'cognito:groups': claim })}`);
      expect(principal.groups).toEqual(groups);
    });
  });

  describe('without a token', () => {
    it.each([undefined, '', 'Basic dXNlcjp3b3Jk', 'BearerToken', 'Token abc', 'Basic Bearer abc'])(
      'explains how to send a token if the header is: %s',
      async (header) => {
        const error = await rejectionOf(header);
        expect(error.challenge).toBe('Bearer realm="event-management"');
        expect(error.detail).toBe('Send an access token: "Authorization: Bearer <token>".');
      },
    );
  });

  describe('with an invalid token', () => {
    it.each<[string, Record<string, unknown>, string]>([
      ['has expired', { exp: seconds() - 11 }, 'The token has expired.'],
      ['is not valid yet', { nbf: seconds() + 60 }, 'The token is not valid yet.'],
      ['is from another issuer', { iss: 'https://issuer.example' }, 'The token is from another issuer.'],
      ['has no issuer', { iss: undefined }, 'The token lacks the claim iss.'],
      ['was issued for another application', { client_id: 'other' }, 'The token was issued for another application.'],
      ['names no client', { client_id: undefined }, 'The token was issued for another application.'],
      ['is an ID token', { token_use: 'id' }, 'This is an ID token. Send the access token.'],
      ['has another use than access', { token_use: ['access'] }, 'This is not an access token.'],
      ['names no use', { token_use: undefined }, 'The token lacks the claim token_use.'],
      ['never expires', { exp: undefined }, 'The token lacks the claim exp.'],
      ['has a string as its expiration', { exp: '9999999999' }, 'The claim exp of the token is invalid.'],
      ['has no subject', { sub: undefined }, 'The token lacks the claim sub.'],
      ['has an empty subject', { sub: '' }, 'The claim sub of the token is invalid.'],
      ['has a number as its subject', { sub: 7 }, 'The claim sub of the token is invalid.'],
    ])('rejects a token that %s', async (_title, claims, detail) => {
      await expectInvalid(`Bearer ${await issuer.token(claims)}`, detail);
    });

    it('rejects an ID token of Cognito, which has no client_id', async () => {
      const token = await issuer.token({ token_use: 'id', client_id: undefined, aud: issuer.clientId });
      await expectInvalid(`Bearer ${token}`, 'This is an ID token. Send the access token.');
    });

    it('rejects a token with an issuer that differs by a slash', async () => {
      await expectInvalid(
        `Bearer ${await issuer.token({ iss: `${issuer.issuer}/` })}`,
        'The token is from another issuer.',
      );
    });

    it('rejects a token without a signature', async () => {
      const [, payload] = (await issuer.token()).split('.');
      for (const alg of ['none', 'None', 'NONE', '']) {
        const header = Buffer.from(JSON.stringify({ alg, kid: issuer.publicKey.kid })).toString('base64url');
        await expectInvalid(`Bearer ${header}.${payload}.`, 'The token is not signed with RS256.');
      }
    });

    it('rejects a token that is signed with the public key as a shared secret', async () => {
      const pem = createPublicKey({ key: issuer.publicKey as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      const token = await issuer.token({}, { alg: 'HS256', key: Buffer.from(pem as string) });
      await expectInvalid(`Bearer ${token}`, 'The token is not signed with RS256.');
    });

    it('rejects a token that is signed with an unknown key', async () => {
      const { privateKey } = await generateKeyPair('RS256');
      await expectInvalid(
        `Bearer ${await issuer.token({}, { key: privateKey })}`,
        'The signature of the token is wrong.',
      );
    });

    it.each(['other', undefined, 7])('rejects a token that names %s as its key', async (kid) => {
      const token = await issuer.token({}, { header: { kid } });
      await expectInvalid(`Bearer ${token}`, 'The token is not signed with a key of the issuer.');
    });

    it('rejects a token that requires an unknown extension', async () => {
      const header = JSON.stringify({ alg: 'RS256', kid: issuer.publicKey.kid, crit: ['x'], x: 1 });
      const token = (await issuer.token()).replace(/^[^.]+/, Buffer.from(header).toString('base64url'));
      await expectInvalid(`Bearer ${token}`, 'The token is malformed.');
    });

    it('rejects a token that was changed after it was signed', async () => {
      const [header, , signature] = (await issuer.token()).split('.');
      const payload = Buffer.from(JSON.stringify({ sub: testUsers.organizer })).toString('base64url');
      await expectInvalid(`Bearer ${header}.${payload}.${signature}`, 'The signature of the token is wrong.');
    });

    it.each([
      ['Bearer', 'There is no token after "Bearer".'],
      ['Bearer ', 'There is no token after "Bearer".'],
      ['Bearer abc', 'This is not a signed token.'],
      ['Bearer a.b.c', 'This is not a signed token.'],
      ['Bearer ...', 'This is not a signed token.'],
      ['Bearer a b', 'Send exactly one token after "Bearer".'],
      ['Bearer a,Bearer b', 'Send exactly one token after "Bearer".'],
      ['Bearer "a"', 'Send exactly one token after "Bearer".'],
      ['Bearer ä', 'Send exactly one token after "Bearer".'],
    ])('rejects the malformed header: %s', expectInvalid);

    it('rejects two valid tokens in one header', async () => {
      const token = await issuer.token();
      await expectInvalid(`Bearer ${token} ${token}`, 'Send exactly one token after "Bearer".');
    });

    it('accepts a token of any length, which only the size of all headers limits', async () => {
      const token = await issuer.token({ scope: 'x'.repeat(9_000) });
      expect(token.length).toBeGreaterThan(8_192);
      expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({ groups: expect.any(Array) as unknown });
    });

    it('throws Unauthenticated, and no other error, for every mutation of a valid token', async () => {
      const valid = await issuer.token();
      for (let at = 0; at < valid.length; at += 7) {
        for (const piece of ['', '.', '!', '_', 'AAAA']) {
          const mutated = valid.slice(0, at) + piece + valid.slice(at + 1);
          if (mutated !== valid) await expect(verifier.verify(`Bearer ${mutated}`)).rejects.toThrow(Unauthenticated);
        }
      }
    });
  });

  it('verifies a signature before it is ready, so that the first request does not take longer', async () => {
    const spy = jest.spyOn(crypto.subtle, 'verify');
    await createTokenVerifier(issuer).ready;
    const [[, key, signature] = [], ...others] = spy.mock.calls;
    spy.mockRestore();
    expect(others).toEqual([]);
    // As the keys of issuers have: another exponent would take another time.
    expect(key?.algorithm).toMatchObject({ name: 'RSASSA-PKCS1-v1_5', publicExponent: { 0: 1, 1: 0, 2: 1 } });
    expect(signature?.byteLength).toBe(256);
  });

  it('checks the validity of tokens at the given time', async () => {
    const now = new Date('2030-01-01T00:00:00Z');
    const frozen = createTokenVerifier({ ...issuer, now: () => now });
    const exp = now.getTime() / 1000;
    await expect(frozen.verify(`Bearer ${await issuer.token({ exp: exp - 9 })}`)).resolves.toBeDefined();
    await expect(frozen.verify(`Bearer ${await issuer.token({ exp: exp - 10 })}`)).rejects.toThrow(Unauthenticated);
    await expect(frozen.verify(`Bearer ${await issuer.token({ exp, nbf: exp + 11 })}`)).rejects.toThrow(
      Unauthenticated,
    );
  });

  describe('with its token cache', () => {
    /** The number of signatures that are verified during the work. */
    async function verifications(work: () => Promise<unknown>): Promise<number> {
      const spy = jest.spyOn(crypto.subtle, 'verify');
      await work();
      const { length } = spy.mock.calls;
      spy.mockRestore();
      return length;
    }

    it('verifies the signature of a token once, and returns the same caller again', async () => {
      const authorization = `Bearer ${await issuer.token()}`;
      const first = await verifier.verify(authorization);
      expect(await verifications(async () => expect(await verifier.verify(authorization)).toEqual(first))).toBe(0);
      expect(await verifications(async () => verifier.verify(`Bearer ${await issuer.token()}`))).toBe(1);
    });

    it('rejects a token that differs from a cached one in one character', async () => {
      const token = await issuer.token();
      await verifier.verify(`Bearer ${token}`);
      const [head, claims, signature = ''] = token.split('.');
      const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
      await expectInvalid(`Bearer ${head}.${claims}.${other}`, 'The signature of the token is wrong.');
    });

    it('accepts a cached token only within its validity, without verifying its signature again', async () => {
      let now = new Date();
      const moving = createTokenVerifier({ ...issuer, now: () => now });
      const start = seconds();
      const authorization = `Bearer ${await issuer.token({ nbf: start, exp: start + 60 })}`;
      await moving.verify(authorization);
      for (const [second, valid] of [
        [69, true],
        [70, false],
        [0, true],
        [-10, true],
        [-11, false],
      ] as const) {
        now = new Date((start + second) * 1000);
        let outcome: boolean | undefined;
        const verified = await verifications(async () => {
          outcome = await moving.verify(authorization).then(
            () => true,
            (error: unknown) => !(error instanceof Unauthenticated),
          );
        });
        expect([second, outcome, verified]).toEqual([second, valid, valid ? 0 : 1]);
      }
    });

    it('does not renew the keys of cached tokens within an hour', async () => {
      let now = new Date();
      const moving = createTokenVerifier({ ...issuer, now: () => now });
      await moving.ready;
      const { hits } = issuer;
      const authorization = `Bearer ${await issuer.token({ exp: seconds() + 86_400 })}`;
      await moving.verify(authorization);
      now = new Date(now.getTime() + 3_599_999);
      await moving.verify(authorization);
      await moving.verify(`Bearer ${await issuer.token({ exp: seconds() + 86_400 })}`);
      // This request arrives after any that a renewal has sent.
      await fetch(issuer.jwksUri);
      expect(issuer.hits).toBe(hits + 1);
    });

    it('rejects a cached token once the renewed keys no longer contain its key', async () => {
      const rotating = await startTestIssuer();
      let now = new Date();
      const moving = createTokenVerifier({ ...rotating, now: () => now });
      await moving.ready;
      const authorization = `Bearer ${await rotating.token({ exp: seconds() + 86_400 })}`;
      await moving.verify(authorization);
      await rotating.rotate();
      now = new Date(now.getTime() + 3_600_000);
      // The old key is accepted while the new ones are being fetched.
      await moving.verify(authorization);
      await moving.verify(`Bearer ${await rotating.token({ exp: seconds() + 86_400 })}`);
      await expect(moving.verify(authorization)).rejects.toThrow(Unauthenticated);
      await rotating.stop();
    });

    it('does not cache rejections', async () => {
      const authorization = `Bearer ${await issuer.token({ client_id: 'another' })}`;
      for (let time = 0; time < 3; time += 1)
        await expectInvalid(authorization, 'The token was issued for another application.');
    });
  });

  it('distinguishes an outage of the issuer from an invalid token', async () => {
    const disconnected = createTokenVerifier({ ...issuer, jwksUri: 'http://127.0.0.1:1/jwks' });
    await expect(disconnected.verify(`Bearer ${await issuer.token()}`)).rejects.toThrow(IssuerUnavailable);
    await expect(disconnected.verify('Bearer abc')).rejects.toThrow(Unauthenticated);
    const withKid = (kid: unknown) => issuer.token({}, { header: { kid } });
    for (const kid of [undefined, 7])
      await expect(disconnected.verify(`Bearer ${await withKid(kid)}`)).rejects.toThrow(Unauthenticated);
    await expect(disconnected.verify(undefined)).rejects.toThrow(Unauthenticated);
  });
});
