/** Samples for a shell with curl. */
import { inSource, json } from './literal.ts';
import type { Program } from './program.ts';
import { type Request, requestsOf } from './requests.ts';

/** `curl -s …`, one argument a line. */
export function curlSample(program: Program): string {
  const { creation, steps, last } = requestsOf(program);
  const send = (request: Request, flags = '') => curl(request, program.server, flags);
  return [
    ...(creation ? [assign(creation.id, send(creation.request))] : []),
    ...steps.map((step) => send(step, '-o /dev/null ')),
    send(last),
  ].join('\n');
}

/** Takes an id from the response to a request. */
function assign(id: string, request: string): string {
  const source = request.replaceAll('\n', '\n  ');
  return `${variable(id)}=$(\n  ${source} |\n  sed -n 's/.*"${id}":"\\([^"]*\\)".*/\\1/p'\n)`;
}

/** `eventId` as the name of a variable of the shell. */
const variable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function curl({ operation, method, path, query, headers, body }: Request, server: string, flags: string): string {
  const url = server + path.replace(/\{(\w+)\}/g, (_, name: string) => `$${variable(name)}`);
  const data = query.flatMap(([name, values]) => values.map((value) => `-d ${inQuotes(`${name}=${inQuery(value)}`)}`));
  const methodFlag = method === (body === undefined ? 'GET' : 'POST') ? '' : ` -X ${method}`;
  return [
    `curl -s ${flags}${query.length > 0 ? '-G' : ''}${methodFlag} ${url}`.replace(/ +/g, ' '),
    ...(operation.acceptsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...headers.map(([name, value]) => `-H ${inQuotes(`${name}: ${value}`)}`),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(inSource(body, json, { indent: '  ' }))}`]),
    ...data,
  ].join(' \\\n  ');
}

/** A value of a query string; what needs no encoding there (RFC 3986, section 3.4) stays readable. */
function inQuery(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2F', '/');
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const inQuotes = (text: string) => (/^[\w=:/.%-]+$/.test(text) ? text : quoted(text));
