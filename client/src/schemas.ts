/**
 * What a form needs to know of the inputs of the API: the limits of their fields, and the values to choose from. An entry of its own:
 * `import { eventStatuses, limits } from '@event-management/client/schemas'`. A page gets only what it imports.
 */
export * from './generated/enums.ts';
export * as limits from './generated/limits.ts';
