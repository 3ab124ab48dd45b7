/**
 * What a form needs to know of the inputs of the API: the limits of their fields, the values to choose from, and schemas that find the errors
 * that the API would return. An entry of its own: `import { createEventInput, limits } from '@event-management/client/schemas'`. A page
 * gets only what it imports.
 */
export * from './generated/enums.ts';
export * from './generated/inputs.ts';
export * as limits from './generated/limits.ts';
export { timeZones } from './generated/time-zones.ts';
export { errorsByField, errorsIn, type FieldIssue, type InputSchema } from './schemas/input.ts';
export { withEvent, withQuestions, withTimeZones } from './schemas/rules.ts';
