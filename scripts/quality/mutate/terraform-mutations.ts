/** Small changes of Terraform's configuration: a variable that reaches nothing, and settings of resources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf, replaceAt, type TextMutation } from './text-mutation.ts';

const kind = 'terraform';
const modules = 'terraform/modules';

/** Inputs, outputs and addresses: the files that set nothing themselves. */
const declarations = /^(variables|outputs|versions|moved)\.tf$/;

/** Every variable, replaced by its default where it is used; every number, switch and known constant of a resource, changed. */
export function terraformMutations(): TextMutation[] {
  // modules/contract has no resources; its tests compare its outputs with the contract.
  const folders = ['terraform', ...readdirSync(modules).map((name) => join(modules, name))].filter(
    (folder) => folder !== join(modules, 'contract'),
  );
  return folders.flatMap((folder) => {
    const defaults = defaultsOf(join(folder, 'variables.tf'));
    const files = readdirSync(folder).filter((name) => name.endsWith('.tf') && !declarations.test(name));
    return files.flatMap((name) => {
      const file = join(folder, name);
      const text = readFileSync(file, 'utf8');
      return [...variablesOf(file, text, defaults), ...(folder === 'terraform' ? [] : settingsOf(file, text))];
    });
  });
}

/** The default of each variable that has one. */
function defaultsOf(file: string): ReadonlyMap<string, string> {
  const blocks = readFileSync(file, 'utf8').matchAll(/^variable "(\w+)" \{\n(?:(?!^\}).*\n)*?^ {2}default += (.+)$/gm);
  return new Map([...blocks].map(([, name = '', value = '']) => [name, value]));
}

function variablesOf(file: string, text: string, defaults: ReadonlyMap<string, string>): TextMutation[] {
  return [...text.matchAll(/^(?! *#)(.*)\bvar\.(\w+)/gm)].flatMap(
    ({ 0: whole, 1: before = '', 2: name = '', index }) => {
      const value = defaults.get(name);
      // In a condition, the value decides whether there is a resource at all; in an alarm's text it has no effect.
      if (value === undefined || /== null|\?|for_each|count|description/.test(lineOf(text, index))) return [];
      const at = index + before.length;
      return [mutation(file, text, at, whole.slice(before.length), `(${value})`)];
    },
  );
}

const lineOf = (text: string, index: number) => text.slice(index).split('\n')[0] ?? '';

/** What each constant becomes. */
const others: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  '"Sum"': '"Average"',
  '"p99"': '"p50"',
  '"GreaterThanThreshold"': '"LessThanThreshold"',
  '"LessThanThreshold"': '"GreaterThanThreshold"',
  '"Maximum"': '"Average"',
  '"notBreaching"': '"breaching"',
  '"breaching"': '"notBreaching"',
  '"OPTIONAL"': '"OFF"',
  '"ENABLED"': '"LEGACY"',
  '"TLS_1_2"': '"TLS_1_0"',
  '"PAY_PER_REQUEST"': '"PROVISIONED"',
};

/** Settings that are constants in the resources. */
function settingsOf(file: string, text: string): TextMutation[] {
  return [...text.matchAll(/^( +\w+ += )(\d+|true|false|"\w+")$/gm)].flatMap(
    ({ 1: before = '', 2: value = '', index }) => {
      const by = /^\d/.test(value) ? String(Number(value) + 1) : others[value];
      return by === undefined ? [] : [mutation(file, text, index + before.length, value, by)];
    },
  );
}

function mutation(file: string, original: string, at: number, part: string, by: string): TextMutation {
  const line = original.slice(0, at).split('\n').at(-1)?.trim() ?? '';
  const title = `${placeOf(original, at)}: ${line} ${part} → ${by}`;
  return { kind, file, title, edit: (text) => replaceAt(text, at, part, by) };
}
