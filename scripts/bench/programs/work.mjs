/**
 * The work around the two operations, the same in every program: it checks the token, with jose as its documentation shows, writes one line
 * of JSON with pino for each request, and describes what it rejects as a problem (RFC 9457). `alone.mjs` takes its place in programs without it.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import pino from 'pino';

const keys = createRemoteJWKSet(new URL(process.env.TOKEN_JWKS_URI));
const logger = pino();

export async function requireToken(authorization) {
  const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, {
    issuer: process.env.TOKEN_ISSUER,
    algorithms: ['RS256'],
  });
  if (payload.token_use !== 'access' || payload.client_id !== process.env.TOKEN_CLIENT_ID)
    throw new Error('Another token');
}

/** Writes the line of a request that began at this time of `performance.now()`. */
export const logRequest = (method, path, status, began) =>
  logger.info({ method, path, status, durationMs: performance.now() - began }, 'request');

export const problemType = 'application/problem+json';

export const problemOf = (status, detail, errors) => ({
  type: 'about:blank',
  title: 'Problem',
  status,
  detail,
  errors,
});
