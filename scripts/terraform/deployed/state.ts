/** What Terraform has applied: the output of `terraform show -json`. */

/** The attributes of a resource, by their names in Terraform. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: Attributes;
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

export interface State {
  readonly values: { readonly root_module: Module };
}

/** All resources of a state, those of modules included. Data sources are left out. */
export function resourcesOf({ values: { root_module } }: State): Resource[] {
  const all = ({ resources = [], child_modules = [] }: Module): Resource[] => [
    ...resources,
    ...child_modules.flatMap(all),
  ];
  return all(root_module).filter(({ mode }) => mode === 'managed');
}

/**
 * The resources in the order in which they are made, by type.
 *
 * @param order the types that are made
 * @param ignored the types that are not made, each with the reason
 * @throws Error if there are resources of other types
 */
export function inOrder(
  resources: readonly Resource[],
  order: readonly string[],
  ignored: Readonly<Record<string, string>>,
): Resource[] {
  const unknown = resources.filter(({ type }) => !order.includes(type) && !(type in ignored));
  if (unknown.length > 0) {
    const addresses = unknown.map(({ address }) => address).join(', ');
    throw new Error(
      `scripts/terraform/deployed/resources.ts makes no such resource, and names no reason to ignore it: ${addresses}.`,
    );
  }
  return order.flatMap((type) => resources.filter((one) => one.type === type));
}

/** Replaces text in all strings of a value, the longest text first. */
export function replaceIn<Value>(value: Value, replacements: ReadonlyMap<string, string>): Value {
  const ordered = [...replacements].sort(([one], [other]) => other.length - one.length);
  const text = (one: string) => ordered.reduce((all, [from, to]) => all.replaceAll(from, () => to), one);
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value) as Value;
}
