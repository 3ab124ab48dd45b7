/** Reads messages of HTTP/1.1 (RFC 9112) out of bytes, as much of it as tests speak. */

/** Start line and headers. */
export interface Head {
  readonly line: string;
  /** Names in lower case; repeated ones joined. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body begins. */
  readonly end: number;
}

/** A body, and where the next message begins. */
export interface Body {
  readonly bytes: Buffer;
  readonly end: number;
}

/** The head at the beginning of these bytes; undefined where it has not arrived as a whole. */
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

/** The body behind a head, as its headers frame it; undefined where it has not arrived as a whole. */
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
