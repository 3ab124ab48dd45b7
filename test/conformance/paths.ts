/** Finds the path and the operation of the contract for a request. */
import { isDecodable } from './exchange.ts';
import type { Node } from './tree.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];

/** A path as the gateway passes it on: each segment decoded, and encoded where that is necessary. */
export function oneSpelling(pathname: string): string {
  if (!isDecodable(pathname)) return pathname;
  return decodeURIComponent(pathname).split('/').map(encodeURIComponent).join('/');
}

/** The path template that a path matches. */
export function matchPath(contract: Node, pathname: string): string | undefined {
  return Object.keys(contract['paths'] as Node).find((template) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
}

/** The operation for a method; HEAD uses the operation of GET. */
export function operationOf(item: Node, method: string): Node | undefined {
  const verb = method === 'HEAD' ? 'GET' : method;
  return methods.includes(verb) ? (item[verb.toLowerCase()] as Node | undefined) : undefined;
}

/** The value of `Allow` for a path. */
export function allowOf(item: Node): string {
  const own = methods.filter((method) => operationOf(item, method));
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}
