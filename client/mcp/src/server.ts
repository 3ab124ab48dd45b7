/** A server of the Model Context Protocol whose tools are the operations of the API, called by the typed client. */
import { type EventsApiError, type EventsClient, isEventsApiError, type OperationId } from '@event-management/client';
import { type CallToolResult, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { type Contract, toolsOf } from './tools.ts';

/** What the server offers. */
export interface ServerOptions {
  /** Leaves out all tools that change something. */
  readonly readOnly?: boolean;
}

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * Makes a server. Connect it to a transport, such as standard input and output.
 *
 * @param contract the contract of the client's version: `@event-management/client/openapi.json`
 */
export function createServer(
  api: EventsClient,
  contract: Contract,
  version: string,
  options: ServerOptions = {},
): Server {
  const tools = toolsOf(contract).filter(({ annotations }) => annotations.readOnlyHint || !options.readOnly);
  const server = new Server({ name: 'event-management', version }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: tools.map(({ target: _, ...tool }) => tool) }));
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    const args = Object.entries(params.arguments ?? {});
    const pick = (wanted: boolean) =>
      Object.fromEntries(args.filter(([name]) => tool.target.includes(name) === wanted));
    const input = pick(false);
    const sent = Object.keys(input).length > 0 ? input : undefined;
    const { signal } = mcpReq;
    const operation = tool.name as OperationId;
    try {
      const call = api[operation] as Call;
      return success(await (tool.target.length > 0 ? call(pick(true), sent, { signal }) : call(sent, { signal })));
    } catch (error) {
      if (!isEventsApiError(error)) throw error;
      return failure(error, contract['x-problems'][error.code]?.remedy);
    }
  });
  return server;
}

function success(data: unknown): CallToolResult {
  if (typeof data === 'string') return { content: [{ type: 'text', text: data }] };
  if (data === undefined) return { content: [{ type: 'text', text: 'Done.' }] };
  return {
    content: [{ type: 'text', text: JSON.stringify(data) }],
    structuredContent: data,
  };
}

/** An error that the model can act on: what is wrong, where, and what to do about it. */
function failure({ code, message, problem, requestId }: EventsApiError, remedy: string | undefined): CallToolResult {
  const fields = (problem?.errors ?? []).map((one) => `- ${one.pointer ?? one.parameter}: ${one.detail}`);
  const lines = [`${code}: ${problem?.detail ?? message}`, ...fields, remedy, requestId && `Request id: ${requestId}`];
  return { isError: true, content: [{ type: 'text', text: lines.filter(Boolean).join('\n') }] };
}
