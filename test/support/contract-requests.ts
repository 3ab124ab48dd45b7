import type { Operation } from '../contract/contract.ts';
import type { TestRequest } from './api.ts';

/** Values of parameters by name; an array is a parameter that is repeated. */
export type Values = Readonly<Record<string, unknown>>;

/** A request for an operation with these values of its parameters. Unknown names are sent in the query. */
export function requestOf(
  { method, path, parameters }: Operation,
  values: Values,
  body?: TestRequest['body'],
): TestRequest {
  const places = new Map<string, string>(parameters.map((one) => [one.name, one.in]));
  const sent = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, text: String(one), place: places.get(name) ?? 'query' })),
  );
  const filled = sent
    .filter(({ place }) => place === 'path')
    .reduce((all, { name, text }) => all.replace(`{${name}}`, () => encodeURIComponent(text)), path);
  const query = sent
    .filter(({ place }) => place === 'query')
    .map(({ name, text }) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  const headers = Object.fromEntries(
    sent.filter(({ place }) => place === 'header').map(({ name, text }) => [name, text]),
  );
  return { method, path: query.length === 0 ? filled : `${filled}?${query.join('&')}`, headers, body };
}
