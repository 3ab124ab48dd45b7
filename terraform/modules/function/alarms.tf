resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = {
    Errors    = "The function crashed or reached its timeout. Neither should happen: the function handles every error itself."
    Throttles = "Lambda throttled calls: raise the quota for concurrent executions, or reserved_concurrency."
  }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value
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
