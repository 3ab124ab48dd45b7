/**
 * The metric of a request, in the members that turn its log line into one: CloudWatch's Embedded Metric Format. The line is written,
 * sent and paid once. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** Where CloudWatch keeps the metrics. */
export const metricNamespace = 'EventManagementApi';

/** By what they can be told apart: few values each, as every combination is a metric of its own, and is charged as one. */
export const metricDimensions = ['operationId', 'statusClass'] as const;

/** Their names with their units. */
export const metricUnits = { Requests: 'Count', Duration: 'Milliseconds' } as const;

/** The operation of requests that belong to none: unknown paths and methods. */
const unrouted = 'unrouted';

/** A request that was answered; `durationMs` in milliseconds. */
export interface MeasuredRequest {
  readonly operationId: string | undefined;
  readonly status: number;
  readonly durationMs: number;
  readonly now: Date;
}

/** What CloudWatch makes of a line's members. */
const directive = {
  Namespace: metricNamespace,
  Dimensions: [metricDimensions],
  Metrics: Object.entries(metricUnits).map(([Name, Unit]) => ({ Name, Unit })),
};

/** The members that a log line needs. CloudWatch finds dimensions and values at its root. */
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
