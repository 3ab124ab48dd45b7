/** The files of `test/domains/` are complete: tests of all operations can make what the paths name. */
import { problemTexts } from '../../src/http/problems.ts';
import { domains, resourceOf, shownResources } from '../support/domains.ts';
import { statuses } from '../support/problems.ts';
import { operations } from './contract.ts';

const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

describe('The resources of the domains', () => {
  it.each(operations.map(({ operationId, path }) => [operationId, path] as const))(
    'have all parameters of the path of %s',
    (_, path) => {
      expect(Object.keys(resourceOf({ path })?.missing ?? {}).sort()).toEqual(parametersOf(path).sort());
    },
  );

  it('are named by their paths', () => {
    for (const { path, missing } of domains.flatMap(({ resources }) => resources))
      expect([path, Object.keys(missing)]).toEqual([path, parametersOf(path)]);
  });

  it('have an operation that reads them if examples show them', () => {
    for (const { path } of shownResources.values())
      expect(operations.filter((one) => one.method === 'GET' && one.path === path)).toHaveLength(1);
  });

  it('do not cover a parameter that no domain knows', () => {
    expect(() => resourceOf({ path: '/events/{eventId}/guests/{guestId}' })).toThrow(
      'No resource in test/domains/ has all parameters of the path /events/{eventId}/guests/{guestId}.',
    );
  });

  it('are found by the longest path that a path starts with', () => {
    expect(resourceOf({ path: '/events/{eventId}/publish' })?.path).toBe('/events/{eventId}');
    expect(resourceOf({ path: '/events' })).toBeUndefined();
  });
});

it('The tests know the status of every problem code', () => {
  expect(Object.keys(statuses).sort()).toEqual(Object.keys(problemTexts).sort());
});
