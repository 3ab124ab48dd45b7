/** The deployment as callers meet it: gateway, authorizer and user pool, and what the log has afterwards. */
import { randomUUID } from 'node:crypto';
import type { Deployment } from '../../scripts/terraform/deployed/deployment.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { type Operation, operations } from '../contract/contract.ts';
import type { TestRequest, TestResponse } from '../support/api.ts';
import { startDeployedApi } from '../support/deployed.ts';
import { concert } from '../support/events.ts';
import { exampleRequests, prepare, requestFor, successOf } from '../support/example-requests.ts';
import { expectProblem } from '../support/problems.ts';
import type { TestTables } from '../support/tables.ts';
import { createUser, password, type User } from './users.ts';

const isOpen = ({ security }: Operation) => security?.length === 0;

/** One request for each operation. */
const requests = operations.map((operation) => {
  const { body } = exampleRequests.find((one) => one.operation.operationId === operation.operationId)!;
  return { operationId: operation.operationId, operation, request: requestFor(operation, [], body) };
});
const secured = requests.filter(({ operation }) => operation.security === undefined);

let deployment: Deployment;
let tables: TestTables;
let send: (request: TestRequest, token?: string) => Promise<TestResponse>;
let organizer: User;
let attendee: User;

beforeAll(async () => {
  const started = await startDeployedApi();
  ({ deployment, tables } = started);
  send = ({ method = 'GET', path, headers = {}, body }, token) =>
    started.transport.send({
      method,
      path,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      bytes: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
    });
  organizer = await createUser(deployment, 'ada@example.com', deployment.organizersGroup);
  attendee = await createUser(deployment, 'ben@example.com');
});
afterAll(() => tables?.drop());

describe('a deployment', () => {
  it.each(requests)('serves $operationId to an organizer of the user pool', async ({ operation, request }) => {
    await prepare({ tables }, operation, undefined, organizer.sub);
    const { status, body } = await send(request, organizer.accessToken);
    expect({ status, body: body as unknown }).toMatchObject({ status: successOf(operation) });
  });

  it.each(secured)('has the gateway reject $operationId without a token', async ({ request }) => {
    const { status, headers, body } = await send(request);
    expect({ status, body: body as unknown }).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(headers).not.toHaveProperty('x-request-id');
  });

  it('serves open operations without a token, and without an authorizer', async () => {
    const open = requests.filter(({ operation }) => isOpen(operation));
    expect(open.map(({ operationId }) => operationId)).toContain('getHealth');
    const { status } = await send({ path: pathTo('getHealth') });
    expect(status).toBe(200);
  });

  it('rejects ID tokens, and access tokens with the signature of another', async () => {
    const path = pathTo('listMyRegistrations');
    expectProblem(await send({ path }, organizer.idToken), 'unauthenticated', {
      detail: 'This is an ID token. Send the access token.',
    });
    const [header, claims] = organizer.accessToken.split('.');
    const [, , signature] = attendee.accessToken.split('.');
    expect(await send({ path }, `${header}.${claims}.${signature}`)).toMatchObject({ status: 401 });
  });

  it('rejects those who are not in the group of organizers, where the role is required', async () => {
    const create = { method: 'POST', path: pathTo('createEvent'), body: concert };
    expectProblem(await send(create, attendee.accessToken), 'forbidden', { detail: expect.any(String) as string });
    expect(await send({ path: pathTo('listMyRegistrations') }, attendee.accessToken)).toMatchObject({ status: 200 });
  });

  it('responds to unknown paths and methods itself, through the route $default', async () => {
    expectProblem(await send({ path: `/${randomUUID()}` }), 'route-not-found');
    const wrongMethod = await send({ method: 'PUT', path: pathTo('createEvent') }, organizer.accessToken);
    expect(wrongMethod).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
    expect(wrongMethod.headers['allow']?.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
  });
});

describe('the log group of the function', () => {
  let lines: string[];
  beforeAll(async () => {
    lines = [];
    for (let nextToken: string | undefined; ;) {
      const page = await deployment.call<{ events: { message: string }[]; nextToken?: string }>(
        'logs',
        'filter_log_events',
        { logGroupName: deployment.logGroup, ...(nextToken === undefined ? {} : { nextToken }) },
      );
      lines.push(...page.events.map(({ message }) => message.trim()));
      nextToken = page.nextToken;
      if (nextToken === undefined) break;
    }
  });

  it('has the line of a successful request for every operation', () => {
    const logged = lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { level: string; operationId?: string; status?: number });
    expect(logged.filter(({ level }) => level !== 'info')).toEqual([]);
    for (const { operationId, operation } of requests)
      expect(logged).toContainEqual(expect.objectContaining({ operationId, status: successOf(operation) }));
  });

  it('has neither tokens nor what people have entered', () => {
    const text = lines.join('\n');
    expect(text).toContain(organizer.sub);
    const secrets = [organizer, attendee].flatMap(({ accessToken, idToken }) => [accessToken, idToken]);
    const entered = [
      'ada@example.com',
      'ben@example.com',
      password,
      'Mira Novak',
      'mira.novak@example.com',
      concert.name,
    ];
    expect([...secrets, ...entered].filter((one) => text.includes(one))).toEqual([]);
  });
});
