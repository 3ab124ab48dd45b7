/**
 * Compiles what Ajv would compile at each start: the validators of every operation. The seam is the one function of
 * express-openapi-validator that makes an Ajv; in the bundle it hands out what was compiled here.
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

/** The library makes two instances: one for bodies, and one, which coerces, for everything else. */
const instances = ['general', 'body'] as const;
type Instance = (typeof instances)[number];

/** Both instances with everything compiled that a request can ask for. */
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
      // A validator is compiled when it is asked for, and there is one for requests with a body and one for those without.
      for (const body of operation.requestBody ? [undefined, {}] : [undefined])
        validatorOf(operation)({ path: {}, query: '', headers: {}, body });
    }
  } finally {
    seam.createRequestAjv = original;
  }
  const [general, body, ...more] = made;
  if (!general || !body || more.length > 0)
    throw new Error('express-openapi-validator makes other validators than it did.');
  return { general, body };
}

/** Under which keys the library looks for a validator: method, operation and media type. */
function keysOf(ajv: Ajv): string[] {
  return Object.keys(ajv.schemas).filter((key) => /^[A-Z]+-\w+-/.test(key));
}

/** The name of each key's validator. Keys whose schemas are alike share one: with or without a body, the parameters are the same. */
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

/** The module in place of the seam. */
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
      if (!Object.hasOwn(table, key)) throw new Error('No validator was compiled ahead for ' + key + '.');
      return table[key];
    },
    errorsText: () => '',
  };
}
`;
}

/** A step of the build: the validators, as plain functions. */
export function validatorsCompiledAhead(): Plugin {
  return {
    name: 'validators compiled ahead',
    setup({ onResolve, onLoad, onEnd, initialOptions: { absWorkingDir: resolveDir = process.cwd() } }) {
      const compiled = compileAll(resolveDir);
      let met = false;
      onLoad({ filter: new RegExp(`/node_modules/${file.replaceAll('.', '\\.')}$`) }, () => {
        met = true;
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
        met
          ? undefined
          : { errors: [{ text: `The step "validators compiled ahead" has not met ${file}: has an update moved it?` }] },
      );
    },
  };
}
