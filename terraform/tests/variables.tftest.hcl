# Invalid values fail the validation of their variable.

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

run "no_pool_and_no_client" {
  command         = plan
  expect_failures = [var.user_pool_id, var.cognito_client_id]

  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
  }
}

run "existing_and_new_pool" {
  command         = plan
  expect_failures = [var.user_pool_id, var.cognito_client_id]

  module {
    source = "./modules/api"
  }

  variables {
    create_user_pool = true
  }
}

run "invalid_values" {
  command = plan
  expect_failures = [
    var.package_folder,
    var.user_pool_id,
    var.cognito_client_id,
    var.organizers_group,
    var.events_table_name,
    var.table_names,
    var.events_function_name,
    var.events_function_path,
    var.cors_origins,
    var.cors_headers,
    var.domain_name,
    var.function_memory_mb,
    var.function_timeout_seconds,
    var.reserved_concurrency,
    var.live_version,
    var.permissions_boundary_arn,
    var.kms_key_arn,
    var.former_kms_key_arns,
    var.table_max_read_units,
    var.table_max_write_units,
    var.log_retention_days,
    var.concurrency_quota,
    var.alarm_emails,
    var.alarm_topic_arn,
    var.alarm_error_percent,
    var.alarm_latency_ms,
    var.monthly_budget_usd,
  ]

  module {
    source = "./modules/api"
  }

  variables {
    package_folder           = "tests/fixtures/nothing"
    user_pool_id             = "users"
    cognito_client_id        = "my client"
    organizers_group         = "The Organizers"
    events_table_name        = "events table"
    table_names              = { event = "events-table" }
    events_function_name     = "events/function"
    events_function_path     = "/api/v1"
    cors_origins             = ["*"]
    cors_headers             = ["*"]
    domain_name              = "https://api.example.com"
    certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    function_memory_mb       = 128
    function_timeout_seconds = 8
    reserved_concurrency     = 0
    live_version             = "$LATEST"
    permissions_boundary_arn = "boundary"
    kms_key_arn              = "alias/events"
    former_kms_key_arns      = ["alias/former"]
    table_max_read_units     = 0
    table_max_write_units    = 0
    log_retention_days       = 31
    concurrency_quota        = 9
    alarm_emails             = ["ops"]
    alarm_topic_arn          = "alarms"
    alarm_error_percent      = 0
    alarm_latency_ms         = 30000
    monthly_budget_usd       = 0
  }
}

run "names_in_any_script" {
  command = plan

  module {
    source = "./modules/api"
  }

  variables {
    organizers_group = "Köln"
    cors_origins     = ["capacitor://localhost", "ionic://localhost", "http://[::1]:5173", "https://xn--e1afmkfd.xn--p1ai"]
    domain_name      = "api.xn--e1afmkfd.xn--p1ai"
    certificate_arn  = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  }

  assert {
    condition     = local.environment.ORGANIZERS_GROUP == "Köln" && length(aws_apigatewayv2_api.api.cors_configuration[0].allow_origins) == 4
    error_message = "Groups, origins and domains of any script are accepted."
  }
}

run "caps_can_be_removed" {
  command = plan

  module {
    source = "./modules/api"
  }

  variables {
    table_max_read_units  = -1
    table_max_write_units = -1
  }

  assert {
    condition     = var.table_max_read_units + var.table_max_write_units == -2
    error_message = "-1 is valid."
  }
}

run "other_invalid_values" {
  command = plan
  expect_failures = [
    var.events_function_path,
    var.organizers_group,
    var.cors_origins,
    var.cors_headers,
    var.domain_name,
    var.function_timeout_seconds,
    var.function_memory_mb,
    var.canary_weight,
    var.reserved_concurrency,
    var.table_max_read_units,
    var.table_max_write_units,
    var.alarm_error_percent,
    var.budget_emails,
  ]

  module {
    source = "./modules/api"
  }

  variables {
    events_function_path     = "api/events/{proxy+}"
    organizers_group         = "Köln\u200b"
    cors_origins             = ["https://app.example.com/"]
    cors_headers             = ["traceparent: 1"]
    domain_name              = "api.example.123"
    certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/1"
    function_timeout_seconds = 30
    function_memory_mb       = 1024.5
    live_version             = "6"
    canary_weight            = 1
    monthly_budget_usd       = 25
    budget_emails            = ["ops"]
    reserved_concurrency     = -2
    table_max_read_units     = 1.5
    table_max_write_units    = -2
    alarm_error_percent      = 101
  }
}

run "further_invalid_values" {
  command         = plan
  expect_failures = [var.events_function_path, var.provisioned_concurrency]

  module {
    source = "./modules/api"
  }

  variables {
    events_function_path    = "/{stage}/events/{proxy+}"
    provisioned_concurrency = 0.5
  }
}

run "incomplete_pairs" {
  command         = plan
  expect_failures = [var.certificate_arn, var.budget_emails, var.canary_weight]

  module {
    source = "./modules/api"
  }

  variables {
    domain_name        = "api.example.com"
    monthly_budget_usd = 25
    canary_weight      = 0.1
  }
}

run "zone_without_a_domain" {
  command         = plan
  expect_failures = [var.hosted_zone_id]

  module {
    source = "./modules/api"
  }

  variables {
    hosted_zone_id = "Z0123456789"
  }
}

run "provisioned_above_reserved" {
  command         = plan
  expect_failures = [var.provisioned_concurrency]

  module {
    source = "./modules/api"
  }

  variables {
    provisioned_concurrency = 5
    reserved_concurrency    = 3
  }
}

run "provisioned_concurrency_with_a_canary" {
  command         = plan
  expect_failures = [var.provisioned_concurrency]

  module {
    source = "./modules/api"
  }

  variables {
    provisioned_concurrency = 5
    live_version            = "6"
    canary_weight           = 0.1
  }
}

run "sign_in_pages_of_an_existing_pool" {
  command         = plan
  expect_failures = [var.sign_in_domain]

  module {
    source = "./modules/api"
  }

  variables {
    sign_in_domain = "example-events"
    callback_urls  = ["https://docs.example.com/oauth2-redirect.html"]
  }
}

run "invalid_sign_in_domain" {
  command         = plan
  expect_failures = [var.sign_in_domain]

  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
    create_user_pool  = true
    sign_in_domain    = "my-cognito-events"
    callback_urls     = ["https://docs.example.com/oauth2-redirect.html"]
  }
}

run "invalid_callback_urls" {
  command         = plan
  expect_failures = [var.callback_urls]

  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
    create_user_pool  = true
    sign_in_domain    = "example-events"
    callback_urls     = ["http://docs.example.com/"]
  }
}

run "sign_in_pages_without_callback" {
  command         = plan
  expect_failures = [var.callback_urls]

  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
    create_user_pool  = true
    sign_in_domain    = "example-events"
  }
}
