/** Parses messages of HTTP/1.1 (RFC 9112), as far as the tests need it. */

/** Start line and headers. */
export interface Head {
  readonly line: string;
  /** Names in lower case; values of repeated headers are joined. */
  readonly headers: Readonly<Record<string, string>>;
  /** The offset of the body. */
  readonly end: number;
}

/** A body, and the offset of the next message. */
export interface Body {
  readonly bytes: Buffer;
  readonly end: number;
}

/** The head at the start of these bytes; undefined if it is incomplete. */
export function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...fields] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*?)[ \t]*$/s.exec(field) ?? [];
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return { line, headers, end: end + 4 };
}

/** The body after a head, as its headers delimit it; undefined if it is incomplete. */
export function readBody(bytes: Buffer, { headers, end }: Head): Body | undefined {
  if (headers['transfer-encoding'] !== undefined) return readChunks(bytes, end);
  const length = Number(headers['content-length'] ?? 0);
  return bytes.length < end + length ? undefined : { bytes: bytes.subarray(end, end + length), end: end + length };
}

function readChunks(bytes: Buffer, start: number): Body | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (Number.isNaN(size) || bytes.length < next) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), end: next };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
