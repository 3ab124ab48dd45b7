/**
 * Compiles the schemas of requests once for each worker, with the real Ajv of express-openapi-validator. Each test file would do so again
 * for every operation that it calls, which takes longer than most of its requests.
 */
import type { ValidateFunction } from 'ajv';
import { createRequestAjv } from 'express-openapi-validator/dist/framework/ajv/index.js';

type Arguments = Parameters<typeof createRequestAjv>;

/** What the validator uses of an Ajv instance. */
interface SharedAjv {
  addSchema(schema: object, key: string): void;
  getSchema(key: string): ValidateFunction | undefined;
  errorsText(): string;
}

const engines = new Map<string, (schema: object) => ValidateFunction>();

/** Compiles each schema once; the instances and schemas of test files are recognized by their content. */
function engineFor([document, options]: Arguments): (schema: object) => ValidateFunction {
  const ajv = createRequestAjv(document, options);
  const compiled = new Map<string, ValidateFunction>();
  return (schema) => {
    const content = JSON.stringify(schema);
    let validate = compiled.get(content);
    if (validate === undefined) {
      const key = `schema-${compiled.size}`;
      ajv.addSchema(JSON.parse(content) as object, key);
      validate = ajv.getSchema(key) as ValidateFunction;
      compiled.set(content, validate);
    }
    return validate;
  };
}

/** Replaces `createRequestAjv` within the test files. */
export function createSharedAjv(...args: Arguments): SharedAjv {
  const content = JSON.stringify(args);
  const compile = engines.get(content) ?? engineFor(args);
  engines.set(content, compile);
  const validators = new Map<string, ValidateFunction>();
  return {
    addSchema: (schema, key) => void validators.set(key, compile(schema)),
    getSchema: (key) => validators.get(key),
    errorsText: () => '',
  };
}
