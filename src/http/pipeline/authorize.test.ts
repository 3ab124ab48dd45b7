import { operations } from '../../contract/operations.ts';
import { createHealthHandlers } from '../../domain/health/index.ts';
import { createLogger } from '../../lib/log.ts';
import { createAuthorization, rolesOf } from './authorize.ts';
import { createHttpApp, type HttpAppOptions } from './pipeline.ts';

const withRole = operations.filter(({ role }) => role !== undefined);
const roles = [...new Set(withRole.map(({ role }) => String(role)))];

/** An application with groups for these roles only. */
const appWith = (groups: Readonly<Record<string, string>>) => () =>
  createHttpApp({
    handlers: createHealthHandlers() as HttpAppOptions['handlers'],
    verify: () => Promise.resolve({ sub: 'somebody', groups: [] }),
    groups,
    requestId: () => 'r',
    deadlineMs: 1_000,
    log: createLogger({ write: () => {} }),
  });

describe('the roles of the contract', () => {
  it('include at least one', () => {
    expect(roles.length).toBeGreaterThan(0);
  });

  it('each have a group, or the application does not start', () => {
    const all = Object.fromEntries(roles.map((role) => [role, `${role}s`]));
    expect(appWith(all)).not.toThrow();
    for (const role of roles) {
      const { [role]: _, ...others } = all;
      expect(appWith(others)).toThrow(`No group is configured for the role ${role}.`);
    }
  });

  it('do not fall back to a group of another role or to a member that every object has', () => {
    const [operation] = withRole;
    for (const role of ['admin', 'constructor', 'toString', '__proto__']) {
      const authorization = () => createAuthorization({ ...operation!, role }, { organizer: 'Organizers' });
      expect(authorization).toThrow(`No group is configured for the role ${role}.`);
    }
  });

  it.each(withRole)('are required by $operationId: only the group of its role has it', (operation) => {
    const authorize = createAuthorization(operation, { [String(operation.role)]: 'Editors' });
    const withGroups = (...groups: readonly string[]) => authorize({ sub: 'somebody', groups });
    expect(withGroups('Others', 'Editors')).toBeUndefined();
    for (const principal of [undefined, { sub: 'somebody', groups: [] }])
      expect(authorize(principal)).toEqual({ problem: 'forbidden' });
    for (const group of ['editors', 'Editors2', 'Editor', String(operation.role), ''])
      expect(withGroups(group)).toEqual({ problem: 'forbidden' });
  });

  it('of a caller are those whose groups the caller is in, and of no groups with similar names', () => {
    const groups = { organizer: 'Editors', admin: 'Staff' };
    const rolesIn = (...own: readonly string[]) => rolesOf({ sub: 'somebody', groups: own }, groups);
    expect(rolesIn('Others', 'Editors')).toEqual(['organizer']);
    expect(rolesIn('Staff', 'Editors')).toEqual(['organizer', 'admin']);
    expect(rolesIn('editors', 'Editors2', 'Editor', 'organizer', '', 'My Staff')).toEqual([]);
  });
});
