# modules/function: one Lambda function, with values written by hand.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name         = "events-function"
  description  = "A function under test"
  package_path = "tests/fixtures/api.zip"
}

run "default_settings" {
  module {
    source = "./modules/function"
  }

  assert {
    condition = (
      aws_lambda_function.function.runtime == "nodejs24.x" && aws_lambda_function.function.architectures == tolist(["arm64"]) &&
      aws_lambda_function.function.handler == "index.handler"
    )
    error_message = "The function runs on the platform that `make deps` builds for."
  }
  assert {
    condition     = aws_lambda_function.function.source_code_hash == filebase64sha256("tests/fixtures/api.zip")
    error_message = "A new package is a new version."
  }
  assert {
    condition     = aws_lambda_function.function.description == "A function under test" && length(aws_lambda_function.function.environment[0].variables) == 0
    error_message = "The function has the description of its caller, and no environment by default."
  }
  assert {
    condition     = aws_lambda_function.function.reserved_concurrent_executions == -1 && aws_lambda_function.function.publish
    error_message = "No concurrency is reserved, and each change is a version."
  }
  assert {
    condition     = aws_lambda_function.function.logging_config[0].log_format == "Text" && aws_cloudwatch_log_group.function.retention_in_days == 30
    error_message = "Log lines are stored as they were written, for 30 days."
  }
  assert {
    condition     = [for one in jsondecode(aws_iam_role_policy.function.policy).Statement : one.Sid] == ["Log"]
    error_message = "By default the function may only write its log: ${aws_iam_role_policy.function.policy}"
  }
  assert {
    condition     = length(aws_iam_role_policy.keys) == 0
    error_message = "By default the function may use no key."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.function.policy).Statement[0].Resource == ["arn:aws:logs:us-east-1:123456789012:log-group:a-log:log-stream:*"]
    error_message = "The function may write to its own log group only."
  }
  assert {
    condition     = jsondecode(aws_iam_role.function.assume_role_policy).Statement == [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
    error_message = "Only Lambda may assume the role."
  }
  assert {
    condition     = aws_lambda_alias.live.function_version == "7" && length(aws_lambda_alias.live.routing_config) == 0 && length(aws_lambda_provisioned_concurrency_config.live) == 0
    error_message = "By default the newest version serves all calls, and no instance is kept warm."
  }
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.function)) == toset(["Errors", "Throttles"])
    error_message = "Crashes and throttled calls raise an alarm."
  }
  assert {
    condition = alltrue([
      for alarm in values(aws_cloudwatch_metric_alarm.function) :
      alarm.comparison_operator == "GreaterThanThreshold" && alarm.threshold == 0 && alarm.statistic == "Sum" && alarm.period == 300
    ])
    error_message = "One crash or one throttled call in five minutes raises the alarm."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.function) : endswith(alarm.alarm_description, ".")])
    error_message = "Without a runbook, a description links to none."
  }
  assert {
    condition = {
      name = output.name, arn = output.arn, alias = output.alias, role = output.role_name, log = output.log_group
      } == {
      name = "events-function", arn = "arn:aws:lambda:us-east-1:123456789012:function:events-function:live", alias = "live"
      role = "events-function-us-east-1", log = "/aws/lambda/events-function"
    }
    error_message = "The outputs name the function, its alias, its role and its log."
  }
}

run "settings_of_the_caller" {
  module {
    source = "./modules/function"
  }

  variables {
    handler                  = "stream.consume"
    environment              = { EVENTS_TABLE_NAME = "events-table" }
    memory_mb                = 512
    timeout_seconds          = 60
    reserved_concurrency     = 20
    tracing                  = true
    log_retention_days       = 90
    kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    alarm_actions            = ["arn:aws:sns:us-east-1:123456789012:alarms"]
    policy_statements = [
      { sid = "Read", actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table"] },
      { sid = "Key", actions = ["kms:Decrypt"], resources = ["arn:aws:kms:us-east-1:123456789012:key/1"], condition = { StringEquals = { "kms:ViaService" = "sqs.us-east-1.amazonaws.com" } } },
    ]
  }

  assert {
    condition = (
      aws_lambda_function.function.handler == "stream.consume" && aws_lambda_function.function.memory_size == 512 &&
      aws_lambda_function.function.timeout == 60 && aws_lambda_function.function.reserved_concurrent_executions == 20 &&
      aws_lambda_function.function.environment[0].variables == tomap({ EVENTS_TABLE_NAME = "events-table" })
    )
    error_message = "Handler, memory, timeout, concurrency and environment are those of the caller."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.function.policy).Statement == [
      { Sid = "Read", Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table"] },
      { Sid = "Key", Effect = "Allow", Action = ["kms:Decrypt"], Resource = ["arn:aws:kms:us-east-1:123456789012:key/1"], Condition = { StringEquals = { "kms:ViaService" = "sqs.us-east-1.amazonaws.com" } } },
      { Sid = "Log", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = ["arn:aws:logs:us-east-1:123456789012:log-group:a-log:log-stream:*"] },
      { Sid = "Traces", Effect = "Allow", Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = ["*"] },
    ]
    error_message = "The statements of the caller, the log and the traces, and nothing else: ${aws_iam_role_policy.function.policy}"
  }
  assert {
    condition     = aws_iam_role.function.permissions_boundary == var.permissions_boundary_arn && aws_lambda_function.function.tracing_config[0].mode == "Active"
    error_message = "The role has the permissions boundary, and the function sends traces."
  }
  assert {
    condition     = aws_cloudwatch_log_group.function.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.function.retention_in_days == 90
    error_message = "The log is encrypted with the key and kept for 90 days."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.function) : alarm.alarm_actions == toset(var.alarm_actions) && alarm.ok_actions == toset(var.alarm_actions) && alarm.treat_missing_data == "notBreaching"])
    error_message = "Each alarm notifies at its start and its end, and missing data raises none."
  }
}

run "keys_of_tables" {
  module {
    source = "./modules/function"
  }

  variables {
    table_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/new", "arn:aws:kms:us-east-1:123456789012:key/former"]
  }

  # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  assert {
    condition = jsondecode(aws_iam_role_policy.keys[0].policy).Statement == [{
      Sid       = "Key"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource  = ["arn:aws:kms:us-east-1:123456789012:key/new", "arn:aws:kms:us-east-1:123456789012:key/former"]
      Condition = { StringEquals = { "kms:ViaService" = "dynamodb.us-east-1.amazonaws.com" } }
    }]
    error_message = "The function may use these keys only, with the permissions that DynamoDB requires of its caller, and only through DynamoDB."
  }
}

run "no_traces" {
  module {
    source = "./modules/function"
  }

  assert {
    condition     = aws_lambda_function.function.tracing_config[0].mode == "PassThrough"
    error_message = "Without tracing, the function sends no traces."
  }
}

run "rollback" {
  module {
    source = "./modules/function"
  }

  variables {
    live_version = "6"
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == "6" && length(aws_lambda_alias.live.routing_config) == 0 && output.live_version == "6" && output.newest_version == "7"
    error_message = "The version in live_version serves all calls."
  }
}

run "canary" {
  module {
    source = "./modules/function"
  }

  variables {
    live_version  = "6"
    canary_weight = 0.1
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == "6" && aws_lambda_alias.live.routing_config[0].additional_version_weights == tomap({ "7" = 0.1 })
    error_message = "The newest version serves its share, and live_version the rest."
  }
}

run "canary_of_the_live_version_fails" {
  # The state of the runs above contains the newest version.
  command         = plan
  expect_failures = [aws_lambda_alias.live]

  module {
    source = "./modules/function"
  }

  variables {
    live_version  = "7"
    canary_weight = 0.1
  }
}

run "provisioned_concurrency" {
  module {
    source = "./modules/function"
  }

  variables {
    provisioned_concurrency = 3
    reserved_concurrency    = 20
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.live[0].qualifier == "live" && aws_lambda_provisioned_concurrency_config.live[0].provisioned_concurrent_executions == 3
    error_message = "Instances are kept warm for the alias, which callers invoke."
  }
}
