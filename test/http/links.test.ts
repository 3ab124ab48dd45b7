import { exampleBodies, type Link, type Operation, operations, resolve, responses } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { requestOf, type Values } from '../support/contract-requests.ts';
import { domains, makeFor } from '../support/domains.ts';

/** Each operation that creates a resource, with the links of its response. */
const creations = responses
  .filter(({ status }) => status === 201)
  .map(({ operation, response }) => ({
    operation,
    id: operation.operationId,
    links: Object.values(response.links ?? {}).map((link) => resolve(link)),
  }));

/** The value of a runtime expression (OpenAPI 3.1.1, section 4.8.20.4). */
function valueOf(expression: string, path: Values, { body, headers }: TestResponse): unknown {
  const [, place, name = ''] = /^\$(response\.body#\/|response\.header\.|request\.path\.)(.+)$/.exec(expression) ?? [];
  if (place === 'request.path.') return path[name];
  if (place === 'response.header.') return headers[name.toLowerCase()];
  return place === undefined ? undefined : (body as Values)[name];
}

/** Links that read come first, and one that deletes comes last. */
const rank = (method: string) => ['GET', 'PATCH', 'PUT', 'POST', 'DELETE'].indexOf(method);

const returnedOnce = domains.flatMap((domain) => domain.returnedOnce ?? []);

/** A resource as it is read after its creation. */
const asRead = (created: object) =>
  Object.fromEntries(Object.entries(created).filter(([name]) => !returnedOnce.includes(name)));

describe.each(transports)('the links of a response (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const send = (request: TestRequest) => api.send({ as: 'organizer', ...request });

  /** Follows a link with the example body of its operation. */
  async function follow({ operationId, parameters }: Link, path: Values, created: TestResponse) {
    const target = operations.find((one) => one.operationId === operationId)!;
    const values = Object.fromEntries(
      Object.entries(parameters).map(([name, expression]) => [name, valueOf(expression, path, created)]),
    );
    const response = await send(requestOf(target, values, exampleBodies(target.operationId)[0]?.[1]));
    return { operationId, method: target.method, response };
  }

  /** Makes what the operation needs: a PUT creates the resource of its path, so that only the one above it is made. */
  const makeAbove = ({ method, path }: Operation) =>
    makeFor({ path: method === 'PUT' ? path.slice(0, path.lastIndexOf('/')) : path }, send);

  it.each(creations)('of $id lead to the new resource', async ({ operation, links }) => {
    const path = await makeAbove(operation);
    const created = await send(requestOf(operation, path, exampleBodies(operation.operationId)[0]?.[1]));
    expect(created.status).toBe(201);
    expect(links.length).toBeGreaterThan(0);

    const methodOf = (link: Link) => operations.find((one) => one.operationId === link.operationId)?.method ?? '';
    for (const link of links.toSorted((one, other) => rank(methodOf(one)) - rank(methodOf(other)))) {
      const { operationId, method, response } = await follow(link, path, created);
      // The state of the resource may not allow a change, but it must exist.
      const found = response.status < 300 || response.status === 409;
      expect({ operationId, status: response.status, found }).toMatchObject({ operationId, found: true });
      if (method === 'GET') expect(response.body).toEqual(asRead(created.body as object));
    }
  });

  it.each(creations)(
    'of $id include one that reads the new resource, as Location does',
    async ({ operation, links }) => {
      const reads = links.filter(({ operationId }) =>
        operations.some((one) => one.operationId === operationId && one.method === 'GET'),
      );
      expect(reads).toHaveLength(1);
      const path = await makeAbove(operation);
      const created = await send(requestOf(operation, path, exampleBodies(operation.operationId)[0]?.[1]));
      const located = await send({ path: created.headers['location'] ?? '' });
      expect(located.body).toEqual((await follow(reads[0]!, path, created)).response.body);
    },
  );
});
