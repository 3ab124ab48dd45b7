import { randomUUID } from 'node:crypto';
import { v5 as uuidFrom } from 'uuid';

/** The users of the local stack with a role or a fixed id; `sub` is what the API calls an organizer's id. There are no passwords. */
export const localUsers = {
  organizer: { sub: '11111111-1111-4111-8111-111111111111', groups: ['Organizers'] },
  rival: { sub: '22222222-2222-4222-8222-222222222222', groups: ['Organizers'] },
  attendee: { sub: '33333333-3333-4333-8333-333333333333', groups: [] },
} as const;

/** The name of one of these users. */
export type LocalUser = keyof typeof localUsers;

/** Who a token is for, as its claims say. */
export interface TokenSubject {
  readonly sub: string;
  readonly groups: readonly string[];
}

/** The client id that local tokens carry; what belongs into `TOKEN_CLIENT_ID`. */
export const localClientId = 'local-client';

const isKnown = (name: string): name is LocalUser => Object.hasOwn(localUsers, name);

/** What the name of a local user must be like, for messages. */
export const userNameRule = 'a letter, then up to 63 letters, digits, dots, hyphens or underscores';

/** Whether a local user can have this name. */
export function isUserName(name: unknown): name is string {
  return typeof name === 'string' && /^[a-z][\w.-]{0,63}$/i.test(name);
}

/** The namespace of the ids that are derived from names. */
const namespace = '5d3c0a7e-8f0b-4f0e-9c55-0d6a1c1f7b42';

/** The user with a name. Any name that is not in `localUsers` is a separate attendee, with the same id at each start. */
export function identityOf(name: string): TokenSubject {
  return isKnown(name) ? localUsers[name] : { sub: uuidFrom(name, namespace), groups: [] };
}

/** The users, for messages. */
export const localUserNames = `${Object.keys(localUsers).join(', ')}; any other name is another attendee`;

function claimsOfBoth(user: string, issuedAt: number) {
  const { sub, groups } = identityOf(user);
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
export function accessTokenClaims(user: string, issuedAt: number) {
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
export function idTokenClaims(user: string, issuedAt: number) {
  return {
    ...claimsOfBoth(user, issuedAt),
    aud: localClientId,
    token_use: 'id',
    'cognito:username': user,
    email: `${user}@example.com`,
    email_verified: true,
  };
}
