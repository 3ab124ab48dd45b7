resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = {
    Errors    = { text = "The function crashed or reached its timeout. Neither should happen: the function handles every error itself.", section = "crashes-and-timeouts" }
    Throttles = { text = "Lambda throttled calls: raise the quota for concurrent executions, or reserved_concurrency.", section = "throttled-calls" }
  }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = var.runbook_url == null ? each.value.text : "${each.value.text} Runbook: ${var.runbook_url}#${each.value.section}"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = aws_lambda_function.function.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}
