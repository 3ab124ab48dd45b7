/** Whether an HTTP API may call a function, as Lambda decides: by the policy of the function. */

/** The policy of a function. */
export interface ResourcePolicy {
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: string;
    readonly Principal: { readonly Service?: string };
    readonly Action: string;
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/** Where a route is. */
export interface Api {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
}

/** The ARN with which the gateway calls: stage, method and path, or the name of the route that has neither. */
function sourceOf({ account, region, apiId, stage }: Api, routeKey: string): string {
  return `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/${routeKey.replace(' /', '/')}`;
}

/** Whether a pattern of an ARN matches: `*` is any text, also with slashes. */
function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(arn);
}

/**
 * Whether the gateway may call a function for a route.
 *
 * @param target the name of the function, a colon, and the alias
 */
export function mayInvoke({ Statement }: ResourcePolicy, target: string, api: Api, routeKey: string): boolean {
  return Statement.some(({ Effect, Principal, Action, Resource, Condition = {} }) => {
    const { ArnLike = {}, ...others } = Condition;
    const source = ArnLike['AWS:SourceArn'] ?? ArnLike['aws:SourceArn'];
    return (
      Effect === 'Allow' &&
      Principal.Service === 'apigateway.amazonaws.com' &&
      Action === 'lambda:InvokeFunction' &&
      Resource.endsWith(`:function:${target}`) &&
      Object.keys(others).length === 0 &&
      (source === undefined || matches(source, sourceOf(api, routeKey)))
    );
  });
}
