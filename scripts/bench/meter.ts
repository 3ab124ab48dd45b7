import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { listen } from '../stack/listen.ts';

/** What one call has consumed, in units: of reading where the call reads, else of writing. */
export interface Consumed {
  /** Such as `PutItem`. */
  readonly call: string;
  readonly total: number;
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
}

/** A call as it was sent. */
export interface SentCall {
  /** Such as `GetItem`. */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A proxy in front of the database that asks for the consumed capacity of each call. */
export interface Meter {
  readonly endpoint: string;
  /** The calls that have succeeded since this was emptied. */
  readonly consumed: Consumed[];
  /** All calls since this was emptied: those that were under way at the same time together, in the order of their starts. */
  readonly sent: SentCall[][];
  close(): Promise<void>;
}

interface ConsumedCapacity {
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly LocalSecondaryIndexes?: unknown;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits: number }>>;
}

/**
 * Passes everything on to the database at `target`, whose own count it asks for: what is measured makes its calls as always. For local
 * engines only, as the signature of a request no longer fits.
 */
export async function startMeter(target: string): Promise<Meter> {
  const { hostname, port } = new URL(target);
  const consumed: Consumed[] = [];
  const sent: SentCall[][] = [];
  let underWay = 0;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const input = (await json(request)) as SentCall['input'];
    if (underWay === 0) sent.push([]);
    sent.at(-1)?.push({ call, input });
    underWay += 1;
    try {
      const sentBody = JSON.stringify({ ...input, ReturnConsumedCapacity: 'INDEXES' });
      const headers = { ...request.headers, 'content-length': Buffer.byteLength(sentBody) };
      const onward = httpRequest({ hostname, port, method: request.method, path: request.url, headers });
      const [incoming] = (await once(onward.end(sentBody), 'response')) as [IncomingMessage];
      const body = await text(incoming);
      const { ConsumedCapacity: capacity } = JSON.parse(body) as {
        // Calls for several tables have one for each.
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      if (capacity) consumed.push({ call, ...summaryOf(capacity) });
      response.writeHead(incoming.statusCode ?? 502, incoming.headers).end(body);
    } finally {
      underWay -= 1;
    }
  };
  const { url, close } = await listen(
    (request, response) => void pass(request, response).catch(() => request.socket.destroy()),
  );
  return { endpoint: url, consumed, sent, close };
}

function summaryOf(capacity: ConsumedCapacity | ConsumedCapacity[]): Omit<Consumed, 'call'> {
  const tables = [capacity].flat();
  const sum = (units: readonly number[]) => units.reduce((total, one) => total + one, 0);
  const indexes = tables.flatMap(({ GlobalSecondaryIndexes = {} }) => Object.entries(GlobalSecondaryIndexes));
  return {
    total: sum(tables.map(({ CapacityUnits }) => CapacityUnits)),
    table: sum(tables.map(({ Table }) => Table?.CapacityUnits ?? 0)),
    indexes: Object.fromEntries(indexes.map(([name, { CapacityUnits }]) => [name, CapacityUnits])),
  };
}
