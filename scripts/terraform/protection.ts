/**
 * Looks for protected tables and user pools before a destroy. Terraform would fail at them only after it has deleted everything else.
 */

/** The part of a plan's JSON that is used here. */
export interface DestroyPlan {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly before: Readonly<Record<string, unknown>> | null };
  }[];
}

const kinds: Readonly<Record<string, string>> = {
  aws_dynamodb_table: 'the table',
  aws_cognito_user_pool: 'the user pool',
};

/** Says why nothing was deleted and how to delete it; undefined if nothing is protected. */
export function protectionError({ resource_changes: changes = [] }: DestroyPlan): string | undefined {
  const kept = changes.filter(({ change }) => change.actions.includes('delete') && isProtected(change.before ?? {}));
  if (kept.length === 0) return undefined;
  const names = kept
    .map(({ type, change }) => `${kinds[type] ?? type} ${String(change.before?.['name'])}`)
    .join(' and ');
  return (
    `Nothing was deleted: ${names} ${kept.length === 1 ? 'is' : 'are'} protected. To delete everything, including all data, set ` +
    'deletion_protection = false in terraform/terraform.tfvars, run `make apply`, and then `make destroy` again.'
  );
}

/** Reads the deployed setting: a variable passed to destroy has no effect on it. */
function isProtected(before: Readonly<Record<string, unknown>>): boolean {
  return before['deletion_protection_enabled'] === true || before['deletion_protection'] === 'ACTIVE';
}
