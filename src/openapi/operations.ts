/** The operations of a document, including what they inherit from their path and from the document. */
import {
  asObject,
  type JsonObject,
  type OpenApiDocument,
  type Parameter,
  type RequestBody,
  type SecurityRequirement,
  type Throttle,
} from './document.ts';
import { lazy, withLazy } from '../lib/lazy.ts';
import { type Deprecation, deprecationOf } from './deprecation.ts';
import { type Method, methods } from './methods.ts';
import { deepResolver, type Resolve, shallowResolver } from './refs.ts';

/** One operation. `Id` names the operations of a known document. What contains references is resolved at its first use. */
export interface Operation<Id extends string = string> {
  /** Method and path if the document gives no id: `GET /events`. */
  readonly operationId: Id;
  readonly method: Method;
  readonly path: string;
  /** The parameters of the path and of the operation; the latter replace the former by place and name. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody | undefined;
  readonly responses: { readonly [status: string]: JsonObject };
  /** The alternatives, of which a caller must satisfy one. */
  readonly security: readonly SecurityRequirement[];
  /** Whether a token is required: `security` is not empty and has no empty alternative. */
  readonly secured: boolean;
  /** Whether a token is accepted: an alternative of `security` names a scheme. If it is not required, it is optional. */
  readonly acceptsToken: boolean;
  /** The role that the caller needs, `x-required-role`. */
  readonly role?: string;
  /** Its own throttle, `x-throttle`. */
  readonly throttle?: Throttle;
  readonly deprecation?: Deprecation;
  /** The operation object, for members that are not named here. */
  readonly source: JsonObject;
}

/**
 * All operations of a document, in the order of its paths and of `methods`.
 *
 * @param resolve how references are replaced: all of them by default; `shallowResolver` keeps those to schemas
 * @param section webhooks are operations too: those of the client. Their names take the place of paths.
 * @throws Error if the target of a reference does not exist; within an operation, at the first use of its member
 */
export function operationsOf<Id extends string = string>(
  document: OpenApiDocument,
  resolve: Resolve = deepResolver(document),
  section: 'paths' | 'webhooks' = 'paths',
): readonly Operation<Id>[] {
  return Object.entries(document[section] ?? {}).flatMap(([path, reference]) => {
    const item = shallowResolver(document)(reference) as JsonObject;
    const shared = lazy(() => parametersOf(item, resolve));
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => toOperation<Id>(document, path, method, item[method] as JsonObject, shared, resolve));
  });
}

function toOperation<Id extends string>(
  document: OpenApiDocument,
  path: string,
  method: Method,
  source: JsonObject,
  shared: () => readonly Parameter[],
  resolve: Resolve,
): Operation<Id> {
  const security = (source['security'] ?? document.security ?? []) as readonly SecurityRequirement[];
  const { requestBody, 'x-required-role': role, 'x-throttle': throttle } = source;
  const deprecation = deprecationOf(source);
  const responses = Object.entries((source['responses'] ?? {}) as JsonObject);
  return withLazy(
    {
      operationId: (source['operationId'] ?? `${method.toUpperCase()} ${path}`) as Id,
      method,
      path,
      security,
      secured: security.length > 0 && security.every(namesScheme),
      acceptsToken: security.some(namesScheme),
      ...(role === undefined ? {} : { role: role as string }),
      ...(throttle === undefined ? {} : { throttle: throttle as Throttle }),
      ...(deprecation === undefined ? {} : { deprecation }),
    },
    {
      parameters() {
        const own = parametersOf(source, resolve);
        const overridden = new Set(own.map(keyOf));
        return [...shared().filter((parameter) => !overridden.has(keyOf(parameter))), ...own];
      },
      requestBody: () => (requestBody === undefined ? undefined : (resolve(requestBody) as RequestBody)),
      responses: () =>
        Object.fromEntries(
          responses.map(([status, response]) => [status, resolve(response as JsonObject) as JsonObject]),
        ),
      source: () => resolve(source) as JsonObject,
    },
  );
}

const namesScheme = (alternative: SecurityRequirement) => Object.keys(alternative).length > 0;

function parametersOf(node: JsonObject, resolve: Resolve): readonly Parameter[] {
  return ((node['parameters'] ?? []) as readonly JsonObject[]).map((parameter) => resolve(parameter) as Parameter);
}

const keyOf = ({ in: place, name }: Parameter) => `${place} ${name}`;

/** The media types of an operation's successful responses, in the order of the contract; the first is the default. */
export function responseMediaTypes({ responses }: Operation): readonly string[] {
  const successful = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return [...new Set(successful.flatMap(([, response]) => Object.keys(asObject(response['content']))))];
}
