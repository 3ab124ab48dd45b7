/** The operations of the contract as tools of the Model Context Protocol. */

/** A value of JSON whose members are read here. */
interface Json {
  readonly [name: string]: unknown;
}

/** The part of the contract that is read here. */
export interface Contract {
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
  readonly components: { readonly schemas: { readonly [name: string]: Json }; readonly [section: string]: Json };
  readonly 'x-problems': { readonly [code: string]: { readonly remedy: string } };
}

/** A tool, as `tools/list` describes it (https://modelcontextprotocol.io/specification/2026-07-28/server/tools). */
export interface Tool {
  /** The name of the operation. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [keyword: string]: unknown };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /** The names of the arguments that are the target of the call; the others are its input. */
  readonly target: readonly string[];
}

interface Parameter extends Json {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Json;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** The tools, in the order of the contract. */
export function toolsOf(contract: Contract): readonly Tool[] {
  return Object.entries(contract.paths).flatMap(([, item]) =>
    methods.flatMap((method) =>
      item[method] ? [toolOf(method, item[method] as Json, (item['parameters'] ?? []) as Json[])] : [],
    ),
  );

  function toolOf(method: string, operation: Json, shared: readonly Json[]): Tool {
    const parameters = [...shared, ...((operation['parameters'] ?? []) as Json[])].map(
      (one) => resolve(one) as Parameter,
    );
    const inPath = parameters.filter((one) => one.in === 'path');
    const inQuery = parameters.filter((one) => one.in === 'query');
    const body = bodyOf(operation);
    const takesEtag = parameters.some((one) => one.name === 'If-Match');
    const etag = {
      type: 'string',
      description:
        'The `etag` of what you read. The change is refused if it has been changed since. Without it, the change applies to any revision.',
    };
    const properties = {
      ...Object.fromEntries([...inPath, ...inQuery].map((one) => [one.name, schemaOf(one)])),
      ...(takesEtag && { etag }),
      ...(body?.['properties'] as Json | undefined),
    };
    const required = [
      ...[...inPath, ...inQuery].filter((one) => one.required).map(({ name }) => name),
      ...((body?.['required'] ?? []) as string[]),
    ];
    const { schemas, $defs } = withDefinitions(properties);
    return {
      name: operation['operationId'] as string,
      title: operation['summary'] as string,
      description: (operation['description'] as string).trim(),
      inputSchema: {
        type: 'object',
        properties: schemas,
        required,
        additionalProperties: false,
        ...($defs && { $defs }),
      },
      annotations: {
        readOnlyHint: method === 'get',
        // Only a creation leaves everything else as it was.
        destructiveHint: method !== 'get' && !('201' in (operation['responses'] as Json)),
        idempotentHint: method !== 'post',
        openWorldHint: true,
      },
      target: [...inPath.map(({ name }) => name), ...(takesEtag ? ['etag'] : [])],
    };
  }

  function schemaOf({ description, schema }: Parameter): Json {
    return { ...(description !== undefined && { description }), ...schema };
  }

  function bodyOf(operation: Json): Json | undefined {
    const { content } = resolve((operation['requestBody'] ?? {}) as Json) as {
      content?: Record<string, { schema: Json }>;
    };
    const [media] = Object.values(content ?? {});
    return media && resolve(media.schema);
  }

  function resolve(node: Json): Json {
    const { $ref: ref } = node as { $ref?: string };
    if (ref === undefined) return node;
    const [section = '', name = ''] = ref.split('/').slice(2);
    return resolve((contract.components[section] as Json)[name] as Json);
  }

  /** Moves the schemas that are referred to into `$defs`: a tool is described by itself. */
  function withDefinitions(properties: Json): { readonly schemas: Json; readonly $defs?: Json } {
    const definitions: Record<string, Json> = {};
    const schemas = rewritten(properties) as Json;
    return Object.keys(definitions).length > 0 ? { schemas, $defs: definitions } : { schemas };

    function rewritten(node: unknown): unknown {
      if (Array.isArray(node)) return node.map(rewritten);
      if (typeof node !== 'object' || node === null) return node;
      const { $ref: ref, ...others } = node as { $ref?: string };
      if (!ref?.startsWith('#/components/schemas/'))
        return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, rewritten(value)]));
      const name = ref.slice('#/components/schemas/'.length);
      if (!(name in definitions)) {
        definitions[name] = {};
        definitions[name] = rewritten(contract.components.schemas[name]) as Json;
      }
      return { ...(rewritten(others) as Json), $ref: `#/$defs/${name}` };
    }
  }
}
