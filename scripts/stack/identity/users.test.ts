import { accessTokenClaims, idTokenClaims, identityOf, isUserName, localUsers } from './users.ts';

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

  it('belong to names that can be written in a command and in a URL', () => {
    const names = ['organizer', 'attendee2', 'Mira.Novak', 'toString', 'a'.repeat(64)];
    expect(names.filter((name) => !isUserName(name))).toEqual([]);
    const others = ['', '2', 'a b', 'a"b', '../a', 'a'.repeat(65), undefined, null, 1];
    expect(others.filter(isUserName)).toEqual([]);
  });

  it('are those of a separate attendee for any other name, with the same id each time', () => {
    const { sub, groups } = identityOf('attendee2');
    expect(groups).toEqual([]);
    expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(identityOf('attendee2')).toEqual({ sub, groups });
    expect(accessTokenClaims('attendee2', issuedAt)).toMatchObject({ sub, username: 'attendee2' });
    const names = ['organizer', 'rival', 'attendee', 'attendee2', 'attendee3', 'Attendee2', 'toString', 'constructor'];
    expect(new Set(names.map((name) => identityOf(name).sub)).size).toBe(names.length);
  });
});
