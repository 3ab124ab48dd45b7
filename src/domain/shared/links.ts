/** The values of a query by name. A parameter with several values is repeated. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The header `Link` that names the next page (RFC 8288): a path of the contract with its query, without the base path. */
export function linkToNext(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)] as [string, string]),
  );
  return `<${path}?${new URLSearchParams(pairs)}>; rel="next"`;
}
