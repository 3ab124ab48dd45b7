/** What may be changed in the texts and links of an OpenAPI document. */
import { asObject, type EditableJsonObject, type JsonObject } from '../../../src/openapi/document.ts';
import { methods } from '../../../src/openapi/methods.ts';
import type { Change, Rule } from './contract-rules.ts';
import { numberChanges, oppositeChanges } from './prose-mutations.ts';
import { replaceAt } from './text-mutation.ts';

/** Keys of texts for people. In `x-enumDescriptions`, every key is one. */
const textKeys = new Set(['description', 'summary', 'title', 'detail', 'remedy']);

/** Every number of a text, and the parts that turn it around. */
export const textRule: Rule = (node, at) =>
  Object.entries(node)
    .filter(([key]) => textKeys.has(key) || at.at(-1) === 'x-enumDescriptions')
    .flatMap(([key, text]) => (typeof text === 'string' && at.at(-1) !== 'properties' ? changesOf(key, text) : []));

function changesOf(key: string, text: string): Change[] {
  return [...numberChanges(text), ...oppositeChanges(text)].map(({ index, part, by }) => ({
    kind: 'prose',
    what: `${key}, ${index}: ${part} → ${by}`,
    edit: (node: EditableJsonObject) => void (node[key] = replaceAt(text, index, part, by)),
  }));
}

/** A link leads to another operation, or takes a parameter from another member of the response. */
export function linkRule(contract: JsonObject): Rule {
  const schemas = Object.values(asObject(asObject(contract['components'])['schemas']));
  const memberLists = schemas.map((schema) => Object.keys(asObject(asObject(schema)['properties'])));
  const ids = Object.values(asObject(contract['paths'])).flatMap((item) =>
    methods.flatMap((method) => asObject(asObject(item)[method])['operationId'] ?? []),
  ) as string[];
  const after = (list: readonly string[], one: string) => list[(list.indexOf(one) + 1) % list.length];

  return (node, at) => {
    const { operationId, parameters } = node;
    if (at.at(-2) !== 'links' || typeof operationId !== 'string') return [];
    const otherOperation = after(ids, operationId) ?? operationId;
    return [
      {
        kind: 'link',
        what: `${operationId} → ${otherOperation}`,
        edit: (link) => void (link['operationId'] = otherOperation),
      },
      ...Object.entries(asObject(parameters)).flatMap(([name, expression]): Change[] => {
        const [, place = '', member = ''] =
          /^(\$response\.body#\/)(\w+)$/.exec(typeof expression === 'string' ? expression : '') ?? [];
        const other = after(memberLists.find((list) => list.includes(member)) ?? [], member);
        if (other === undefined) return [];
        return [
          {
            kind: 'link',
            what: `${name} from ${other}`,
            edit: (link) => void ((link['parameters'] as EditableJsonObject)[name] = place + other),
          },
        ];
      }),
    ];
  };
}
