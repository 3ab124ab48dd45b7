import { changesOf, differenceOf } from './changes.ts';

const change = (address: string, actions: readonly string[], mode: 'managed' | 'data' = 'managed') => ({
  address,
  mode,
  change: { actions },
});

describe('changesOf', () => {
  it('names the resources that a plan changes, and how', () => {
    const resource_changes = [
      change('aws_iam_role.function', ['delete', 'create']),
      change('aws_dynamodb_table.table["events"]', ['update']),
      change('aws_lambda_alias.live', ['no-op']),
      change('data.aws_region.current', ['read'], 'data'),
    ];
    expect(changesOf({ resource_changes })).toEqual([
      'delete and create aws_iam_role.function',
      'update aws_dynamodb_table.table["events"]',
    ]);
  });

  it('finds none in an empty plan', () => expect(changesOf({})).toEqual([]));
});

describe('differenceOf', () => {
  it('names what is missing, and what was not expected', () => {
    const difference = differenceOf(['create a', 'update b'], ['create a', 'delete c']);
    expect(difference).toBe('  missing: delete c\n  not expected: update b');
  });

  it('is undefined if there is none', () => expect(differenceOf(['create a'], ['create a'])).toBeUndefined());
});
