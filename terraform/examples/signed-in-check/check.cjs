/**
 * Signs in as a user of the pool, and reads the list of events with the token. Fails if any of this does. A CommonJS module, with the SDK that
 * the runtime of Lambda has.
 */
const {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} = require('@aws-sdk/client-cognito-identity-provider');
const { GetParameterCommand, SSMClient } = require('@aws-sdk/client-ssm');

const { API_URL, USER_POOL_ID, CLIENT_ID, USER_NAME, PASSWORD_PARAMETER } = process.env;
const cognito = new CognitoIdentityProviderClient({});
const parameters = new SSMClient({});

async function accessToken() {
  const parameter = new GetParameterCommand({ Name: PASSWORD_PARAMETER, WithDecryption: true });
  const { Parameter } = await parameters.send(parameter);
  const signIn = new AdminInitiateAuthCommand({
    UserPoolId: USER_POOL_ID,
    ClientId: CLIENT_ID,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: USER_NAME, PASSWORD: Parameter.Value },
  });
  const { AuthenticationResult } = await cognito.send(signIn);
  return AuthenticationResult.AccessToken;
}

exports.handler = async function handler() {
  const headers = { authorization: `Bearer ${await accessToken()}`, 'user-agent': 'signed-in-check' };
  const response = await fetch(`${API_URL}/events?limit=1`, { headers, signal: AbortSignal.timeout(15_000) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`listEvents responded with ${response.status}: ${text.slice(0, 500)}`);
};
