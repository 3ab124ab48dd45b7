/**
 * State rules that are written once. A requirement is what a resource must be like for a write (its comparisons) together with the
 * problem to report if it is not. The condition of the write, the explanation of a failed condition, and the order of problems all
 * follow from the list of requirements.
 */
import type { FieldError, ProblemCode } from '../../contract/generated/types.ts';
import { type Comparisons, satisfiesAll } from '../../lib/comparison.ts';

/** A problem as an operation returns it. */
export interface Problem<Code extends ProblemCode = ProblemCode> {
  readonly problem: Code;
  readonly errors?: readonly FieldError[];
}

export interface Requirement<Resource, P extends Problem = Problem> {
  readonly comparisons: Comparisons<Extract<keyof Resource, string>>;
  /** The problem of a resource that does not meet the requirement. */
  readonly problemOf: (resource: Resource) => P;
}

type ProblemOf<R> = R extends { readonly problemOf: (resource: never) => infer P } ? P : never;

/** Whether a resource meets a requirement. */
export function meets<Resource extends object>(resource: Resource, { comparisons }: Requirement<Resource>): boolean {
  return satisfiesAll(resource, comparisons);
}

/**
 * The problem of the first requirement, in the order of the list, that a resource does not meet; undefined if it meets all of
 * them. Field errors of further unmet requirements with the same problem are added to it.
 */
export function firstProblem<Resource extends object, R extends Requirement<Resource>>(
  requirements: readonly R[],
  resource: Resource,
): ProblemOf<R> | undefined {
  const problems = requirements
    .filter((requirement) => !meets(resource, requirement))
    .map((requirement) => requirement.problemOf(resource) as ProblemOf<R> & Problem);
  const [first, ...others] = problems;
  if (first?.errors === undefined) return first;
  const same = others.filter(({ problem }) => problem === first.problem);
  return { ...first, errors: [first, ...same].flatMap(({ errors = [] }) => errors) };
}
