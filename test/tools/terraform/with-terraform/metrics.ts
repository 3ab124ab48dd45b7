/**
 * The metrics of AWS that are used here, each with its dimensions. An alarm on a metric that does not exist never fires, and nothing
 * warns about it.
 *
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 * - https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
const gateway = [['ApiId'], ['ApiId', 'Stage'], ['ApiId', 'Method', 'Resource', 'Stage']];
const lambda = [['FunctionName'], ['FunctionName', 'Resource'], ['ExecutedVersion', 'FunctionName', 'Resource']];
const table = [['TableName']];
const tableOrIndex = [['TableName'], ['GlobalSecondaryIndexName', 'TableName']];
const call = [['Operation', 'TableName']];

/** By namespace and name: the sets of dimensions, sorted. */
export const existing: Record<string, Record<string, string[][]>> = {
  'AWS/ApiGateway': {
    '4xx': gateway,
    '5xx': gateway,
    Count: gateway,
    Latency: gateway,
    IntegrationLatency: gateway,
    DataProcessed: gateway,
  },
  'AWS/Lambda': {
    Invocations: lambda,
    Errors: lambda,
    Throttles: lambda,
    Duration: lambda,
    ConcurrentExecutions: lambda,
    ClaimedAccountConcurrency: [[]],
    ProvisionedConcurrencySpilloverInvocations: lambda,
  },
  'AWS/DynamoDB': {
    ConsumedReadCapacityUnits: tableOrIndex,
    ConsumedWriteCapacityUnits: tableOrIndex,
    ReadThrottleEvents: tableOrIndex,
    WriteThrottleEvents: tableOrIndex,
    ConditionalCheckFailedRequests: table,
    SuccessfulRequestLatency: call,
    SystemErrors: call,
    ThrottledRequests: call,
  },
};

/** Variables for the access log of an HTTP API: those that are used here, and those that would be a mistake. */
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
export const loggable = [
  'authorizer.error',
  'error.message',
  'error.messageString',
  'error.responseType',
  'extendedRequestId',
  'httpMethod',
  'identity.sourceIp',
  'identity.userAgent',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.requestId',
  'integration.status',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'responseLatency',
  'responseLength',
  'routeKey',
  'stage',
  'status',
];
