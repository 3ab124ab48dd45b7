/** The names of what the contract documents, as the table of coverage lists them; the checker says which of them an exchange has seen. */
import type { Judge } from './judge.ts';
import type { Node, Tree } from './tree.ts';

export const answerEntry = (operation: Node, status: string, mediaType = '', code = '') =>
  words(operation['operationId'], status, mediaType, code);
export const headerEntry = (operation: Node, status: string, name: string, sent: boolean) =>
  words(operation['operationId'], status, sent ? 'with' : 'without', name);
export const parameterEntry = (operation: Node, name: unknown) => words(operation['operationId'], 'parameter', name);
export const headEntry = (operation: Node) => words('HEAD', operation['operationId']);
export const optionsEntry = (path: string) => words('OPTIONS', path);
export const otherMethodEntry = (path: string) => words('another method', path);
export const unroutedEntry = (code: string) => words('no operation', code);

const words = (...parts: unknown[]) => parts.filter((part) => part !== '').join(' ');

/** In place of a value: everything that a schema documents. */
export const anything = Symbol('anything');

interface Schema {
  readonly nullable?: boolean;
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
 * The optional members, the values of enums and the nulls that a value shows, by the names of their schemas: `Event.capacity`,
 * `EventStatus draft`. What stands in no component has no name and is counted otherwise: codes of problems with their answers.
 */
export function createShow({ resolve, placeOf, nodes }: Tree, judge: Judge) {
  const unseen = codesOfGateway(nodes);

  return function show(source: unknown, value: unknown): string[] {
    const schema = resolve(source);
    const name = nameOf(placeOf(schema));
    const {
      nullable = false,
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
      nullable ||
      (Array.isArray(type) && type.includes('null')) ||
      branches.some((branch) => branch['type'] === 'null');
    const isAny = value === anything;
    const own = [
      ...(takesNull && (isAny || value === null) ? ['null'] : []),
      ...values.filter((one) => (isAny ? !unseen.has(one) : value === one)),
    ];
    const members =
      value === null ? [] : Object.keys(properties).filter((member) => isAny || Object.hasOwn(value as object, member));
    const elements = Array.isArray(value) ? (value as unknown[]) : isAny ? [anything] : [];
    return [
      ...(name ? own.map((one) => `${name} ${one}`) : []),
      ...(name ? members.filter((member) => !required.includes(member)).map((member) => `${name}.${member}`) : []),
      ...members.flatMap((member) => show(properties[member], isAny ? anything : (value as Node)[member])),
      ...(items ? elements.flatMap((element) => show(items, element)) : []),
      ...allOf.flatMap((part) => show(part, value)),
      ...branches.filter((part) => isAny || judge(part, value) === undefined).flatMap((part) => show(part, value)),
    ];
  };
}

/** Of `components/schemas/VenueLocation/properties/kind`: `VenueLocation.kind`. */
function nameOf([root, kind = '', ...steps]: readonly string[]): string {
  if (root !== 'components' || !['schemas', 'parameters'].includes(kind)) return '';
  return steps.filter((step) => !['properties', 'schema'].includes(step)).join('.');
}

/** Codes that only answers of the gateway stand for (`x-problem-code`) and no problem of the application is narrowed to. */
function codesOfGateway(nodes: readonly Node[]): ReadonlySet<unknown> {
  const narrowed = new Set(
    nodes.flatMap(({ allOf }) => (Array.isArray(allOf) ? (allOf as Node[]) : [])).flatMap(codesIn),
  );
  return new Set(nodes.map((node) => node['x-problem-code'] as string).filter((code) => !narrowed.has(code)));
}

/** The codes to which a part of a problem's schema narrows it. */
export function codesIn({ properties }: Node): string[] {
  const { code } = (properties ?? {}) as Record<string, { enum?: string[]; const?: string }>;
  return code?.enum ?? (code?.const === undefined ? [] : [code.const]);
}
