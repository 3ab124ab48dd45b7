# What modules/api passes to the function of the API: permissions, environment and versions.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  contract_path     = "../openapi/openapi.yaml"
  tables_path       = "../src/storage/tables.json"
  package_folder    = "tests/fixtures"
  user_pool_id      = "us-east-1_AbCdEfGhI"
  cognito_client_id = "1h57kf5cpq17m0eml12EXAMPLE"
}

run "default_permissions" {
  module {
    source = "./modules/api"
  }

  # Written by hand: no change of src/storage/tables.json extends these permissions unnoticed.
  assert {
    condition = {
      for one in jsondecode(module.function.policy).Statement : one.Sid => { actions = one.Action, resources = one.Resource }
      if can(regex("^(Events|Registrations|Log$)", one.Sid))
      } == {
      Events = {
        actions   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table"]
      }
      EventsOrganizerIdIndex = {
        actions   = ["dynamodb:Query"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table/index/organizerId-index"]
      }
      EventsPublishedIndex = {
        actions   = ["dynamodb:Query"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table/index/published-index"]
      }
      EventsPublishedByIndex = {
        actions   = ["dynamodb:Query"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table/index/publishedBy-index"]
      }
      # All tables share one ARN here, that of the mock.
      Registrations = {
        actions   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table"]
      }
      RegistrationsUserIdIndex = {
        actions   = ["dynamodb:Query"]
        resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/events-table/index/userId-index"]
      }
      Log = {
        actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources = ["arn:aws:logs:us-east-1:123456789012:log-group:a-log:log-stream:*"]
      }
    }
    error_message = "The function may do exactly this: ${module.function.policy}"
  }
  assert {
    condition = length(jsondecode(module.function.policy).Statement) == 1 + sum([
      for table in jsondecode(file("../src/storage/tables.json")) : 1 + length(table.indexes)
    ])
    error_message = "Besides the log, each table and each index has one statement: ${module.function.policy}"
  }
  assert {
    condition = [
      for one in jsondecode(module.function.policy).Statement : one.Sid if contains(one.Resource, "*")
    ] == []
    error_message = "Nothing is granted on everything."
  }
  assert {
    condition = { for name, value in local.environment : name => value if !endswith(name, "_TABLE_NAME") || name == "EVENTS_TABLE_NAME" } == {
      TOKEN_ISSUER      = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"
      TOKEN_CLIENT_ID   = "1h57kf5cpq17m0eml12EXAMPLE"
      ORGANIZERS_GROUP  = "Organizers"
      EVENTS_TABLE_NAME = "events-table"
    }
    error_message = "The environment names the accepted tokens and the tables: ${jsonencode(local.environment)}"
  }
  assert {
    condition     = aws_cloudwatch_log_group.access.retention_in_days == 30
    error_message = "The access log, which contains IP addresses, is kept as long as the log of the function."
  }
  assert {
    condition     = var.function_timeout_seconds * 1000 < aws_apigatewayv2_integration.function.timeout_milliseconds
    error_message = "The function reaches its timeout before the gateway."
  }
  assert {
    condition     = output.newest_version == "7" && output.live_version == "7"
    error_message = "By default the newest version serves all requests."
  }
}

run "with_a_key_and_traces" {
  module {
    source = "./modules/api"
  }

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    tracing     = true
  }

  assert {
    condition = [
      for sid in ["Log", "Traces"] : contains([for one in jsondecode(module.function.policy).Statement : one.Sid], sid)
    ] == [true, true]
    error_message = "Traces may be sent: ${module.function.policy}"
  }
  assert {
    condition = length(jsondecode(module.function.policy).Statement) == 2 + sum([
      for table in jsondecode(file("../src/storage/tables.json")) : 1 + length(table.indexes)
    ])
    error_message = "Besides the log and the traces, each table and each index has one statement: ${module.function.policy}"
  }
  assert {
    condition     = module.function.granted_key_arns == tolist([var.kms_key_arn])
    error_message = "The function may use the key."
  }
  assert {
    condition     = aws_cloudwatch_log_group.access.kms_key_id == var.kms_key_arn
    error_message = "The key encrypts the access log."
  }
}

run "leaving_a_key" {
  module {
    source = "./modules/api"
  }

  variables {
    former_kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition     = module.function.granted_key_arns == tolist(var.former_kms_key_arns)
    error_message = "The function may use the former key until no table needs it."
  }
}

run "rollback" {
  module {
    source = "./modules/api"
  }

  variables {
    live_version = "6"
  }

  assert {
    condition     = output.live_version == "6" && output.newest_version == "7"
    error_message = "The version in live_version serves all requests."
  }
}
