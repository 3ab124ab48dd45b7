data "aws_region" "current" {}

resource "aws_iam_role" "function" {
  # Roles are global: the region keeps the name apart from that of another deployment. At most 64 characters.
  name                 = "${var.name}-${data.aws_region.current.region}"
  description          = "What the function ${var.name} may do."
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

locals {
  log_statement = {
    sid     = "Log"
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    # Lambda names the streams, one for each instance of the function.
    resources = ["${aws_cloudwatch_log_group.function.arn}:log-stream:*"]
    condition = {}
  }
  trace_statement = {
    sid     = "Traces"
    actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    # X-Ray has no resources to which these actions could be limited.
    resources = ["*"]
    condition = {}
  }
}

resource "aws_iam_role_policy" "function" {
  name = "function"
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(var.policy_statements, [local.log_statement], var.tracing ? [local.trace_statement] : []) : merge(
        { Sid = statement.sid, Effect = "Allow", Action = statement.actions, Resource = statement.resources },
        length(statement.condition) == 0 ? {} : { Condition = statement.condition },
      )
    ]
  })
}

# A policy of its own, which exists before the tables are encrypted with a key: DynamoDB uses a customer-managed key on behalf of its
# caller, who needs these permissions, but only through DynamoDB.
resource "aws_iam_role_policy" "keys" {
  count = length(var.table_key_arns) > 0 ? 1 : 0

  name = "keys"
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "Key"
      Effect = "Allow"
      Action = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ]
      Resource  = var.table_key_arns
      Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${data.aws_region.current.region}.amazonaws.com" } }
    }]
  })
}
