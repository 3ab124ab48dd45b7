# Route 53 requests getHealth from several places around the world. So a request is counted all the time, and none means that none arrives:
# the record, the certificate or the gateway is broken. Alarms on errors are silent then: a request that does not arrive is not counted.

resource "aws_route53_health_check" "api" {
  count = var.health_check ? 1 : 0

  type              = "HTTPS"
  fqdn              = var.domain_name == null ? trimprefix(aws_apigatewayv2_api.api.api_endpoint, "https://") : var.domain_name
  port              = 443
  resource_path     = "${local.base_path}/health"
  request_interval  = 30
  failure_threshold = 3
  # The smallest number of regions: each of their checkers sends a request every 30 seconds.
  regions = ["eu-west-1", "us-east-1", "us-west-2"]

  tags = { Name = "${var.events_function_name}-${data.aws_region.current.region}" }
}

# On the requests, not on the metrics of the health check: these are in us-east-1 only, where an alarm cannot notify a topic of another region.
resource "aws_cloudwatch_metric_alarm" "silence" {
  count = var.health_check ? 1 : 0

  alarm_name          = "${var.events_function_name}-silence"
  alarm_description   = "No request arrived for 10 minutes, not even those of the health check. Runbook: ${local.runbook}#silence"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  namespace           = "AWS/ApiGateway"
  metric_name         = "Count"
  dimensions          = local.gateway_dimensions
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "breaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}
