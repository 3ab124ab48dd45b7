locals {
  # The metrics in the log lines of the function (embedded metric format); a test compares them with src/http/pipeline/metrics.ts.
  metrics_namespace  = "EventManagementApi"
  metrics_dimensions = ["operationId", "statusClass"]

  per_operation = "{${join(",", concat([local.metrics_namespace], local.metrics_dimensions))}}"
  gateway       = ["ApiId", aws_apigatewayv2_api.api.id, "Stage", aws_apigatewayv2_stage.default.name]
  function      = ["FunctionName", module.function.name]

  graphs = [
    {
      title = "Requests", stat = "Sum", stacked = false
      metrics = [
        concat(["AWS/ApiGateway", "Count"], local.gateway, [{ label = "all" }]),
        concat(["AWS/ApiGateway", "4xx"], local.gateway),
        concat(["AWS/ApiGateway", "5xx"], local.gateway),
      ]
    },
    {
      title = "Latency at the gateway (ms)", stat = "p50", stacked = false
      metrics = [
        concat(["AWS/ApiGateway", "Latency"], local.gateway, [{ stat = "p50", label = "p50" }]),
        concat(["AWS/ApiGateway", "Latency"], local.gateway, [{ stat = "p99", label = "p99" }]),
      ]
    },
    {
      title = "Requests by operation and status", stat = "Sum", stacked = true
      metrics = [
        [{ expression = "SEARCH('${local.per_operation} MetricName=\"Requests\"', 'Sum', 300)", id = "requests" }],
      ]
    },
    {
      title = "Duration by operation, p99 (ms)", stat = "p99", stacked = false
      metrics = [
        [{ expression = "SEARCH('${local.per_operation} MetricName=\"Duration\" statusClass=\"2xx\"', 'p99', 300)", id = "duration" }],
      ]
    },
    {
      title = "Function", stat = "Sum", stacked = false
      metrics = [
        concat(["AWS/Lambda", "Invocations"], local.function),
        concat(["AWS/Lambda", "Errors"], local.function),
        concat(["AWS/Lambda", "Throttles"], local.function),
        concat(["AWS/Lambda", "ConcurrentExecutions"], local.function, [{ stat = "Maximum" }]),
      ]
    },
    {
      title = "Duration of the function (ms)", stat = "p50", stacked = false
      metrics = [
        concat(["AWS/Lambda", "Duration"], local.function, [{ stat = "p50", label = "p50" }]),
        concat(["AWS/Lambda", "Duration"], local.function, [{ stat = "p99", label = "p99" }]),
      ]
    },
    {
      # Lambda records these while the alias selects two versions.
      title = "Calls and crashes by version, during a canary", stat = "Sum", stacked = false
      metrics = [
        for metric in ["Invocations", "Errors"] :
        [{ expression = "SEARCH('{AWS/Lambda,ExecutedVersion,FunctionName,Resource} MetricName=\"${metric}\" FunctionName=\"${module.function.name}\" Resource=\"${module.function.name}:${module.function.alias}\"', 'Sum', 300)", id = lower(metric) }]
      ]
    },
    {
      title = "Consumed units of tables and indexes", stat = "Sum", stacked = true
      metrics = concat([
        for table in values(module.tables.tables) : concat([
          for metric in ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"] : concat(
            [["AWS/DynamoDB", metric, "TableName", table.name]],
            [for index in keys(table.indexes) : ["AWS/DynamoDB", metric, "TableName", table.name, "GlobalSecondaryIndexName", index]],
          )
        ]...)
      ]...)
    },
    {
      title = "Throttled calls to DynamoDB", stat = "Sum", stacked = true
      metrics = [
        for call in values(local.table_calls) :
        ["AWS/DynamoDB", "ThrottledRequests", "TableName", call.TableName, "Operation", call.Operation]
      ]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "api" {
  # Dashboards are global: another region with the same name would replace this one.
  dashboard_name = "${var.events_function_name}-${data.aws_region.current.region}"

  dashboard_body = jsonencode({
    widgets = concat(
      [
        for number, graph in local.graphs : {
          type = "metric", width = 12, height = 6, x = 12 * (number % 2), y = 6 * floor(number / 2)
          properties = {
            title   = graph.title
            region  = data.aws_region.current.region
            view    = "timeSeries"
            period  = 300
            stat    = graph.stat
            stacked = graph.stacked
            metrics = graph.metrics
          }
        }
      ],
      [{
        type = "log", width = 24, height = 6, x = 0, y = 6 * ceil(length(local.graphs) / 2)
        properties = {
          title  = "Latest errors"
          region = data.aws_region.current.region
          view   = "table"
          query  = "SOURCE '${module.function.log_group}' | fields @timestamp, @message | filter level = 'error' | sort @timestamp desc | limit 20"
        }
      }],
    )
  })
}
