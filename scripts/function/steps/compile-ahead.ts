/**
 * Compiles the validators of every operation, which Ajv would otherwise compile at each start. The seam is the one function of
 * express-openapi-validator that creates an Ajv instance; in the bundle it returns the validators that were compiled here.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { operations } from '../../../src/contract/operations.ts';
import { createValidator } from '../../../src/contract/validation/validator.ts';

type Seam = { createRequestAjv: (document: object, options: object) => Ajv };
const file = 'express-openapi-validator/dist/framework/ajv/index.js';
const namespace = 'validators';

/** The library creates two instances: one for bodies, and one, which coerces, for everything else. */
const instances = ['general', 'body'] as const;
type Instance = (typeof instances)[number];

/** Both instances, with every validator that a request can need. */
function compileAll(root: string): Readonly<Record<Instance, Ajv>> {
  const seam = createRequire(join(root, 'package.json'))(file) as Seam;
  const original = seam.createRequestAjv;
  const made: Ajv[] = [];
  seam.createRequestAjv = (document, options) => {
    const ajv = original(document, { ...options, code: { source: true, esm: true } });
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

/** The name of the validator for each key. Keys with equal schemas share one: the parameters do not depend on the body. */
function namesOf(ajv: Ajv): ReadonlyMap<string, string> {
  const bySchema = new Map<string, string>();
  return new Map(
    keysOf(ajv).map((key) => {
      const schema = JSON.stringify(ajv.schemas[key]?.schema);
      if (!bySchema.has(schema)) bySchema.set(schema, `validator${bySchema.size}`);
      return [key, bySchema.get(schema) as string];
    }),
  );
}

/** A module that exports the validators of an instance. */
function renderValidators(ajv: Ajv): string {
  return standaloneCode.default(ajv, Object.fromEntries([...namesOf(ajv)].map(([key, name]) => [name, key])));
}

/** The module that replaces the seam. */
function renderSeam(compiled: Readonly<Record<Instance, Ajv>>): string {
  const tables = instances.map((instance) => {
    const entries = [...namesOf(compiled[instance])].map(
      ([key, name]) => `${JSON.stringify(key)}: ${instance}.${name}`,
    );
    return `import * as ${instance} from '${namespace}:${instance}';\nconst ${instance}Table = { ${entries.join(', ')} };`;
  });
  return `
${tables.join('\n')}
export function createRequestAjv(_document, { coerceTypes }) {
  const table = coerceTypes ? generalTable : bodyTable;
  return {
    getSchema(key) {
      if (!Object.hasOwn(table, key)) throw new Error('No validator was compiled for ' + key + '.');
      return table[key];
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
    setup({ onResolve, onLoad, onEnd, initialOptions: { absWorkingDir: resolveDir = process.cwd() } }) {
      const compiled = compileAll(resolveDir);
      let replaced = false;
      onLoad({ filter: new RegExp(`/node_modules/${file.replaceAll('.', '\\.')}$`) }, () => {
        replaced = true;
        return { contents: renderSeam(compiled), resolveDir };
      });
      onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
        path: path.slice(namespace.length + 1),
        namespace,
        sideEffects: false,
      }));
      onLoad({ filter: /./, namespace }, ({ path }) => ({
        contents: renderValidators(compiled[path as Instance]),
        resolveDir,
      }));
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
