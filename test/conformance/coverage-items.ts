/** The names of the coverage items, as the coverage report lists them. The checker returns the items that an exchange uses. */
import type { SchemaValidator } from './schema-validator.ts';
import type { Node, Tree } from './tree.ts';

export const responseItem = (operation: Node, status: string, mediaType = '', code = '') =>
  joinWords(operation['operationId'], status, mediaType, code);
export const mediaTypeParameterItem = (
  operation: Node,
  status: string,
  mediaType: string,
  name: string,
  value: string,
) => joinWords(operation['operationId'], status, mediaType, `${name}=${value}`);
export const headerItem = (operation: Node, status: string, name: string, sent: boolean) =>
  joinWords(operation['operationId'], status, sent ? 'with' : 'without', name);
export const parameterItem = (operation: Node, name: unknown) => joinWords(operation['operationId'], 'parameter', name);
export const callerItem = (operation: Node, hasToken: boolean) =>
  joinWords(operation['operationId'], hasToken ? 'with' : 'without', 'a token');
export const headItem = (operation: Node) => joinWords('HEAD', operation['operationId']);
export const optionsItem = (path: string) => joinWords('OPTIONS', path);
export const otherMethodItem = (path: string) => joinWords('unsupported method', path);
export const unroutedItem = (code: string) => joinWords('no operation', code);

const joinWords = (...parts: unknown[]) => parts.filter((part) => part !== '').join(' ');

/** Used in place of a value, to list every item of a schema. */
export const anything = Symbol('anything');

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly properties?: Node;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly allOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
}

/**
 * Creates the function that lists the optional fields, enum values and nulls that a value uses, named after their schemas:
 * `Event.capacity`, `EventStatus draft`. Schemas outside the components have no name and no items; the problem codes in them are part
 * of the items of responses.
 */
export function createSchemaItems({ resolve, placeOf, nodes }: Tree, validate: SchemaValidator) {
  const gatewayOnly = gatewayCodes(nodes);

  return function schemaItems(source: unknown, value: unknown): string[] {
    const schema = resolve(source);
    const name = nameOf(placeOf(schema));
    const {
      type = [],
      const: only,
      enum: values = only === undefined ? [] : [only],
      properties = {},
      required = [],
      items,
      allOf = [],
      oneOf = [],
      anyOf = [],
    } = schema as Schema;
    const branches = [...oneOf, ...anyOf];
    const takesNull =
      (Array.isArray(type) && type.includes('null')) || branches.some((branch) => branch['type'] === 'null');
    const isAny = value === anything;
    const own = [
      ...(takesNull && (isAny || value === null) ? ['null'] : []),
      ...values.filter((one) => (isAny ? !gatewayOnly.has(one) : value === one)),
    ];
    const members =
      value === null ? [] : Object.keys(properties).filter((member) => isAny || Object.hasOwn(value as object, member));
    const elements = Array.isArray(value) ? (value as unknown[]) : isAny ? [anything] : [];
    return [
      ...(name ? own.map((one) => `${name} ${one}`) : []),
      ...(name ? members.filter((member) => !required.includes(member)).map((member) => `${name}.${member}`) : []),
      ...members.flatMap((member) => schemaItems(properties[member], isAny ? anything : (value as Node)[member])),
      ...(items ? elements.flatMap((element) => schemaItems(items, element)) : []),
      ...allOf.flatMap((part) => schemaItems(part, value)),
      ...branches
        .filter((part) => isAny || validate(part, value) === undefined)
        .flatMap((part) => schemaItems(part, value)),
    ];
  };
}

/** The name of a place: `VenueLocation.kind` for `components/schemas/VenueLocation/properties/kind`. */
function nameOf([root, kind = '', ...steps]: readonly string[]): string {
  if (root !== 'components' || !['schemas', 'parameters'].includes(kind)) return '';
  return steps.filter((step) => !['properties', 'schema'].includes(step)).join('.');
}

/** The problem codes that only responses of the gateway have (`x-problem-code`), and no problem of the API itself. */
function gatewayCodes(nodes: readonly Node[]): ReadonlySet<unknown> {
  const narrowed = new Set(
    nodes.flatMap(({ allOf }) => (Array.isArray(allOf) ? (allOf as Node[]) : [])).flatMap(codesIn),
  );
  return new Set(nodes.map((node) => node['x-problem-code'] as string).filter((code) => !narrowed.has(code)));
}

/** The problem codes to which a subschema narrows a problem. */
export function codesIn({ properties }: Node): string[] {
  const { code } = (properties ?? {}) as Record<string, { enum?: string[]; const?: string }>;
  return code?.enum ?? (code?.const === undefined ? [] : [code.const]);
}
