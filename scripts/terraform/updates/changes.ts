/** What a plan of Terraform changes. */

/** The part of a plan's JSON that is used here. */
export interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: 'managed' | 'data';
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** The changes of a plan as sorted texts, such as `update module.api.aws_apigatewayv2_stage.default`. */
export function changesOf({ resource_changes: all = [] }: Plan): string[] {
  return all
    .filter(({ mode, change }) => mode === 'managed' && change.actions.join() !== 'no-op')
    .map(({ address, change }) => `${change.actions.join(' and ')} ${address}`)
    .sort();
}

/** Says how changes differ from those that were expected; undefined if they do not. */
export function differenceOf(changes: readonly string[], expected: readonly string[]): string | undefined {
  const missing = expected.filter((one) => !changes.includes(one)).map((one) => `  missing: ${one}`);
  const others = changes.filter((one) => !expected.includes(one)).map((one) => `  not expected: ${one}`);
  return missing.length + others.length === 0 ? undefined : [...missing, ...others].join('\n');
}
