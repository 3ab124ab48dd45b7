# One Lambda function with everything that it needs.
#
#   main.tf         function, log group, alias
#   permissions.tf  role and policy
#   alarms.tf       crashes and throttled calls

resource "aws_lambda_function" "function" {
  # checkov:skip=CKV_AWS_116: Callers decide about failed calls: the gateway waits for each response, a queue has its own dead letters.
  # checkov:skip=CKV_AWS_117: The function reaches AWS services over TLS and needs no private network.
  # checkov:skip=CKV_AWS_173: The environment holds names and URLs, no secrets.
  # checkov:skip=CKV_AWS_272: Anyone who may apply this configuration may also sign code; signing would not add protection.
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.function.arn

  filename         = var.package_path
  source_code_hash = fileexists(var.package_path) ? filebase64sha256(var.package_path) : null
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  handler          = var.handler

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  # Publishes a version for each change; the alias selects the version that receives traffic.
  publish = true

  environment {
    variables = var.environment
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  # The function writes JSON lines itself. With the format JSON, Lambda should leave them alone; see decision 139.
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function.name
  }

  depends_on = [aws_iam_role_policy.function, aws_iam_role_policy.keys]
}

resource "aws_cloudwatch_log_group" "function" {
  # checkov:skip=CKV_AWS_338: The operator chooses the retention with log_retention_days.
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# Callers invoke this alias: the newest version, or the version that live_version names.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that serves requests."
  function_name    = aws_lambda_function.function.function_name
  function_version = coalesce(var.live_version, aws_lambda_function.function.version)

  dynamic "routing_config" {
    for_each = var.canary_weight > 0 ? [var.canary_weight] : []

    content {
      additional_version_weights = { (aws_lambda_function.function.version) = routing_config.value }
    }
  }

  lifecycle {
    precondition {
      condition     = var.canary_weight == 0 || var.live_version != aws_lambda_function.function.version
      error_message = "live_version is already the newest version, so a canary has no other version to compare with. Build a new package first, or remove canary_weight."
    }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  count = var.provisioned_concurrency > 0 ? 1 : 0

  function_name                     = aws_lambda_function.function.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.provisioned_concurrency
}
