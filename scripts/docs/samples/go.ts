/** Samples for Go, with its standard library only, formatted as gofmt does. */
import { inSource, json, type Notation } from './literal.ts';
import type { Program } from './program.ts';
import { type Request, type Requests, requestsOf, sendsToken } from './requests.ts';

/** JSON as a raw string in a function. */
const inFunction: Notation = { ...json, step: '\t' };

/** Sends the requests and prints the last response. If the API rejects a request, it prints the problem and ends. */
export function goSample(program: Program): string {
  const requests = requestsOf(program);
  return [
    'package main',
    '',
    'import (',
    ...packages(requests).map((name) => `\t"${name}"`),
    ')',
    '',
    `const server = ${json.quote(program.server)}`,
    '',
    'var client = http.Client{Timeout: 10 * time.Second}',
    '',
    'func main() {',
    ...calls(requests),
    '}',
    '',
    ...helpers(requests),
  ].join('\n');
}

function packages(requests: Requests): string[] {
  return [
    ...(requests.creation ? ['encoding/json'] : []),
    ...(requests.last.operation.result === undefined ? [] : ['fmt']),
    'io',
    'log',
    'net/http',
    ...(requests.last.query.length > 0 ? ['net/url'] : []),
    ...(sendsToken(requests) ? ['os'] : []),
    'strings',
    'time',
  ];
}

function calls({ creation, steps, last }: Requests): string[] {
  return [
    ...(creation
      ? [
          `\tvar created struct{ ${field(creation.id)} string }`,
          `\tcheck(json.Unmarshal(${call(creation.request)}, &created))`,
        ]
      : []),
    ...steps.map((step) => `\t${call(step)}`),
    ...(last.query.length > 0 ? queryOf(last) : []),
    ...use(last),
  ];
}

function use(request: Request): string[] {
  const { result = '' } = request.operation;
  if (result === '') return [`\t${call(request)}`];
  const name = result.charAt(0).toLowerCase() + result.slice(1);
  return [`\t${name} := ${call(request)}`, `\tfmt.Println(string(${name}))`];
}

/** `eventId` as the name of a field; the decoder ignores the case of letters. */
const field = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replace(/Id$/, 'ID');

/** A query as a variable, its values aligned. */
function queryOf({ query }: Request): string[] {
  const width = Math.max(...query.map(([name]) => json.quote(name).length)) + 1;
  const members = query.map(
    ([name, values]) => `\t\t${`${json.quote(name)}:`.padEnd(width)} {${values.map(json.quote).join(', ')}},`,
  );
  return ['\tquery := url.Values{', ...members, '\t}'];
}

/** @throws Error for headers, for which `call` has no parameter because no operation requires one */
function call({ operation, method, path, query, headers, body }: Request): string {
  if (headers.length > 0) throw new Error(`The samples for Go cannot send the headers of ${operation.operationId}.`);
  const pieces = path.split(/\{(\w+)\}/).map((piece, index) => {
    return index % 2 === 0 ? json.quote(piece) : `created.${field(piece)}`;
  });
  const target = pieces.filter((piece) => piece !== '""').join('+');
  const withQuery = query.length > 0 ? `${target.replace(/"$/, '?"')}+query.Encode()` : target;
  return `call(${json.quote(method)}, ${withQuery}, ${body === undefined ? '""' : raw(inSource(body, inFunction, { indent: '\t' }))})`;
}

/** @throws Error for a text that a raw string cannot contain */
function raw(text: string): string {
  if (text.includes('`')) throw new Error(`A raw string of Go cannot contain a backquote: ${text}`);
  return `\`${text}\``;
}

function helpers(requests: Requests): string[] {
  const token = '\trequest.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))';
  const hasBody = [requests.last, ...(requests.creation ? [requests.creation.request] : [])].some(({ body }) => body);
  const type = ['\tif body != "" {', '\t\trequest.Header.Set("Content-Type", "application/json")', '\t}'];
  return [
    '// call returns the body of the response. If the API rejects the request,',
    '// it prints the problem and ends.',
    'func call(method, path, body string) []byte {',
    '\trequest, err := http.NewRequest(method, server+path, strings.NewReader(body))',
    '\tcheck(err)',
    ...(sendsToken(requests) ? [token] : []),
    ...(hasBody ? type : []),
    '\tresponse, err := client.Do(request)',
    '\tcheck(err)',
    '\tdefer response.Body.Close()',
    '\tcontent, err := io.ReadAll(response.Body)',
    '\tcheck(err)',
    '\tif response.StatusCode >= 400 {',
    '\t\tlog.Fatal(string(content))',
    '\t}',
    '\treturn content',
    '}',
    '',
    'func check(err error) {',
    '\tif err != nil {',
    '\t\tlog.Fatal(err)',
    '\t}',
    '}',
  ];
}
