import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { readDocumentedContract } from '../contract.ts';
import { tryDocument } from './document.ts';

const contract = readDocumentedContract();
const document = tryDocument(contract);
const operations = Object.values(asObject(document['paths'])).flatMap((item) => Object.values(asObject(item)));
const find = (id: string) => asObject(operations.find((one) => asObject(one)['operationId'] === id));
const parameter = (id: string, name: string) =>
  (find(id)['parameters'] as readonly JsonObject[]).find((one) => one['name'] === name);

describe('the document of the try-it page', () => {
  it('has every operation, with its way to sign in and the examples of its body', () => {
    expect(operations.map((one) => asObject(one)['operationId']).sort()).toEqual(
      contract.operations.map(({ operationId }) => operationId).sort(),
    );
    expect(document['security']).toEqual(contract.tree.security);
    expect(find('getHealth')['security']).toEqual([]);
    expect(find('createEvent')['requestBody']).toBe(
      contract.operations.find(({ operationId }) => operationId === 'createEvent')?.source['requestBody'],
    );
  });

  it('has no value for any parameter, so that a first request sends none', () => {
    const all = operations.flatMap((one) => asObject(one)['parameters'] as readonly JsonObject[]);
    const filled = all.filter((one) =>
      [one, asObject(one['schema'])].some((node) =>
        ['example', 'examples', 'default', '$ref'].some((key) => key in node),
      ),
    );
    expect(filled).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  });

  it('tells examples and defaults of parameters as text', () => {
    expect(parameter('listEvents', 'status')?.['description']).toMatch(/\n\nExample: `draft, published`$/);
    expect(parameter('listEvents', 'limit')?.['description']).toMatch(/\n\nExample: `\d+`\n\nDefault: `25`$/);
    expect(parameter('createEvent', 'dryRun')?.['description']).toMatch(/\n\nDefault: `false`$/);
    expect(parameter('createEvent', 'Client-Version')).toBeUndefined();
  });

  it('has the media types of responses only where there is a choice', () => {
    const withContent = operations.flatMap((one) =>
      Object.values(asObject(asObject(one)['responses'])).filter((response) => 'content' in asObject(response)),
    );
    expect(withContent).toEqual([
      { description: expect.any(String), content: { 'application/json': {}, 'text/csv': {} } },
    ]);
  });
});
