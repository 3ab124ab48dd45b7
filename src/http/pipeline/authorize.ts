import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';
import type { ProblemResult } from '../problems.ts';

/**
 * Rejects callers without the role that the contract requires. `groups` maps each role to the group that has it.
 *
 * @throws Error if no group is configured for the role
 */
export function createAuthorization({ role }: Operation, groups: Readonly<Record<string, string>>) {
  const group = role !== undefined && Object.hasOwn(groups, role) ? groups[role] : undefined;
  if (role !== undefined && group === undefined) throw new Error(`No group is configured for the role ${role}.`);
  return (principal: Principal | undefined): ProblemResult | undefined =>
    group === undefined || principal?.groups.includes(group) ? undefined : { problem: 'forbidden' };
}

/** The roles of a caller. `groups` maps each role to the group that has it. */
export function rolesOf(principal: Principal, groups: Readonly<Record<string, string>>): string[] {
  return Object.keys(groups).filter((role) => principal.groups.includes(String(groups[role])));
}
