/** The answer of an operation: its headers and its body. */
import { answerEntry, headerEntry } from './entries.ts';
import { demand, type Exchange, isJson, mediaTypeOf, parseJson, problemType } from './exchange.ts';
import type { Rules } from './rules.ts';
import type { Node } from './tree.ts';

/** What announces the end of things; the contract says in words when (RFC 9745, RFC 8594). */
const ofRetirement = ['deprecation', 'sunset'];

export function createAnswerChecks({ resolve, placeOf, show, fits, coerce, noOthers, agrees }: Rules) {
  function checkHeaders(exchange: Exchange, operation: Node, response: Node): string[] {
    const documented = (response['headers'] ?? {}) as Node;
    const names = Object.keys(documented).map((name) => name.toLowerCase());
    // A success that is offered in several media types depends on the request's Accept.
    const negotiated = exchange.status < 300 && Object.keys(response['content'] ?? {}).length > 1 ? ['vary'] : [];
    noOthers(exchange, [...names, ...negotiated, ...(retires(operation) ? ofRetirement : [])], placeOf(response));
    return Object.entries(documented).flatMap(([name, reference]) => {
      const header = resolve(reference);
      const value = exchange.headers[name.toLowerCase()];
      if (value !== undefined) fits(exchange, `the header ${name}`, header['schema'], coerce(value, header['schema']));
      else demand(header['required'] !== true, exchange, `the header ${name} is missing`, placeOf(documented, name));
      return header['required'] === true
        ? []
        : [headerEntry(operation, String(exchange.status), name, value !== undefined)];
    });
  }

  function checkBody(exchange: Exchange, operation: Node, response: Node): string[] {
    const { method, status, headers, text } = exchange;
    const content = (response['content'] ?? {}) as Record<string, Node>;
    const mediaType = mediaTypeOf(headers['content-type']);
    if (Object.keys(content).length === 0) {
      demand(text === '' && mediaType === '', exchange, 'must have no body', placeOf(response));
      return [answerEntry(operation, String(status))];
    }
    const documented = content[mediaType];
    demand(
      documented !== undefined,
      exchange,
      `the media type ${mediaType || '(none)'} is not documented`,
      placeOf(content),
    );
    const schema = resolve(documented['schema']);
    demand(
      schema['x-made-by'] !== 'gateway',
      exchange,
      "this media type is the gateway's alone",
      placeOf(schema, 'x-made-by'),
    );
    if (method === 'HEAD') {
      demand(text === '', exchange, 'HEAD has no body', placeOf(response));
      return [];
    }
    const body = isJson(mediaType) ? parseJson(text) : text;
    fits(exchange, 'the body', schema, body);
    if (mediaType === problemType) agrees(exchange, body as Node, placeOf(documented));
    const { etag = headers['etag'] } = body as Node;
    demand(
      headers['etag'] === undefined || headers['etag'] === etag,
      exchange,
      'the header ETag is not the etag of the body',
      placeOf(response),
    );
    return [
      answerEntry(
        operation,
        String(status),
        mediaType,
        mediaType === problemType ? String((body as Node)['code']) : '',
      ),
      ...show(schema, body),
    ];
  }

  /** Whether something of a request is on its way out: the operation, a parameter, a member of the body. */
  function retires(node: unknown): boolean {
    if (node === null || typeof node !== 'object') return false;
    const { responses: _, ...parts } = resolve(node);
    return parts['deprecated'] === true || Object.values(parts).some(retires);
  }

  return { checkHeaders, checkBody };
}
