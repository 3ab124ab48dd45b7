import { accessTokenClaims, idTokenClaims, isLocalUser, localUsers } from './users.ts';

const issuedAt = 1_900_000_000;

describe('the claims of local tokens', () => {
  it('are those of a Cognito access token', () => {
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

  it('name no groups for a user who is in none', () => {
    expect(accessTokenClaims('attendee', issuedAt)).not.toHaveProperty('cognito:groups');
  });

  it('tell an ID token by its use and its audience', () => {
    const claims = idTokenClaims('rival', issuedAt);
    expect(claims).toMatchObject({ token_use: 'id', aud: 'local-client', 'cognito:username': 'rival' });
    expect(claims).not.toHaveProperty('client_id');
  });

  it('belong to known users only', () => {
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
