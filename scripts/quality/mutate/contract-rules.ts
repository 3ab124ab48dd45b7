/** What may be changed in each kind of object of an OpenAPI document. */
import { methods } from '../../../src/openapi/methods.ts';
import type { EditableJsonObject, Json, JsonObject } from '../../../src/openapi/document.ts';
import { besideNull } from '../../contract/null-types.ts';

/** The kinds of change. A run takes as many of each as it can. */
export const kinds = [
  'rename',
  'drop required',
  'require',
  'widen',
  'narrow',
  'limit',
  'type',
  'default',
  'remove member',
  'enum value',
  'code',
  'remove response',
  'status',
  'media type',
  'header',
  'parameter',
  'role',
  'security',
  'path',
  'method',
  'reference',
  'extension',
  'prose',
  'link',
] as const;
export type Kind = (typeof kinds)[number];

/** A change of one object of the contract; `edit` is given the same object in a copy. */
export interface Change {
  readonly kind: Kind;
  readonly what: string;
  edit(node: EditableJsonObject): void;
}

/** The location of an object: the keys from the root. */
export type Keys = readonly string[];

/** What may be changed in one object. What the object describes follows from its location, `at`. */
export type Rule = (node: JsonObject, at: Keys) => readonly Change[];

/** Keys whose values promise nothing to a program. Links are hints to tools. */
export const prose = new Set([
  'info',
  'servers',
  'tags',
  'description',
  'summary',
  'example',
  'examples',
  'links',
  'mapping',
  'securitySchemes',
  'x-enumDescriptions',
  'x-problems',
]);

/** All rules, for this contract. */
export function rulesOf(contract: JsonObject): Rule[] {
  return [
    root,
    pathItem,
    operation,
    requirements,
    parameterLists,
    responseParts,
    schemaChecks,
    narrowing,
    typing,
    nulls,
    defaults,
    members,
    values,
    references(contract),
    extensions,
  ];
}

const limits = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];
const checks = [...limits, 'pattern', 'format', 'uniqueItems', 'additionalProperties', 'enum', 'const'];
/** Next to the values of an enum, a limit has no effect; the linter may require it nevertheless. */
const idleBesideEnum = new Set(limits);

const isSchema = (node: JsonObject) => typesOf(node).length > 0 && !('in' in node) && !('scheme' in node);
/** The types of a schema: one, or a list. */
const typesOf = ({ type }: JsonObject) =>
  (typeof type === 'string' || Array.isArray(type) ? [type].flat() : []) as string[];
/** The one type that is not null. */
const mainTypeOf = (node: JsonObject) => typesOf(node).find((type) => type !== 'null') ?? '';
/** The values that a schema lists: those of `enum`, or the one of `const`. */
const valuesIn = (node: JsonObject) =>
  (node['const'] === undefined ? node['enum'] : [node['const']]) as readonly string[] | undefined;
const isOperation = (at: Keys) => at.length === 3 && at[0] === 'paths' && methods.some((method) => method === at[2]);
const isPathItem = (at: Keys) => at.length === 2 && at[0] === 'paths';
const isCode = (at: Keys) => at.at(-1) === 'code' && at.at(-2) === 'properties';
const parentIs = (at: Keys, name: string) => at.at(-2) === name;

const textOf = (node: Json | undefined) => (typeof node === 'string' ? node : (JSON.stringify(node) ?? ''));

/** Renames a key and keeps its place. */
function renameKey(node: EditableJsonObject, from: string, to: string): void {
  const entries = Object.entries(node);
  for (const key of Object.keys(node)) Reflect.deleteProperty(node, key);
  for (const [key, value] of entries) node[key === from ? to : key] = value;
}
const without = (node: EditableJsonObject, key: string) => void Reflect.deleteProperty(node, key);
const set = (key: string, value: Json) => (node: EditableJsonObject) => void (node[key] = value);
const change = (kind: Kind, what: string, edit: (node: EditableJsonObject) => void): Change => ({ kind, what, edit });

/** Limits change by one; every keyword that checks a value may be removed. */
const schemaChecks: Rule = (node) => {
  if (!isSchema(node)) return [];
  const present = checks.filter(
    (key) => node[key] !== undefined && !(valuesIn(node) !== undefined && idleBesideEnum.has(key)),
  );
  return present.flatMap((key) => {
    const value = node[key];
    const gone = change('widen', `without ${key}`, (schema) => without(schema, key));
    if (typeof value !== 'number') return [gone];
    return [
      gone,
      ...[value - 1, value + 1]
        .filter((next) => next >= 0)
        .map((next) => change('limit', `${key} ${value} → ${next}`, set(key, next))),
    ];
  });
};

const narrowing: Rule = (node) => {
  if (!isSchema(node)) return [];
  const [from, to] =
    { string: ['minLength', 'maxLength'], array: ['minItems', 'maxItems'], integer: ['minimum', 'maximum'] }[
      mainTypeOf(node)
    ] ?? [];
  if (from === undefined || to === undefined || valuesIn(node) !== undefined) return [];
  const lowest = Number(node[from] ?? 0);
  const half = Math.ceil((lowest + Number(node[to] ?? lowest + 10)) / 2);
  return [
    ...[from, to]
      .filter((key) => node[key] !== half)
      .map((key) => change('narrow', `${key} → ${half}`, set(key, half))),
    ...(typesOf(node).length > 1 && typesOf(node).includes('null')
      ? [change('narrow', 'not null', set('type', mainTypeOf(node)))]
      : []),
  ];
};

const typing: Rule = (node) => {
  if (!isSchema(node)) return [];
  const type = mainTypeOf(node);
  const other = { string: 'integer', integer: 'string', array: 'string', object: 'array' }[type];
  const isNullable = typesOf(node).includes('null');
  return [
    ...(other === undefined
      ? []
      : [change('type', `${type} → ${other}`, set('type', isNullable ? [other, 'null'] : other))]),
    ...(!isNullable && node['oneOf'] === undefined ? [change('type', 'or null', set('type', [type, 'null']))] : []),
  ];
};

/** A schema that allows null becomes one that does not. */
const nulls: Rule = (node) => {
  const other = besideNull(node);
  if (other === undefined) return [];
  const only = (schema: EditableJsonObject) => {
    without(schema, 'anyOf');
    without(schema, 'description');
    Object.assign(schema, other);
  };
  return [change('narrow', 'not null', only)];
};

const defaults: Rule = (node) => {
  const value = node['default'] as number | string | undefined;
  if (!isSchema(node) || value === undefined) return [];
  const other = typeof value === 'number' ? value + 1 : valuesIn(node)?.find((one) => one !== value);
  return [
    change('default', `default ${value} → ${String(other)}`, set('default', other ?? null)),
    change('default', 'without default', (schema) => without(schema, 'default')),
  ];
};

const members: Rule = (node) => {
  const properties = node['properties'] as JsonObject | undefined;
  if (!isSchema(node) || properties === undefined) return [];
  const required = (node['required'] ?? []) as string[];
  return Object.keys(properties).flatMap((name) => {
    const rename = (schema: EditableJsonObject) => {
      renameKey(schema['properties'] as EditableJsonObject, name, `${name}X`);
      if (required.includes(name)) schema['required'] = required.map((one) => (one === name ? `${name}X` : one));
    };
    const remove = (schema: EditableJsonObject) => {
      without(schema['properties'] as EditableJsonObject, name);
      if (required.includes(name)) schema['required'] = required.filter((one) => one !== name);
    };
    return [
      change('rename', `member ${name} → ${name}X`, rename),
      change('remove member', `without member ${name}`, remove),
      ...(required.includes(name)
        ? [
            change(
              'drop required',
              `${name} is optional`,
              set(
                'required',
                required.filter((one) => one !== name),
              ),
            ),
          ]
        : [change('require', `${name} is required`, set('required', [...required, name]))]),
    ];
  });
};

/** Values of an enum, or the one of a constant; those of problem and field error codes are a kind of their own. */
const values: Rule = (node, at) => {
  const all = valuesIn(node);
  if (!isSchema(node) || all === undefined) return [];
  const list = (next: readonly string[]) => (schema: EditableJsonObject) => {
    without(schema, 'const');
    schema['enum'] = next;
  };
  const kind: Kind = isCode(at) || ['ProblemCode', 'FieldErrorCode'].includes(at.at(-1) ?? '') ? 'code' : 'enum value';
  return [
    ...all.map((value) =>
      change(kind, `${value} → ${value}-x`, list(all.map((one) => (one === value ? `${value}-x` : one)))),
    ),
    ...(all.length > 1
      ? all.map((value) => change(kind, `without ${value}`, list(all.filter((one) => one !== value))))
      : []),
    change(kind, 'one more', list([...all, kind === 'code' ? 'event-cancelled-x' : 'other'])),
  ];
};

const operation: Rule = (node, at) => {
  if (!isOperation(at)) return [];
  const id = textOf(node['operationId']);
  const responses = Object.keys(node['responses'] as JsonObject);
  const role = node['x-required-role'];
  const inResponses = (edit: (responses: EditableJsonObject) => void) => (one: EditableJsonObject) =>
    edit(one['responses'] as EditableJsonObject);
  return [
    change('rename', `operation ${id} → ${id}X`, set('operationId', `${id}X`)),
    ...responses.map((status) =>
      change(
        'remove response',
        `without ${status}`,
        inResponses((all) => without(all, status)),
      ),
    ),
    ...responses.map((status) => {
      const next =
        [1, 2, 3].map((step) => String(Number(status) + step)).find((one) => !responses.includes(one)) ?? '299';
      return change(
        'status',
        `${status} → ${next}`,
        inResponses((all) => renameKey(all, status, next)),
      );
    }),
    ...(role === undefined
      ? [change('role', 'organizers only', set('x-required-role', 'organizer'))]
      : [
          change('role', 'for everybody', (one) => without(one, 'x-required-role')),
          change('role', 'another role', set('x-required-role', 'attendee')),
        ]),
    ...(node['security'] === undefined ? [] : [change('security', 'with a token', (one) => without(one, 'security'))]),
    ...[[], [{ accessToken: [] }, { signIn: [] }, {}]]
      .filter((security) => JSON.stringify(security) !== JSON.stringify(node['security']))
      .map((security) =>
        change(
          'security',
          security.length === 0 ? 'without a token' : 'with or without a token',
          set('security', security),
        ),
      ),
    ...(node['requestBody'] === undefined
      ? []
      : [change('remove member', 'without a body', (one) => without(one, 'requestBody'))]),
  ];
};

const root: Rule = (node, at) => {
  if (at.length > 0) return [];
  const paths = Object.keys(node['paths'] as JsonObject);
  return [
    change('security', 'no token anywhere', (contract) => without(contract, 'security')),
    ...paths.map((path) =>
      change('path', `${path} → ${path}s`, (contract) =>
        renameKey(contract['paths'] as EditableJsonObject, path, `${path}s`),
      ),
    ),
    ...paths.map((path) =>
      change('path', `without ${path}`, (contract) => without(contract['paths'] as EditableJsonObject, path)),
    ),
  ];
};

const pathItem: Rule = (node, at) => {
  if (!isPathItem(at)) return [];
  const own = methods.filter((method) => node[method] !== undefined);
  const free = methods.filter((method) => node[method] === undefined);
  return own.flatMap((method) =>
    free.slice(0, 2).map((other) => change('method', `${method} → ${other}`, (item) => renameKey(item, method, other))),
  );
};

/** Parameters, headers and bodies become optional; parameters get another name or location. */
const requirements: Rule = (node, at) => {
  const isParameter = typeof node['in'] === 'string';
  const isHeader = parentIs(at, 'headers') && node['schema'] !== undefined;
  const isBody = at.at(-1) === 'requestBody';
  if (!isParameter && !isHeader && !isBody) return [];
  const name = textOf(node['name']);
  return [
    node['required'] === true
      ? change(
          'drop required',
          'not required',
          (one) => void (isBody ? (one['required'] = false) : without(one, 'required')),
        )
      : change('require', 'required', set('required', true)),
    ...(isParameter
      ? [
          change('parameter', `${name} → ${name}X`, set('name', `${name}X`)),
          ...(node['in'] === 'path'
            ? []
            : [
                change('parameter', `${name} in another place`, set('in', node['in'] === 'query' ? 'header' : 'query')),
              ]),
        ]
      : []),
  ];
};

const parameterLists: Rule = (node) => {
  const list = node['parameters'];
  if (!Array.isArray(list)) return [];
  return list.map((one: JsonObject, index) =>
    change(
      'parameter',
      `without ${textOf(one['$ref'] ?? one['name'])}`,
      set(
        'parameters',
        list.filter((_, other) => other !== index),
      ),
    ),
  );
};

const responseParts: Rule = (node, at) => {
  const headers =
    at.at(-1) === 'headers' && (parentIs(at.slice(0, -1), 'responses') || at.includes('responses'))
      ? Object.keys(node)
      : [];
  const mediaTypes = at.at(-1) === 'content' ? Object.keys(node) : [];
  return [
    ...headers.map((name) => change('header', `without ${name}`, (all) => without(all, name))),
    ...headers.map((name) => change('header', `${name} → ${name}-X`, (all) => renameKey(all, name, `${name}-X`))),
    ...mediaTypes.map((name) =>
      change('media type', `${name} → application/xml`, (all) => renameKey(all, name, 'application/xml')),
    ),
    ...(mediaTypes.length > 1
      ? mediaTypes.map((name) => change('media type', `without ${name}`, (all) => without(all, name)))
      : []),
  ];
};

/** References to another component: the next one of the same section. */
function references(contract: JsonObject): Rule {
  return (node) => {
    const ref = node['$ref'];
    if (typeof ref !== 'string') return [];
    const [, , section = '', name = ''] = ref.split('/');
    const names = Object.keys((contract['components'] as Record<string, JsonObject>)[section] ?? {});
    const other = names[(names.indexOf(name) + 1) % names.length] ?? name;
    return [change('reference', `${name} → ${other}`, set('$ref', `#/components/${section}/${other}`))];
  };
}

const extensions: Rule = (node) =>
  Object.entries(node)
    .filter(([key]) => key.startsWith('x-') && key !== 'x-required-role' && !prose.has(key))
    .flatMap(([key, value]): Change[] => {
      const gone = change('extension', `without ${key}`, (one) => without(one, key));
      if (typeof value === 'string') return [gone, change('extension', `${key} ${value} → other`, set(key, 'other'))];
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return [gone];
      return Object.entries(value)
        .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
        .map(([name, number]) =>
          change('extension', `${key}: ${name} ${number} → ${number + 1}`, (one) =>
            set(name, number + 1)(one[key] as EditableJsonObject),
          ),
        );
    });
