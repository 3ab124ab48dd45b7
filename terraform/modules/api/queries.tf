# Saved queries of Logs Insights, which the runbook names.

locals {
  requests = "filter message = 'request'"

  queries = {
    errors-by-version = {
      groups = [module.function.log_group]
      query  = "${local.requests} | stats count(*) as requests, sum(status >= 500) as errors, pct(durationMs, 99) as p99 by version"
    }
    errors-by-operation = {
      groups = [module.function.log_group]
      query  = "${local.requests} and status >= 500 | stats count(*) as errors by operationId, status, error.name, error.message | sort errors desc | limit 50"
    }
    slow-operations = {
      groups = [module.function.log_group]
      query  = "${local.requests} | stats count(*) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99 by operationId | sort p99 desc"
    }
    throttled-routes = {
      groups = [aws_cloudwatch_log_group.access.name]
      query  = "filter status = 429 | stats count(*) as rejected by routeKey, sourceIp | sort rejected desc | limit 50"
    }
    rejected-tokens = {
      groups = [aws_cloudwatch_log_group.access.name]
      query  = "filter status = 401 or status = 403 | stats count(*) as rejected by authorizerError, routeKey | sort rejected desc | limit 50"
    }
    # Replace the id: it is the X-Request-Id or the Apigw-Requestid of the response.
    one-request = {
      groups = [module.function.log_group, aws_cloudwatch_log_group.access.name]
      query  = "filter requestId = 'REQUEST_ID' | sort @timestamp asc | limit 20"
    }
  }
}

resource "aws_cloudwatch_query_definition" "query" {
  for_each = local.queries

  name            = "${var.events_function_name}/${each.key}"
  log_group_names = each.value.groups
  query_string    = each.value.query
}
