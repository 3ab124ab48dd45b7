/** What the tests load instead of the module of express-openapi-validator that creates Ajv instances: see `compile-schemas-once.ts`. */
import type { createSharedAjv } from './compile-schemas-once.ts';

const { createSharedAjv: create } = globalThis as unknown as { createSharedAjv: typeof createSharedAjv };

export { create as createRequestAjv };
