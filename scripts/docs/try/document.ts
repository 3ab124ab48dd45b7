/** The contract as the try-it page needs it: what is sent, and little of what is returned. */
import { asObject, type JsonObject, type Parameter } from '../../../src/openapi/document.ts';
import { type DocumentedContract, type DocumentedOperation, textOf } from '../contract.ts';

/**
 * A document of its own for the page. Swagger UI fills every parameter in that has an example, so that a first request would be a dry
 * run with a revision of another event: examples of parameters become text here. Of responses the page shows those that come.
 */
export function tryDocument({ tree, operations }: DocumentedContract): JsonObject {
  const { openapi, info, tags, security, components } = tree as JsonObject;
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = shown(operation);
  const { schemas, securitySchemes } = asObject(components);
  const schemes = Object.entries(asObject(securitySchemes)).map(([name, one]) => [name, instructed(asObject(one))]);
  const used = { schemas: schemas as JsonObject, securitySchemes: Object.fromEntries(schemes) as JsonObject };
  const { title, version } = asObject(info) as { title: string; version: string };
  return { openapi, info: { title, version }, tags, security, paths, components: used };
}

/** A security scheme with what to do, in the dialog that lists the schemes. */
function instructed(scheme: JsonObject): JsonObject {
  const description =
    scheme['type'] === 'oauth2' ? 'Opens a window in which you sign in.' : 'Takes an access token that you have.';
  return { ...scheme, description };
}

function shown({ source, parameters, responses }: DocumentedOperation): JsonObject {
  return {
    ...source,
    parameters: parameters.filter(({ name }) => name !== 'Client-Version').map(withoutExample),
    responses: Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, summaryOf(status, one)])),
  };
}

/** A parameter that is empty at first and then not sent, with its example and its default as text. */
function withoutExample({ example: own, examples, schema, description, ...rest }: Parameter): JsonObject {
  const { example = own ?? firstOf(examples), default: fallback, ...bounds } = schema;
  const values = { Example: bounds['type'] === 'boolean' ? undefined : example, Default: fallback };
  const texts = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `${label}: \`${[value].flat().map(textOf).join(', ')}\``);
  return { ...rest, schema: bounds, description: [textOf(description), ...texts].join('\n\n') };
}

const firstOf = (examples: JsonObject[string]) => asObject(Object.values(asObject(examples))[0])['value'];

/** A response without its form. If it has one of several media types, they are left, so that the request can ask for one. */
function summaryOf(status: string, { description, content }: JsonObject): JsonObject {
  const types = status.startsWith('2') ? Object.keys(asObject(content)) : [];
  const choice = Object.fromEntries(types.map((type) => [type, {}]));
  return { description, ...(types.length > 1 ? { content: choice } : {}) };
}
