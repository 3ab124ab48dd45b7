# Who is notified of alarms, besides alarm_topic_arn. Each address receives a message in which it has to confirm the subscription.

resource "aws_sns_topic" "alarms" {
  # checkov:skip=CKV_AWS_26: Alarms cannot publish to a topic that is encrypted with the key of SNS, and they contain no secrets.
  count = length(var.alarm_emails) > 0 ? 1 : 0

  name = "${var.events_function_name}-alarms"
}

resource "aws_sns_topic_subscription" "alarms" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = each.key
}
