resource "aws_lambda_function" "api" {
  # checkov:skip=CKV_AWS_116: The gateway waits for each answer; a call that failed has nobody to be kept for.
  # checkov:skip=CKV_AWS_117: The function reaches DynamoDB and Cognito over TLS and has nothing to do in a private network.
  # checkov:skip=CKV_AWS_173: The variables hold names and URLs, no secret.
  # checkov:skip=CKV_AWS_272: Whoever may apply this may also sign; a signature would protect from nobody.
  function_name = var.events_function_name
  description   = "Event Management API"
  role          = aws_iam_role.function.arn

  filename         = var.package_path
  source_code_hash = fileexists(var.package_path) ? filebase64sha256(var.package_path) : null
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  handler          = "index.handler"

  memory_size                    = var.function_memory_mb
  timeout                        = var.function_timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  # Each change is a version of its own, and the alias says which one serves.
  publish = true

  environment {
    variables = merge(
      {
        TOKEN_ISSUER      = local.issuer
        TOKEN_CLIENT_ID   = local.client_id
        ORGANIZERS_GROUP  = var.organizers_group
        EVENTS_TABLE_NAME = aws_dynamodb_table.table["events"].name
      },
      local.base_path == "" ? {} : { BASE_PATH = local.base_path },
    )
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  # The function writes JSON itself. The format JSON would wrap its lines, and the metrics in them would be lost.
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function.name
  }

  depends_on = [aws_iam_role_policy.function]
}

resource "aws_cloudwatch_log_group" "function" {
  # checkov:skip=CKV_AWS_338: How long logs are kept is the operator's choice, log_retention_days.
  name              = "/aws/lambda/${var.events_function_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# What the gateway calls: the newest version, or the one that live_version names.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that serves."
  function_name    = aws_lambda_function.api.function_name
  function_version = coalesce(var.live_version, aws_lambda_function.api.version)

  dynamic "routing_config" {
    for_each = var.canary_weight > 0 ? [var.canary_weight] : []

    content {
      additional_version_weights = { (aws_lambda_function.api.version) = routing_config.value }
    }
  }

  lifecycle {
    precondition {
      condition     = var.canary_weight == 0 || var.live_version != aws_lambda_function.api.version
      error_message = "live_version is already the newest version, so there is nothing to give a share to: build the next one first, or leave canary_weight out."
    }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  count = var.provisioned_concurrency > 0 ? 1 : 0

  function_name                     = aws_lambda_function.api.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.provisioned_concurrency
}
