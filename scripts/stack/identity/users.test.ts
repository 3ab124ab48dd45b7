import { accessTokenClaims, idTokenClaims, isLocalUser, localUsers } from './users.ts';

const issuedAt = 1_900_000_000;

describe('the claims of local tokens', () => {
  it('an access token has the claims of a Cognito access token', () => {
    expect(accessTokenClaims('organizer', issuedAt)).toEqual({
      sub: localUsers.organizer.sub,
      'cognito:groups': ['Organizers'],
      client_id: 'local-client',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'organizer',
      version: 2,
      auth_time: issuedAt,
      jti: expect.any(String),
      origin_jti: expect.any(String),
      event_id: expect.any(String),
    });
  });

  it('an access token of a user without groups has no claim for groups', () => {
    expect(accessTokenClaims('attendee', issuedAt)).not.toHaveProperty('cognito:groups');
  });

  it('an ID token differs from an access token by its use and its audience', () => {
    const claims = idTokenClaims('rival', issuedAt);
    expect(claims).toMatchObject({ token_use: 'id', aud: 'local-client', 'cognito:username': 'rival' });
    expect(claims).not.toHaveProperty('client_id');
  });

  it('only the local users are known', () => {
    expect(['organizer', 'rival', 'attendee', 'toString', 'joe', undefined].map(isLocalUser)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
