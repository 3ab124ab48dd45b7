import {
  type IssuerBehavior,
  startTestIssuer,
  type TestIssuer,
  testUsers,
  type TokenOptions,
} from '../../test/support/issuer.ts';
import { IssuerUnavailable, Unauthenticated } from './errors.ts';
import { fetchText } from './fetch-text.ts';
import { createTokenVerifier, type TokenVerifier } from './tokens.ts';

/** As the entry of the Lambda function does: it starts the first fetch before the verifier exists. */
function prefetch(uri: string, timeoutMs: number): Promise<string> {
  const text = fetchText(uri, timeoutMs);
  text.catch(() => {});
  return text;
}

describe.each([
  ['that fetches its first keys itself', () => undefined],
  ['whose first keys are being fetched already', prefetch],
])('createTokenVerifier with a real issuer, %s', (_way, firstKeys) => {
  let issuer: TestIssuer;
  let time: number;
  const now = () => new Date(time);
  const organizer = expect.objectContaining({ sub: testUsers.organizer });

  beforeEach(async () => {
    time = Date.now();
    issuer = await startTestIssuer();
  });
  afterEach(() => issuer.stop());

  function createVerifier(timeoutMs = 3_000): TokenVerifier {
    return createTokenVerifier({ ...issuer, now, timeoutMs, firstKeys: firstKeys(issuer.jwksUri, timeoutMs) });
  }

  /** A token that remains valid when a test advances the clock. */
  async function later(claims: object = {}, options: TokenOptions = {}): Promise<string> {
    return `Bearer ${await issuer.token({ exp: 9_999_999_999, ...claims }, options)}`;
  }

  /** Waits until the issuer has received this number of requests. */
  async function firstHits(count: number): Promise<void> {
    while (issuer.hits < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Repeats a verification for up to a second until it is rejected, and returns the reason. */
  async function untilRejected(verify: () => Promise<unknown>): Promise<unknown> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const error: unknown = await verify().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined) return error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return undefined;
  }

  it('fetches keys once for many requests', async () => {
    const verifier = createVerifier();
    const token = await later();
    const principals = await Promise.all(Array.from({ length: 50 }, () => verifier.verify(token)));
    expect(principals).toEqual(Array.from({ length: 50 }, () => organizer));
    expect(issuer.hits).toBe(1);
  });

  it('fetches keys at most once more, regardless of the number of tokens with an unknown key', async () => {
    const verifier = createVerifier();
    await verifier.ready;
    for (const step of [0, 31_000]) {
      time += step;
      const tokens = await Promise.all(
        Array.from({ length: 200 }, (_, count) => later({}, { header: { kid: `x${count}` } })),
      );
      const outcomes = await Promise.allSettled(tokens.map((token) => verifier.verify(token)));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: expect.any(Unauthenticated) });
    }
    expect(issuer.hits).toBe(2);
  });

  it('accepts tokens with a new key of the issuer, and rejects tokens with the old one', async () => {
    const verifier = createVerifier();
    await verifier.ready;
    const old = await later();
    await issuer.rotate();
    time += 31_000;
    expect(await verifier.verify(await later())).toEqual(organizer);
    await expect(verifier.verify(old)).rejects.toThrow(Unauthenticated);
  });

  it('rejects a verified token once the issuer has replaced its key under the same id', async () => {
    const verifier = createVerifier();
    const old = await later();
    expect(await verifier.verify(old)).toEqual(organizer);
    await issuer.rotate({ kid: issuer.publicKey.kid });
    time += 3_600_000;
    // The old key is accepted while the new ones are being fetched.
    await verifier.verify(old);
    await firstHits(2);
    expect(await untilRejected(() => verifier.verify(old))).toBeInstanceOf(Unauthenticated);
    expect(await verifier.verify(await later())).toEqual(organizer);
  });

  it('recovers if the issuer starts later than the server', async () => {
    const port = Number(new URL(issuer.issuer).port);
    await issuer.stop();
    const verifier = createVerifier();
    await verifier.ready;
    await expect(verifier.verify(await later())).rejects.toThrow(IssuerUnavailable);
    issuer = await startTestIssuer({ port });
    time += 1_000;
    expect(await verifier.verify(await later())).toEqual(organizer);
  });

  it('continues to accept tokens with cached keys while the issuer is down', async () => {
    const verifier = createVerifier();
    await verifier.ready;
    await issuer.stop();
    time += 7_200_000;
    expect(await verifier.verify(await later())).toEqual(organizer);
    await expect(verifier.verify(await later({}, { header: { kid: 'new' } }))).rejects.toThrow(IssuerUnavailable);
    expect(await verifier.verify(await later())).toEqual(organizer);
  });

  it.each<[IssuerBehavior, RegExp]>([
    ['resets', /hang up|ECONNRESET/],
    ['hangs', /within 400 ms/],
    ['stalls', /within 400 ms/],
    ['garbage', /JSON/],
    ['error', /status 500/],
    ['empty', /no key for RS256/],
    ['endless', /too long|within 400 ms/],
  ])('throws IssuerUnavailable for an issuer in the state "%s", and recovers after it', async (behavior, reason) => {
    issuer.behave(behavior);
    const verifier = createVerifier(400);
    await verifier.ready;
    const start = performance.now();
    await expect(verifier.verify(await later())).rejects.toMatchObject({
      name: 'IssuerUnavailable',
      cause: { message: expect.stringMatching(reason) },
    });
    expect(performance.now() - start).toBeLessThan(2_000);
    issuer.behave('up');
    time += 1_000;
    expect(await verifier.verify(await later())).toEqual(organizer);
  });

  it('keeps its keys if the response to a renewal is garbage', async () => {
    const verifier = createVerifier();
    await verifier.ready;
    issuer.behave('garbage');
    time += 3_600_000;
    expect(await verifier.verify(await later())).toEqual(organizer);
    await firstHits(2);
    expect(await verifier.verify(await later())).toEqual(organizer);
  });

  it('repeats a first fetch that timed out within the request that waits for it', async () => {
    issuer.behave('hangs');
    const verifier = createVerifier(500);
    const verified = verifier.verify(await later());
    await firstHits(1);
    issuer.behave('up');
    expect(await verified).toEqual(organizer);
    expect(issuer.hits).toBe(2);
  });
});
