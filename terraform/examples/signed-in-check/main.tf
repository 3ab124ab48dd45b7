# A function that signs in every five minutes and reads with the token: the health check of the API has no token, so nothing else notices
# that every token is rejected. Create its user first, and store the password (docs/deploying.md); then:
#
#   terraform init && terraform apply -var api_url=… -var user_pool_id=… -var cognito_client_id=… -var alarm_topic_arn=…

terraform {
  required_version = ">= 1.11"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.7"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.36"
    }
  }
}

variable "api_url" {
  description = "The output api_url of the deployment."
  type        = string
}

variable "user_pool_id" {
  description = "The output user_pool_id of the deployment. The function runs in the region of the API, and the pool must be in the same one."
  type        = string
}

variable "cognito_client_id" {
  description = "The output cognito_client_id of the deployment, or another app client with ALLOW_ADMIN_USER_PASSWORD_AUTH."
  type        = string
}

variable "user_name" {
  description = "The user that the function signs in as, who needs no group."
  type        = string
  default     = "signed-in-check@example.com"
}

variable "password_parameter" {
  description = "The SecureString parameter of Systems Manager with the password of the user. Terraform never reads it."
  type        = string
  default     = "/event-management-api/signed-in-check"
}

variable "alarm_topic_arn" {
  description = "The SNS topic that is notified."
  type        = string
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  name = "events-signed-in-check"
  arn  = "${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
}

data "archive_file" "package" {
  type        = "zip"
  output_path = "${path.module}/.terraform/signed-in-check.zip"

  source {
    content  = file("${path.module}/check.cjs")
    filename = "index.js"
  }
}

module "check" {
  source = "../../modules/function"

  name            = local.name
  description     = "Signs in and reads with the token."
  package_path    = data.archive_file.package.output_path
  memory_mb       = 256
  timeout_seconds = 30

  environment = {
    API_URL            = var.api_url
    USER_POOL_ID       = var.user_pool_id
    CLIENT_ID          = var.cognito_client_id
    USER_NAME          = var.user_name
    PASSWORD_PARAMETER = var.password_parameter
  }

  policy_statements = [
    {
      sid       = "SignIn"
      actions   = ["cognito-idp:AdminInitiateAuth"]
      resources = ["arn:aws:cognito-idp:${local.arn}:userpool/${var.user_pool_id}"]
    },
    {
      sid       = "Password"
      actions   = ["ssm:GetParameter"]
      resources = ["arn:aws:ssm:${local.arn}:parameter${var.password_parameter}"]
    },
  ]

  # A failed check is an error of the function, which has an alarm.
  alarm_actions = [var.alarm_topic_arn]
  runbook_url   = "https://github.com/event-management-api/event-management-api/blob/main/docs/runbook.md"
}

resource "aws_cloudwatch_event_rule" "schedule" {
  name                = local.name
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "check" {
  rule = aws_cloudwatch_event_rule.schedule.name
  arn  = module.check.arn
}

resource "aws_lambda_permission" "schedule" {
  statement_id  = "schedule"
  action        = "lambda:InvokeFunction"
  function_name = module.check.name
  qualifier     = module.check.alias
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule.arn
}

# The check itself can fall silent, too.
resource "aws_cloudwatch_metric_alarm" "silence" {
  alarm_name          = "${local.name}-silence"
  alarm_description   = "The check was not called for 15 minutes: the schedule or its permission is gone. Runbook: https://github.com/event-management-api/event-management-api/blob/main/docs/runbook.md#signed-in-check"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  namespace           = "AWS/Lambda"
  metric_name         = "Invocations"
  dimensions          = { FunctionName = module.check.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
