/** The same check of a token in every program, with jose as its documentation shows; `WITH_TOKENS` is replaced when a program is bundled. */
import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = WITH_TOKENS ? createRemoteJWKSet(new URL(process.env.TOKEN_JWKS_URI)) : undefined;

export async function requireToken(authorization) {
  if (!WITH_TOKENS) return;
  const { payload } = await jwtVerify(authorization.slice('Bearer '.length), keys, {
    issuer: process.env.TOKEN_ISSUER,
    algorithms: ['RS256'],
  });
  if (payload.token_use !== 'access' || payload.client_id !== process.env.TOKEN_CLIENT_ID)
    throw new Error('Another token');
}
