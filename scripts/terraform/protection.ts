/** A table or a user pool that refuses to be deleted: by then, everything beside it would be gone already. */

/** The part of a plan's JSON that is read here. */
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

/** Why nothing was deleted, and the commands that do it; undefined where nothing is protected. */
export function refusal({ resource_changes: changes = [] }: DestroyPlan): string | undefined {
  const kept = changes.filter(({ change }) => change.actions.includes('delete') && isProtected(change.before ?? {}));
  if (kept.length === 0) return undefined;
  const names = kept
    .map(({ type, change }) => `${kinds[type] ?? type} ${String(change.before?.['name'])}`)
    .join(' and ');
  return (
    `Nothing was deleted: ${names} ${kept.length === 1 ? 'is' : 'are'} protected. To delete everything, with all data, set ` +
    'deletion_protection = false in terraform/terraform.tfvars, run `make apply`, and then `make destroy` again.'
  );
}

/** As it is live: a variable given to destroy would change nothing. */
function isProtected(before: Readonly<Record<string, unknown>>): boolean {
  return before['deletion_protection_enabled'] === true || before['deletion_protection'] === 'ACTIVE';
}
