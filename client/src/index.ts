/** The client of the Event Management API. Start with `createEventsClient`. */
export { createEventsClient } from './client.ts';
export { type ClientCode, EventsApiError, isEventsApiError, type PlainError } from './errors.ts';
export type { EventsClient, OperationId, ProblemCode, UnroutedCode } from './generated/operations.ts';
export type * from './generated/schemas.ts';
export type {
  ApiPromise,
  Failure,
  PagePromise,
  PlainFailure,
  PlainResult,
  PlainSuccess,
  Result,
  Success,
  TextPages,
} from './promises.ts';
export type {
  Attempt,
  AttemptedRequest,
  AttemptId,
  CallOptions,
  ClientOptions,
  FetchOptions,
  Logger,
  Target,
  Targets,
  TextOptions,
} from './types.ts';
