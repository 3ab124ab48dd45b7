/**
 * The metrics of a request, as fields of its log line in CloudWatch's embedded metric format: a line of its own would be charged too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** The CloudWatch namespace of the metrics. */
export const metricNamespace = 'EventManagementApi';

/** The dimensions of each metric. They have few values: CloudWatch charges each combination as a metric of its own. */
export const metricDimensions = ['operationId', 'statusClass'] as const;

/** The metrics with their units. */
export const metricUnits = { Requests: 'Count', Duration: 'Milliseconds' } as const;

/** The operation of requests that match none: unknown paths and methods. */
const unrouted = 'unrouted';

/** A completed request; `durationMs` in milliseconds. */
export interface MeasuredRequest {
  readonly operationId: string | undefined;
  readonly status: number;
  readonly durationMs: number;
  readonly now: Date;
}

/** Tells CloudWatch which fields of a line are metrics and dimensions. */
const directive = {
  Namespace: metricNamespace,
  Dimensions: [metricDimensions],
  Metrics: Object.entries(metricUnits).map(([Name, Unit]) => ({ Name, Unit })),
};

/** The fields to add to a log line. CloudWatch expects dimensions and values at its root. */
export function metricOf({ operationId = unrouted, status, durationMs, now }: MeasuredRequest) {
  const values = { Requests: 1, Duration: durationMs } satisfies Record<keyof typeof metricUnits, number>;
  const dimensions = { operationId, statusClass: `${Math.floor(status / 100)}xx` } satisfies Record<
    (typeof metricDimensions)[number],
    string
  >;
  return {
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [directive] },
    ...dimensions,
    ...values,
  };
}
