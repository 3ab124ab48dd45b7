/** What people read in the contract, and where its links lead: a line for each text. */
import { type Contract, walk } from './contract.ts';

const textKeys = ['description', 'summary', 'title', 'detail', 'remedy'];

/** The texts and links of a contract with their JSON Pointers, one per line. Examples are tested on their own. */
export function proseOf(contract: Contract): string {
  return [...walk(contract)]
    .filter(([pointer]) => !/\/examples?(\/|$)/.test(pointer))
    .flatMap(([pointer, node]) => [...textsOf(pointer, node), ...linkOf(pointer, node)])
    .join('\n');
}

function textsOf(pointer: string, node: Record<string, unknown>): string[] {
  const isText = (key: string) => textKeys.includes(key) || pointer.endsWith('/x-enumDescriptions');
  return Object.entries(node)
    .filter(([key, text]) => isText(key) && typeof text === 'string')
    .map(([key, text]) => `${pointer}/${key}: ${JSON.stringify(text)}`);
}

function linkOf(pointer: string, node: Record<string, unknown>): string[] {
  const { operationId, parameters } = node;
  return /\/links\/\w+$/.test(pointer) && typeof operationId === 'string'
    ? [`${pointer}: ${operationId} ${JSON.stringify(parameters)}`]
    : [];
}
