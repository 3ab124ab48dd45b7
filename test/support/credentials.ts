import { createPublicKey } from 'node:crypto';
import { generateKeyPair } from 'jose';
import type { TestIssuer } from './issuer.ts';

/** What a client may send instead of a valid access token. */
export interface BadCredential {
  readonly name: string;
  /** The value of the Authorization header; undefined if there is none. */
  readonly make: (issuer: TestIssuer) => Promise<string | undefined> | string | undefined;
  /** The detail of the problem. */
  readonly detail: string;
  /** Without a token the challenge names no error (RFC 6750, section 3). */
  readonly noToken?: true;
}

const seconds = () => Math.floor(Date.now() / 1000);
const bearer = async (token: Promise<string>) => `Bearer ${await token}`;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const howTo = 'Send an access token: "Authorization: Bearer <token>".';
const notRs256 = 'The token is not signed with RS256.';

export const badCredentials: readonly BadCredential[] = [
  { name: 'no token', make: () => undefined, detail: howTo, noToken: true },
  { name: 'another scheme', make: () => 'Basic b3JnYW5pemVyOnNlY3JldA==', detail: howTo, noToken: true },
  { name: 'the scheme alone', make: () => 'Bearer', detail: 'There is no token after "Bearer".' },
  { name: 'garbage', make: () => 'Bearer garbage', detail: 'This is not a signed token.' },
  {
    name: 'two tokens',
    make: async (issuer) => `${await bearer(issuer.token())} more`,
    detail: 'Send exactly one token after "Bearer".',
  },
  {
    name: 'a token without a signature',
    make: (issuer) =>
      `Bearer ${part({ alg: 'none' })}.${part({ iss: issuer.issuer, token_use: 'access', sub: 'somebody' })}.`,
    detail: notRs256,
  },
  {
    name: 'a token signed with the public key as a shared secret',
    make: (issuer) => {
      const pem = createPublicKey({ key: issuer.publicKey as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      return bearer(issuer.token({}, { alg: 'HS256', key: Buffer.from(pem) }));
    },
    detail: notRs256,
  },
  {
    name: 'a token signed with an unknown key',
    make: async (issuer) => bearer(issuer.token({}, { key: (await generateKeyPair('RS256')).privateKey })),
    detail: 'The signature of the token is wrong.',
  },
  {
    name: 'a token of another issuer',
    make: (issuer) => bearer(issuer.token({ iss: 'https://issuer.example' })),
    detail: 'The token is from another issuer.',
  },
  {
    name: 'a token for another client',
    make: (issuer) => bearer(issuer.token({ client_id: 'other' })),
    detail: 'The token was issued for another application.',
  },
  {
    name: 'an expired token',
    make: (issuer) => bearer(issuer.token({ exp: seconds() - 60 })),
    detail: 'The token has expired.',
  },
  {
    name: 'a token that is not valid yet',
    make: (issuer) => bearer(issuer.token({ nbf: seconds() + 600 })),
    detail: 'The token is not valid yet.',
  },
  {
    name: 'an ID token',
    make: (issuer) => bearer(issuer.token({ token_use: 'id', aud: issuer.clientId, client_id: undefined })),
    detail: 'This is an ID token. Send the access token.',
  },
];

/** The exact value of `WWW-Authenticate` for a credential. */
export function challengeFor({ detail, noToken }: Pick<BadCredential, 'detail' | 'noToken'>): string {
  const realm = 'Bearer realm="event-management"';
  return noToken ? realm : `${realm}, error="invalid_token", error_description="${detail.replaceAll('"', "'")}"`;
}
