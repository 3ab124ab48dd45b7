import { readDocumentedContract } from '../docs/contract.ts';
import { renderOperation, renderSchemas } from '../docs/reference.ts';
import { pageDocument } from '../docs/page.ts';
import { sdkName } from '../docs/guides.ts';
import { renderClientOperations } from './generate-client.ts';
import type { JsonObject, OpenApiDocument } from '../../src/openapi/document.ts';
import { readContract } from './read.ts';
import { withDeprecationsDescribed } from './deprecation-text.ts';

const deprecation = { deprecated: true, 'x-deprecated-since': '2030-05-01', 'x-sunset': '2030-11-01' };
const words = 'Deprecated since 2030-05-01, may be gone from 2030-11-01 on.';

/** The contract, with an operation and a member that are on their way out. */
function contractWithDeprecations(): OpenApiDocument {
  const tree = readContract('openapi/openapi.yaml', 'openapi/openapi.yaml') as OpenApiDocument & {
    paths: Record<string, Record<string, JsonObject>>;
    components: { schemas: Record<string, JsonObject> };
  };
  Object.assign(tree.paths['/events/{eventId}/unpublish']?.['post'] ?? {}, deprecation);
  Object.assign(tree.components.schemas['ImageUrl'] ?? {}, deprecation);
  return tree;
}

describe('a deprecation in descriptions', () => {
  it('is described with its days, on a line of its own below a longer text', () => {
    const node = { description: 'Old.\n\nStill there.\n', ...deprecation };
    expect(
      withDeprecationsDescribed({
        parts: [
          node,
          { ...deprecation },
          { description: 'Old.', deprecated: true },
          { description: 'New.', deprecated: false },
        ],
      }),
    ).toEqual({
      parts: [
        { ...node, description: `Old.\n\nStill there.\n\n**${words}**` },
        { ...deprecation, description: `**${words}**` },
        { description: 'Old. **Deprecated.**', deprecated: true },
        { description: 'New.', deprecated: false },
      ],
    });
  });

  it('says so to who reads the documentation, as a page and as Markdown', () => {
    const contract = readDocumentedContract(contractWithDeprecations());
    const page = JSON.stringify(pageDocument(contract, [], sdkName()));
    expect(page.split(words)).toHaveLength(3);
    const operation = contract.operations.find(({ operationId }) => operationId === 'unpublishEvent');
    expect(operation && renderOperation(operation, contract, sdkName())).toContain(`**${words}**`);
    expect(renderSchemas(contract).split(words)).toHaveLength(2);
  });

  it('says so in the types of the client', () => {
    expect(renderClientOperations(contractWithDeprecations(), '0.1.0')).toMatch(
      new RegExp(`\\* @deprecated ${words.slice('Deprecated '.length, -1)}\n +\\*/\n +unpublishEvent\\(`),
    );
  });
});
