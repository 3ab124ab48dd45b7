/** Samples for Python 3.9 or later, with the package requests. */
import { inSource, python } from './literal.ts';
import type { Program } from './program.ts';
import { type Request, type Requests, requestsOf, sendsToken } from './requests.ts';

/** Sends the requests and prints the last response. If the API rejects a request, it prints the problem and ends. */
export function pythonSample(program: Program): string {
  const requests = requestsOf(program);
  const token = sendsToken(requests);
  return [
    '# Needs the package requests: python3 -m pip install requests',
    ...(token ? ['import os', ''] : []),
    'import requests',
    '',
    `server = ${python.quote(program.server)}`,
    'session = requests.Session()',
    ...(token ? ['session.headers["Authorization"] = "Bearer " + os.environ.get("TOKEN", "")'] : []),
    '',
    '',
    'def call(method, path, **options):',
    '    response = session.request(method, server + path, timeout=10, **options)',
    '    if not response.ok:',
    '        raise SystemExit(response.text)',
    '    return response',
    '',
    '',
    ...calls(requests),
  ].join('\n');
}

function calls({ creation, steps, last }: Requests): string[] {
  return [
    ...(creation ? [`${variable(creation.id)} = ${call(creation.request)}.json()["${creation.id}"]`] : []),
    ...steps.map(call),
    ...use(last),
  ];
}

/** The items of a page, or the result, are printed. */
function use(request: Request): string[] {
  const { result, resultType, item } = request.operation;
  if (result === undefined) return [call(request)];
  const name = variable(result.charAt(0).toLowerCase() + result.slice(1));
  if (item !== undefined) return [`page = ${call(request)}.json()`, 'for item in page["items"]:', '    print(item)'];
  return [`${name} = ${call(request)}.${resultType === 'application/json' ? 'json()' : 'text'}`, `print(${name})`];
}

/** `eventId` as the name of a variable. */
const variable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function call({ method, path, query, headers, body = {} }: Request): string {
  const named = path.replace(/\{(\w+)\}/g, (_, name: string) => `{${variable(name)}}`);
  const params = query.map(([name, values]) => [name, values.length === 1 ? values.join() : values] as const);
  const options = Object.entries({
    params: Object.fromEntries(params),
    headers: Object.fromEntries(headers),
    json: body,
  }).filter(([, members]) => Object.keys(members).length > 0);
  const target = [python.quote(method), `${named === path ? '' : 'f'}${python.quote(named)}`];
  const given = (spread: boolean) =>
    `call(${[...target, ...options.map(([name, members]) => `${name}=${inSource(members, python, { spread })}`)].join(', ')})`;
  return given(false).length <= widestCall ? given(false) : given(true);
}

/** A longer call has a line for each member of its options. */
const widestCall = 60;
