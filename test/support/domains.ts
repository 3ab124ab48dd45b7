/**
 * What the domains tell the tests of all operations: how to make the resources that the paths of operations name, and in which states.
 * Each domain has a file in `test/domains/`, which is found by its name.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OperationId } from '../../src/contract/operations.ts';
import type { ProblemCode } from '../../src/contract/generated/types.ts';
import type { Operation } from '../contract/contract.ts';
import type { TestApi, TestRequest, TestResponse } from './api.ts';

/** The parameters of a path by name, such as `{ eventId, number }`. */
export type PathValues = Readonly<Record<string, string>>;

/** Sends a request as one caller, who has the role organizer. */
export type Send = (request: TestRequest) => Promise<TestResponse>;

/** Makes a resource in one state through the API, with the resources above it. Resolves with the values that name it. */
export type Make = (send: Send) => Promise<PathValues>;

/** A resource that paths name. It can be below another one: `/events/{eventId}/registrations/{number}`. */
export interface Resource {
  /** The path that names it, and with which the paths of its operations start. A longer path of another resource precedes. */
  readonly path: string;
  /** How to make it, in each of its states. Requests with the first one succeed as often as possible. */
  readonly states: readonly [Make, ...Make[]];
  /** The values of one that does not exist in any test. */
  readonly missing: PathValues;
  /**
   * Writes to the database what the example request of an operation names, such that the operation succeeds.
   *
   * @param caller the `sub` of the caller
   * @param changes the `before` of a field error
   */
  store(api: Pick<TestApi, 'tables'>, operation: Operation, caller: string, changes?: object): Promise<void>;
  /** How the contract's examples of the resource are compared with the API; absent if no operation returns it alone. */
  readonly shown?: {
    /** Its schema in the contract. A GET request for its path returns it. */
    readonly schema: string;
    /** Another path that returns an example; the resource's own by default. */
    readonly path?: (example: Readonly<Record<string, unknown>>) => string;
    /** Writes an example to the database. Resolves with the `sub` of the caller to whom it looks like this. */
    store(api: Pick<TestApi, 'tables'>, example: Readonly<Record<string, unknown>>): Promise<string>;
  };
}

/** How to cause the field errors of an example: with this body, this query, or these changes of what is stored before. */
export interface FieldErrorCause {
  readonly body?: object;
  readonly query?: string;
  readonly before?: object;
}

/** The facts about a domain that tests of all operations need and that the contract does not tell. */
export interface DomainFixtures {
  readonly resources: readonly Resource[];
  /** Everything of the domain that the caller can see. Invalid requests must not change it. */
  snapshot(send: Send): Promise<unknown>;
  /** The status of each problem code that only this domain has. */
  readonly problemStatuses: { readonly [Code in ProblemCode]?: number };
  /** How to cause the field errors of the contract's examples, by the name of the example. */
  readonly fieldErrors: Readonly<Record<string, FieldErrorCause>>;
  /** Parameters whose example is semantically invalid without other parameters, as their descriptions say, with the problem code. */
  readonly invalidAlone: { readonly [Id in OperationId]?: Readonly<Record<string, ProblemCode>> };
  /** Members that only the response to the creation of a resource has. */
  readonly returnedOnce?: readonly string[];
  /** Operations that write, and whose first call to the database is a read. */
  readonly readsFirst: readonly OperationId[];
  /** Operations that write, and that need no role. */
  readonly writesWithoutRole: readonly OperationId[];
  /** Operations that read, and that need the role: they read what belongs to other people. */
  readonly readsWithRole: readonly OperationId[];
}

const folder = join(process.cwd(), 'test/domains');
const load = createRequire(join(folder, 'index.ts'));

/** All domains with resources. */
export const domains: readonly DomainFixtures[] = readdirSync(folder).map(
  (file) => (load(join(folder, file)) as { fixtures: DomainFixtures }).fixtures,
);

/** The longest path first. */
const resources = domains
  .flatMap((domain) => domain.resources)
  .sort((one, other) => other.path.length - one.path.length);

/**
 * The resource that a path names or is below; undefined for a path without parameters.
 *
 * @throws Error if no domain has a resource with all of the parameters
 */
export function resourceOf({ path }: Pick<Operation, 'path'>): Resource | undefined {
  const resource = resources.find((one) => path === one.path || path.startsWith(`${one.path}/`));
  const rest = path.slice(resource?.path.length ?? 0);
  if (rest.includes('{')) throw new Error(`No resource in test/domains/ has all parameters of the path ${path}.`);
  return resource;
}

/** Makes the resource of a path in its first state. Resolves with the parameters of the path. */
export async function makeFor(operation: Pick<Operation, 'path'>, send: Send): Promise<PathValues> {
  return (await resourceOf(operation)?.states[0](send)) ?? {};
}

/** The resource at a path, or the one of which a list is at this path. */
export function resourceAt({ path }: Pick<Operation, 'path'>): Resource | undefined {
  return resources.find((one) => one.path === path || one.path.replace(/\/\{\w+\}$/, '') === path);
}

/** The resources with their `shown`, by schema. */
export const shownResources: ReadonlyMap<string, Resource & Required<Pick<Resource, 'shown'>>> = new Map(
  resources.flatMap((resource) => {
    const { shown } = resource;
    return shown === undefined ? [] : [[shown.schema, { ...resource, shown }] as const];
  }),
);

/** Everything that the caller can see. */
export async function snapshotOf(send: Send): Promise<unknown> {
  return Promise.all(domains.map(({ snapshot }) => snapshot(send)));
}
