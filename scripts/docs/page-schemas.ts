/** Changes of the schemas that the interactive reference shows, so that its readers find the meaning first, and examples that fit. */
import { asObject, type EditableJsonObject, type JsonObject } from '../../src/openapi/document.ts';
import { nameOf } from '../../src/openapi/refs.ts';
import { textOf } from './contract.ts';

/**
 * Adds each regular expression to the end of the description of its schema or parameter. Redoc would show it before the description;
 * the option `hideSchemaPattern` prevents that.
 */
export function describePatterns(document: JsonObject): void {
  const schemas = asObject(asObject(document['components'])['schemas']);
  const patternOf = (schema: JsonObject) =>
    asObject(schemas[nameOf(schema, 'schemas') ?? ''])['pattern'] ?? schema['pattern'];
  walk(document, (node) => {
    const isParameter = typeof node['in'] === 'string' && node['schema'] !== undefined;
    const pattern = isParameter ? patternOf(asObject(node['schema'])) : node['pattern'];
    if (typeof pattern !== 'string') return;
    node['description'] = `${textOf(node['description'])}\n\nPattern: \`${pattern}\``.trim();
  });
}

/**
 * Gives properties with the same schema different examples. All would have that of the schema: an event would end when it starts. The
 * others are taken from an object among the examples whose first such property has the example of the schema.
 */
export function giveOwnExamples(document: JsonObject): void {
  const schemas = asObject(asObject(document['components'])['schemas']);
  const objects = exampleObjects(document);
  for (const { properties } of Object.values(schemas).map(asObject)) {
    const first = new Map<string, string>();
    for (const [property, schema] of Object.entries(asObject(properties))) {
      const name = nameOf(asObject(schema), 'schemas');
      if (name === undefined) continue;
      const earlier = first.get(name);
      if (earlier === undefined) {
        first.set(name, property);
        continue;
      }
      const { example } = asObject(schemas[name]);
      const fitting = objects.find((one) => one[earlier] === example && one[property] !== undefined);
      const shown: EditableJsonObject = asObject(schema);
      if (fitting !== undefined) shown['example'] = fitting[property];
    }
  }
}

/** Every object in an example of the document. */
function exampleObjects(document: JsonObject): readonly JsonObject[] {
  const objects: JsonObject[] = [];
  walk(document, ({ examples }) => {
    if (examples !== undefined) walk(examples, (one) => void objects.push(one));
  });
  return objects;
}

/** Visits every object of a tree. */
function walk(tree: unknown, visit: (node: EditableJsonObject) => void): void {
  if (tree === null || typeof tree !== 'object') return;
  if (!Array.isArray(tree)) visit(tree as EditableJsonObject);
  for (const child of Object.values(tree)) walk(child, visit);
}
