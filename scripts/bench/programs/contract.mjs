/** What a validator needs of the contract: the schema of a new event and of an id. */
import { operations } from '../../../src/contract/operations.ts';

const find = (id) => operations.find(({ operationId }) => operationId === id);

export const newEvent = withoutMapping(find('createEvent').requestBody.content['application/json'].schema);
export const eventId = find('getEvent').parameters.find(({ name }) => name === 'eventId').schema;

/** Ajv has no `discriminator.mapping`. */
function withoutMapping(node) {
  if (Array.isArray(node)) return node.map(withoutMapping);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !key.startsWith('x-') && key !== 'example')
      .map(([key, value]) => [
        key,
        key === 'discriminator' ? { propertyName: value.propertyName } : withoutMapping(value),
      ]),
  );
}
