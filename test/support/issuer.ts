import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { listen } from '../../scripts/stack/listen.ts';
import { localUsers } from '../../scripts/stack/identity/users.ts';

/** The users of the tests and of the local stack: with fixed `sub`s, for comparable logs. */
export const testUsers = {
  organizer: localUsers.organizer.sub,
  rival: localUsers.rival.sub,
  attendee: localUsers.attendee.sub,
} as const;

/** The name of a test user. */
export type TestUser = keyof typeof testUsers;

/** The client id that the tokens of the test issuer carry. */
const testClientId = '7example1client2of3tests4';

/** How a token differs from the default: RS256, the issuer's current key, valid for an hour. */
export interface TokenOptions {
  /** Additional or replaced header fields, for example another `kid`. */
  header?: Record<string, unknown>;
  /** Another key to sign with: an RSA key that the issuer never published, or the bytes of a shared secret. */
  key?: CryptoKey | Uint8Array;
  /** The signature algorithm, `RS256` if absent. */
  alg?: string;
}

/** How the issuer responds to a request for its key set. */
export type IssuerBehavior = 'up' | 'resets' | 'hangs' | 'stalls' | 'garbage' | 'error' | 'empty' | 'endless';

/** A running token issuer with tokens like Cognito's access tokens. */
export interface TestIssuer {
  /** The `iss` of its tokens; also its origin. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  /** How many requests it has received. */
  readonly hits: number;
  /** Its current public key. */
  readonly publicKey: JWK;
  /** A signed access token of the organizer; `claims` replaces single claims, and `undefined` removes one. */
  token(claims?: Record<string, unknown>, options?: TokenOptions): Promise<string>;
  /** A token with these claims, which others may have used before: signing takes longer than most requests. */
  sharedToken(claims: Record<string, unknown>): Promise<string>;
  /** A valid access token of one of the test users, which others may have used before. */
  tokenFor(user: TestUser): Promise<string>;
  /** Creates a new key and drops the old one, as an issuer does after a leak. The new one has a new id unless `kid` names one. */
  rotate(options?: { readonly kid?: string | undefined }): Promise<void>;
  /** Sets how it responds from now on. */
  behave(behavior: IssuerBehavior): void;
  /** Closes its port and its connections. */
  stop(): Promise<void>;
}

interface SigningKey {
  privateKey: CryptoKey;
  jwk: JWK & { kid: string };
}

async function newKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' } };
}

/** All issuers of a run share their first key, since creating one takes 0.2 seconds; only its `kid` differs. */
async function firstKey(kid: string): Promise<SigningKey> {
  const stored = process.env['TEST_SIGNING_KEY'];
  if (stored === undefined) return newKey();
  const { d, p, q, dp, dq, qi, ...jwk } = JSON.parse(stored) as JWK;
  const privateKey = (await importJWK({ ...jwk, d, p, q, dp, dq, qi } as JWK, 'RS256')) as CryptoKey;
  return { privateKey, jwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } };
}

function claimsOf(user: TestUser, organizersGroup: string): Record<string, unknown> {
  return {
    sub: testUsers[user],
    username: user,
    ...(user === 'attendee' ? {} : { 'cognito:groups': [organizersGroup] }),
  };
}

function respond(behavior: IssuerBehavior, keys: JWK[], req: IncomingMessage, res: ServerResponse): void {
  if (behavior === 'hangs') return;
  if (behavior === 'resets') return void req.socket.destroy();
  if (req.url !== '/.well-known/jwks.json') return void res.writeHead(404).end();
  if (behavior === 'error') return void res.writeHead(500).end('out of order');
  res.setHeader('Content-Type', 'application/json');
  if (behavior === 'garbage') return void res.end('<html>{');
  if (behavior === 'empty') return void res.end('{"keys":[]}');
  if (behavior === 'stalls') return void res.write('{"keys":[');
  if (behavior === 'endless') {
    const timer = setInterval(() => res.write(' '.repeat(65_536)), 1);
    res.on('close', () => clearInterval(timer));
    return;
  }
  res.end(JSON.stringify({ keys }));
}

/** What signs tokens: those of this module, and those of a process that knows the key of an issuer in another process. */
type Signer = Pick<TestIssuer, 'token' | 'sharedToken' | 'tokenFor'>;

function createSigner(issuer: string, currentKey: () => SigningKey, organizersGroup: string): Signer {
  async function token(claims: Record<string, unknown> = {}, options: TokenOptions = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const key = currentKey();
    const payload: Record<string, unknown> = {
      iss: issuer,
      client_id: testClientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: now,
      iat: now,
      exp: now + 3600,
      jti: randomUUID(),
      ...claimsOf('organizer', organizersGroup),
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ kid: key.jwk.kid, alg: options.alg ?? 'RS256', ...options.header })
      .sign(options.key ?? key.privateKey);
  }

  const shared = new Map<string, Promise<string>>();
  function sharedToken(claims: Record<string, unknown>): Promise<string> {
    const minute = Math.floor(Date.now() / 60_000);
    const id = JSON.stringify([currentKey().jwk.kid, minute, claims, Object.keys(claims)]);
    const known = shared.get(id) ?? token(claims);
    shared.set(id, known);
    return known;
  }

  return {
    token,
    sharedToken,
    tokenFor: (user) => sharedToken({ 'cognito:groups': undefined, ...claimsOf(user, organizersGroup) }),
  };
}

/** Starts an issuer on the loopback interface; `port` 0 (the default) selects a free port. */
export async function startTestIssuer({ port = 0, organizersGroup = 'Organizers' } = {}): Promise<TestIssuer> {
  let key = await firstKey(randomUUID());
  let hits = 0;
  let behavior: IssuerBehavior = 'up';
  const { url: issuer, close } = await listen((req, res) => {
    hits += 1;
    respond(behavior, [key.jwk], req, res);
  }, port);

  return {
    issuer,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    clientId: testClientId,
    get hits() {
      return hits;
    },
    get publicKey() {
      return key.jwk;
    },
    ...createSigner(issuer, () => key, organizersGroup),
    async rotate({ kid } = {}) {
      key = await newKey();
      if (kid !== undefined) key.jwk.kid = kid;
    },
    behave(next) {
      behavior = next;
    },
    stop: close,
  };
}

/** An issuer in another process of this run, with its first key. */
export async function remoteTestIssuer(
  { issuer, jwksUri, kid }: { readonly issuer: string; readonly jwksUri: string; readonly kid: string },
  organizersGroup: string,
): Promise<TestIssuer> {
  const key = await firstKey(kid);
  const refuse = () => {
    throw new Error('All test files share this issuer.');
  };
  return {
    issuer,
    jwksUri,
    clientId: testClientId,
    get hits(): number {
      return refuse();
    },
    publicKey: key.jwk,
    ...createSigner(issuer, () => key, organizersGroup),
    rotate: refuse,
    behave: refuse,
    async stop() {},
  };
}
