/** Users of the pool of a deployment. */
import type { Deployment } from '../../scripts/terraform/deployed/deployment.ts';

/** The password of all of them. */
export const password = 'Correct-Horse-7-Battery';

/** A user of the pool of a deployment, with tokens. */
export interface User {
  readonly sub: string;
  readonly accessToken: string;
  readonly idToken: string;
}

/** Creates a user, as an administrator does with the commands of docs/deploying.md. */
export async function createUser(
  { call, userPoolId, clientId }: Deployment,
  email: string,
  group?: string,
): Promise<User> {
  const user = { UserPoolId: userPoolId, Username: email };
  const attributes = Object.entries({ email, email_verified: 'true' }).map(([Name, Value]) => ({ Name, Value }));
  await call('cognito-idp', 'admin_create_user', { ...user, MessageAction: 'SUPPRESS', UserAttributes: attributes });
  await call('cognito-idp', 'admin_set_user_password', { ...user, Password: password, Permanent: true });
  if (group !== undefined) await call('cognito-idp', 'admin_add_user_to_group', { ...user, GroupName: group });
  const { AuthenticationResult: tokens } = await call<{
    AuthenticationResult: { AccessToken: string; IdToken: string };
  }>('cognito-idp', 'admin_initiate_auth', {
    UserPoolId: userPoolId,
    ClientId: clientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  });
  const [, claims = ''] = tokens.AccessToken.split('.');
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return { sub, accessToken: tokens.AccessToken, idToken: tokens.IdToken };
}
