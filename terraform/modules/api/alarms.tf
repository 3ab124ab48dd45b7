# An alarm on a metric that does not exist never fires, and nothing warns about it. A test compares the names and dimensions
# used here with those that exist.

locals {
  alarm_actions = concat(var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn], aws_sns_topic.alarms[*].arn)

  # Each alarm has a section there.
  runbook = "https://github.com/event-management-api/event-management-api/blob/main/docs/runbook.md"

  gateway_dimensions = { ApiId = aws_apigatewayv2_api.api.id, Stage = aws_apigatewayv2_stage.default.name }

  # A percentage of fewer requests in five minutes is not meaningful, unless at least min_errors of them failed: an outage of a
  # quiet API must not go unnoticed.
  min_requests = 20
  min_errors   = 3

  # Reads and writes of each table and of each index.
  throttle_metrics = merge(flatten([
    for key, table in module.tables.tables : [
      for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : merge(
        { "${key}-${metric}" = { metric = metric, dimensions = { TableName = table.name } } },
        {
          for index in keys(table.indexes) : "${key}-${index}-${metric}" => {
            metric     = metric
            dimensions = { TableName = table.name, GlobalSecondaryIndexName = index }
          }
        },
      )
    ]
  ])...)

  # DynamoDB counts its own errors by table and operation only: calls on an index count under its table.
  table_calls = merge([
    for key, table in module.tables.tables : {
      for operation in distinct(concat(table.operations, flatten(values(table.indexes)))) :
      "${key}-${operation}" => { TableName = table.name, Operation = operation }
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "${var.events_function_name}-5xx"
  alarm_description   = "More than ${var.alarm_error_percent} % of requests had a 5xx response. Search the log of the function for level \"error\". Runbook: ${local.runbook}#5xx-responses"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarm_error_percent
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  metric_query {
    id          = "percent"
    label       = "5xx responses in percent"
    expression  = "IF(requests >= ${local.min_requests} OR errors >= ${local.min_errors}, 100 * errors / requests, 0)"
    return_data = true
  }

  metric_query {
    id = "errors"
    metric {
      namespace   = "AWS/ApiGateway"
      metric_name = "5xx"
      dimensions  = local.gateway_dimensions
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "requests"
    metric {
      namespace   = "AWS/ApiGateway"
      metric_name = "Count"
      dimensions  = local.gateway_dimensions
      period      = 300
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "${var.events_function_name}-latency"
  alarm_description   = "The p99 latency exceeded ${var.alarm_latency_ms} ms for 15 minutes. Runbook: ${local.runbook}#high-latency"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarm_latency_ms
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  dimensions          = local.gateway_dimensions
  extended_statistic  = "p99"
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions

  # With few requests, a single cold start determines the p99.
  evaluate_low_sample_count_percentiles = "ignore"
}

# For all functions of the account in this region, which share the quota.
resource "aws_cloudwatch_metric_alarm" "concurrency" {
  alarm_name          = "${var.events_function_name}-concurrency"
  alarm_description   = "More than 80 % of the account's ${var.concurrency_quota} concurrent executions are in use or reserved. Beyond the quota, the gateway responds with 503. Runbook: ${local.runbook}#concurrent-executions"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.8 * var.concurrency_quota
  namespace           = "AWS/Lambda"
  metric_name         = "ClaimedAccountConcurrency"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "table_throttles" {
  for_each = local.throttle_metrics

  alarm_name          = "${var.events_function_name}-${each.key}"
  alarm_description   = "DynamoDB throttled requests: one key is too busy, or a cap (table_max_read_units, table_max_write_units) is too low; -1 removes it. Runbook: ${local.runbook}#throttled-tables"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  namespace           = "AWS/DynamoDB"
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "table_errors" {
  for_each = local.table_calls

  alarm_name          = "${var.events_function_name}-${each.key}-SystemErrors"
  alarm_description   = "DynamoDB returned internal errors for 10 minutes. See the AWS Health Dashboard. Runbook: ${local.runbook}#internal-errors-of-dynamodb"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  namespace           = "AWS/DynamoDB"
  metric_name         = "SystemErrors"
  dimensions          = each.value
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}
