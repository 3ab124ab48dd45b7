# What the function may do, and how it runs.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  contract_path     = "../openapi/openapi.yaml"
  tables_path       = "../src/storage/tables.json"
  package_path      = "tests/fixtures/package.zip"
  user_pool_id      = "us-east-1_AbCdEfGhI"
  cognito_client_id = "1h57kf5cpq17m0eml12EXAMPLE"
}

run "by_default" {
  module {
    source = "./modules/api"
  }

  assert {
    condition = { for one in jsondecode(aws_iam_role_policy.function.policy).Statement : one.Sid => one.Action } == {
      Items  = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
      Lists  = ["dynamodb:Query"]
      Log    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Traces = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    }
    error_message = "The function may do this and nothing else: ${aws_iam_role_policy.function.policy}"
  }
  assert {
    condition = [
      for one in jsondecode(aws_iam_role_policy.function.policy).Statement : one.Sid if contains(one.Resource, "*")
    ] == ["Traces"]
    error_message = "Only X-Ray, which has no resources, is granted on everything."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.function.policy).Statement[1].Resource == [
      for index in keys(jsondecode(file("../src/storage/tables.json")).events.indexes) :
      "arn:aws:dynamodb:us-east-1:123456789012:table/events-table/index/${index}"
    ]
    error_message = "Every index may be queried, each by its own name."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.function.policy).Statement[0].Resource == ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table"]
    error_message = "Items are read and written in the table alone."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.function.policy).Statement[2].Resource == ["arn:aws:logs:us-east-1:123456789012:log-group:a-log:log-stream:*"]
    error_message = "The log is the function's own."
  }
  assert {
    condition     = jsondecode(aws_iam_role.function.assume_role_policy).Statement == [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
    error_message = "Only Lambda takes the role."
  }
  assert {
    condition     = aws_lambda_function.api.runtime == "nodejs24.x" && aws_lambda_function.api.architectures == tolist(["arm64"]) && aws_lambda_function.api.handler == "index.handler"
    error_message = "The function is what `make deps` builds it for."
  }
  assert {
    condition     = aws_lambda_function.api.source_code_hash == filebase64sha256("tests/fixtures/package.zip")
    error_message = "A new package is a new version."
  }
  assert {
    condition = aws_lambda_function.api.environment[0].variables == tomap({
      TOKEN_ISSUER      = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"
      TOKEN_CLIENT_ID   = "1h57kf5cpq17m0eml12EXAMPLE"
      ORGANIZERS_GROUP  = "Organizers"
      EVENTS_TABLE_NAME = "events-table"
    })
    error_message = "The function is told whose tokens it accepts and where its data is: ${jsonencode(aws_lambda_function.api.environment[0].variables)}"
  }
  assert {
    condition     = aws_lambda_function.api.reserved_concurrent_executions == -1 && aws_lambda_function.api.tracing_config[0].mode == "Active" && aws_lambda_function.api.publish
    error_message = "Nothing is reserved, traces are sent, and each change is a version."
  }
  assert {
    condition     = aws_lambda_function.api.logging_config[0].log_format == "Text" && aws_cloudwatch_log_group.function.retention_in_days == 30
    error_message = "Lines arrive as they were written, and are kept for 30 days."
  }
  assert {
    condition     = aws_cloudwatch_log_group.access.retention_in_days == 30
    error_message = "The access log, which has addresses of people, is kept no longer."
  }
  assert {
    condition     = aws_lambda_function.api.timeout * 1000 < aws_apigatewayv2_integration.function.timeout_milliseconds
    error_message = "The function's time-out comes before the gateway's."
  }
  assert {
    condition     = aws_lambda_alias.live.function_version == "7" && length(aws_lambda_alias.live.routing_config) == 0 && length(aws_lambda_provisioned_concurrency_config.live) == 0
    error_message = "Without further settings the newest version serves everything, started on demand."
  }
}

run "with_a_key_and_a_boundary_and_without_traces" {
  module {
    source = "./modules/api"
  }

  variables {
    kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    tracing                  = false
  }

  assert {
    condition     = [for one in jsondecode(aws_iam_role_policy.function.policy).Statement : one.Sid] == ["Items", "Lists", "Log", "Key"]
    error_message = "The key may be used, and no trace be sent."
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.function.policy).Statement[3].Resource == [var.kms_key_arn] && jsondecode(aws_iam_role_policy.function.policy).Statement[3].Condition == { StringEquals = { "kms:ViaService" = "dynamodb.us-east-1.amazonaws.com" } }
    error_message = "That key alone, and for DynamoDB alone."
  }
  # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  assert {
    condition = toset(jsondecode(aws_iam_role_policy.function.policy).Statement[3].Action) == toset([
      "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
    ])
    error_message = "DynamoDB asks this of whoever uses a table under a key: ${aws_iam_role_policy.function.policy}"
  }
  assert {
    condition     = aws_iam_role.function.permissions_boundary == var.permissions_boundary_arn && aws_lambda_function.api.tracing_config[0].mode == "PassThrough"
    error_message = "The role has the boundary, and the function sends no traces."
  }
  assert {
    condition = (
      aws_dynamodb_table.table["events"].server_side_encryption[0].kms_key_arn == var.kms_key_arn &&
      aws_cloudwatch_log_group.function.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.access.kms_key_id == var.kms_key_arn
    )
    error_message = "The key encrypts the tables and both logs."
  }
}

run "a_roll_back" {
  module {
    source = "./modules/api"
  }

  variables {
    live_version = "6"
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == "6" && length(aws_lambda_alias.live.routing_config) == 0 && output.live_version == "6" && output.newest_version == "7"
    error_message = "The named version serves everything."
  }
}

run "a_canary" {
  module {
    source = "./modules/api"
  }

  variables {
    live_version  = "6"
    canary_weight = 0.1
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == "6" && aws_lambda_alias.live.routing_config[0].additional_version_weights == tomap({ "7" = 0.1 })
    error_message = "The newest version serves its share, the named one the others."
  }
}

run "a_canary_of_the_version_that_serves_is_refused" {
  # The state of the runs before says which version is the newest.
  command         = plan
  expect_failures = [aws_lambda_alias.live]

  module {
    source = "./modules/api"
  }

  variables {
    live_version  = "7"
    canary_weight = 0.1
  }
}

run "provisioned_concurrency" {
  module {
    source = "./modules/api"
  }

  variables {
    provisioned_concurrency = 3
    reserved_concurrency    = 20
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.live[0].qualifier == "live" && aws_lambda_provisioned_concurrency_config.live[0].provisioned_concurrent_executions == 3
    error_message = "Instances are kept started for the alias, through which the gateway calls."
  }
  assert {
    condition     = aws_lambda_function.api.reserved_concurrent_executions == 20
    error_message = "As many calls at once as are reserved."
  }
}
