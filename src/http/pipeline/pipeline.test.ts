import { operations } from '../../contract/operations.ts';
import { startTestApp } from '../../../test/support/app.ts';

/** The members of an operation that contain schemas. */
const schemaMembers: readonly PropertyKey[] = ['parameters', 'requestBody', 'responses'];

it('prepares an operation at its first request, not at the start', async () => {
  const prepared = new Set<string>();
  const watched = operations.map(
    (operation) =>
      new Proxy(operation, {
        get(target, name, receiver) {
          if (schemaMembers.includes(name)) prepared.add(target.operationId);
          return Reflect.get(target, name, receiver) as unknown;
        },
      }),
  );
  const app = await startTestApp({ operations: watched });
  try {
    expect([...prepared]).toEqual([]);
    expect(await app.send('/health')).toMatchObject({ status: 200 });
    expect([...prepared]).toEqual(['getHealth']);
  } finally {
    await app.stop();
  }
});
