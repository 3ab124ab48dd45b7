resource "aws_iam_role" "function" {
  name                 = "${var.events_function_name}-role"
  description          = "What the function ${var.events_function_name} may do."
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
  index_arns = flatten([
    for key, definition in local.table_definitions :
    [for index in keys(definition.indexes) : "${aws_dynamodb_table.table[key].arn}/index/${index}"]
  ])
}

resource "aws_iam_role_policy" "function" {
  name = "function"
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Items"
          Effect   = "Allow"
          Action   = [for operation in local.table_operations : "dynamodb:${operation}"]
          Resource = values(aws_dynamodb_table.table)[*].arn
        },
        {
          Sid      = "Lists"
          Effect   = "Allow"
          Action   = [for operation in local.index_operations : "dynamodb:${operation}"]
          Resource = local.index_arns
        },
        {
          Sid    = "Log"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          # The streams of the function's own log group; Lambda names them, one for each instance.
          Resource = ["${aws_cloudwatch_log_group.function.arn}:log-stream:*"]
        },
      ],
      var.tracing ? [{
        Sid    = "Traces"
        Effect = "Allow"
        Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        # X-Ray has no resources that these actions could be limited to.
        Resource = ["*"]
      }] : [],
      var.kms_key_arn == null ? [] : [{
        Sid    = "Key"
        Effect = "Allow"
        # What DynamoDB asks of whoever uses a table under a key of one's own, and only when DynamoDB asks.
        Action = [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        Resource  = [var.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${data.aws_region.current.region}.amazonaws.com" } }
      }],
    )
  })
}
