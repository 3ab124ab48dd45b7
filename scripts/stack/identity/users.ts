import { randomUUID } from 'node:crypto';

/** The users of the local stack; `sub` is what the API calls an organizer's id. There are no passwords. */
export const localUsers = {
  organizer: { sub: '11111111-1111-4111-8111-111111111111', groups: ['Organizers'] },
  rival: { sub: '22222222-2222-4222-8222-222222222222', groups: ['Organizers'] },
  attendee: { sub: '33333333-3333-4333-8333-333333333333', groups: [] },
} as const;

/** The name of a local user. */
export type LocalUser = keyof typeof localUsers;

/** The client id that local tokens carry; what belongs into `TOKEN_CLIENT_ID`. */
export const localClientId = 'local-client';

/** Whether a local user has this name. */
export function isLocalUser(name: unknown): name is LocalUser {
  return typeof name === 'string' && Object.hasOwn(localUsers, name);
}

/** The names of all local users, for messages. */
export const localUserNames = Object.keys(localUsers).join(', ');

function claimsOfBoth(user: LocalUser, issuedAt: number) {
  const { sub, groups } = localUsers[user];
  return {
    sub,
    // Cognito leaves the claim out for those who are in no group.
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    jti: randomUUID(),
    origin_jti: randomUUID(),
    event_id: randomUUID(),
    auth_time: issuedAt,
  };
}

/** The claims of a Cognito access token beside `iss`, `iat` and `exp`; `issuedAt` in seconds since 1970. */
export function accessTokenClaims(user: LocalUser, issuedAt: number) {
  return {
    ...claimsOfBoth(user, issuedAt),
    client_id: localClientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    username: user,
    version: 2,
  };
}

/** The claims of a Cognito ID token beside `iss`, `iat` and `exp`; `issuedAt` in seconds since 1970. */
export function idTokenClaims(user: LocalUser, issuedAt: number) {
  return {
    ...claimsOfBoth(user, issuedAt),
    aud: localClientId,
    token_use: 'id',
    'cognito:username': user,
    email: `${user}@example.com`,
    email_verified: true,
  };
}
