/**
 * Compiles the validators of every operation, which Ajv would otherwise compile at each start. The seam is the one function of
 * express-openapi-validator that creates an Ajv instance; in the bundle it returns the validators that were compiled here.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { type Plugin, transformSync } from 'esbuild';
import { operations } from '../../../src/contract/operations.ts';
import { createValidator } from '../../../src/contract/validation/validator.ts';

type Seam = { createRequestAjv: (document: object, options: object) => Ajv };
const file = 'express-openapi-validator/dist/framework/ajv/index.js';

/** The library creates two instances: one for bodies, and one, which coerces, for everything else. */
const instances = ['general', 'body'] as const;
type Instance = (typeof instances)[number];

/** Both instances, with every validator that a request can need. */
function compileAll(root: string): Readonly<Record<Instance, Ajv>> {
  const seam = createRequire(join(root, 'package.json'))(file) as Seam;
  const original = seam.createRequestAjv;
  const made: Ajv[] = [];
  seam.createRequestAjv = (document, options) => {
    const ajv = original(document, { ...options, code: { source: true } });
    made.push(ajv);
    return ajv;
  };
  try {
    const validatorOf = createValidator();
    for (const operation of operations) {
      // A validator is compiled at its first use. Requests with a body and those without have one each.
      for (const body of operation.requestBody ? [undefined, {}] : [undefined])
        validatorOf(operation)({ path: {}, query: '', headers: {}, body });
    }
  } finally {
    seam.createRequestAjv = original;
  }
  const [general, body, ...more] = made;
  if (!general || !body || more.length > 0)
    throw new Error('express-openapi-validator no longer creates exactly two Ajv instances.');
  return { general, body };
}

/** The keys under which the library looks for a validator: method, operation and media type. */
function keysOf(ajv: Ajv): string[] {
  return Object.keys(ajv.schemas).filter((key) => /^[A-Z]+-\w+-/.test(key));
}

/** The validators of an instance: for each key the index of a source text. Keys with equal schemas share one: the parameters do not depend on the body. */
function sourcesOf(ajv: Ajv): { readonly table: Readonly<Record<string, number>>; readonly texts: readonly string[] } {
  const bySchema = new Map<string, number>();
  const texts: string[] = [];
  const table = keysOf(ajv).map((key) => {
    const schema = JSON.stringify(ajv.schemas[key]?.schema);
    const index = bySchema.get(schema) ?? texts.push(renderValidator(ajv, key)) - 1;
    bySchema.set(schema, index);
    return [key, index] as const;
  });
  return { table: Object.fromEntries(table), texts };
}

/** The body of a function of `exports` and `require`, which exports one validator. */
function renderValidator(ajv: Ajv, key: string): string {
  const source = standaloneCode.default(ajv, { validate: key });
  return transformSync(source, { minify: true, platform: 'node' }).code;
}

/** The packages that the validators use. */
function packagesOf(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name));
  return [...new Set(names)].sort();
}

/**
 * The module that replaces the seam. A validator is a text until its first use: a text costs a start almost nothing, while the engine parses
 * every function of a program, also those that are never called.
 */
function renderSeam(compiled: Readonly<Record<Instance, Ajv>>): string {
  const [general, body] = instances.map((instance) => sourcesOf(compiled[instance]));
  const packages = packagesOf([general, body].flatMap((one) => one?.texts ?? []));
  return `
${packages.map((name, index) => `import * as package${index} from ${JSON.stringify(name)};`).join('\n')}
const packages = { ${packages.map((name, index) => `${JSON.stringify(name)}: package${index}`).join(', ')} };
const instances = { general: ${JSON.stringify(general)}, body: ${JSON.stringify(body)} };
const load = (text) => {
  const exports = {};
  new Function('exports', 'require', text)(exports, (name) => packages[name]);
  return exports.validate;
};
export function createRequestAjv(_document, { coerceTypes }) {
  const { table, texts } = coerceTypes ? instances.general : instances.body;
  const loaded = [];
  return {
    getSchema(key) {
      if (!Object.hasOwn(table, key)) throw new Error('No validator was compiled for ' + key + '.');
      return (loaded[table[key]] ??= load(texts[table[key]]));
    },
    errorsText: () => '',
  };
}
`;
}

/** A step of the build: the validators as functions. */
export function validatorsCompiledAhead(): Plugin {
  return {
    name: 'validators compiled ahead',
    setup({ onLoad, onEnd, initialOptions: { absWorkingDir: resolveDir = process.cwd() } }) {
      const compiled = compileAll(resolveDir);
      let replaced = false;
      onLoad({ filter: new RegExp(`/node_modules/${file.replaceAll('.', '\\.')}$`) }, () => {
        replaced = true;
        return { contents: renderSeam(compiled), resolveDir };
      });
      onEnd(() =>
        replaced
          ? undefined
          : {
              errors: [{ text: `The step "validators compiled ahead" did not find ${file}. Has an update moved it?` }],
            },
      );
    },
  };
}
