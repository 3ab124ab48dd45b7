# One deployment with every option. test/tools/terraform/with-terraform/deployment.test.ts reads its resources and compares them with
# the application; settings.test.ts shows them in a review.

mock_provider "aws" {
  source = "./tests/mocks"
}

# Names are not the default ones, so that a resource that only this deployment has cannot have a default name unnoticed.
variables {
  package_folder           = "tests/fixtures"
  organizers_group         = "Presenters"
  events_table_name        = "jazz-table"
  events_function_name     = "jazz-function"
  create_user_pool         = true
  sign_in_domain           = "jazz-events"
  callback_urls            = ["https://docs.example.com/oauth2-redirect.html"]
  events_function_path     = "/api/v1/events/{proxy+}"
  cors_origins             = ["https://app.example.com"]
  domain_name              = "api.example.com"
  certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  hosted_zone_id           = "Z0123456789"
  function_memory_mb       = 2048
  reserved_concurrency     = 20
  provisioned_concurrency  = 3
  tracing                  = true
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  table_max_read_units     = 500
  table_max_write_units    = 100
  log_retention_days       = 90
  kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  alarm_topic_arn          = "arn:aws:sns:us-east-1:123456789012:alarms"
  monthly_budget_usd       = 25
  budget_emails            = ["ops@example.com"]
}

run "every_option" {
  assert {
    condition     = output.api_url == "https://api.example.com/api/v1"
    error_message = "The API is at its own domain, below its base path."
  }
}

# The same with another value of each variable that has a default or a value above: variables.test.ts looks for it in the resources.
run "other_values" {
  variables {
    create_user_pool         = false
    sign_in_domain           = null
    callback_urls            = []
    user_pool_id             = "eu-west-1_OtherPool"
    cognito_client_id        = "otherclient"
    organizers_group         = "Editors"
    events_table_name        = "other-table"
    table_names              = { "registrations" = "restored-registrations" }
    events_function_name     = "other-function"
    events_function_path     = "/other/events/{proxy+}"
    cors_origins             = ["https://other.example.com"]
    cors_headers             = ["traceparent"]
    domain_name              = "other.example.com"
    certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/other"
    hosted_zone_id           = "ZOTHER"
    function_memory_mb       = 3072
    function_timeout_seconds = 12
    reserved_concurrency     = 30
    provisioned_concurrency  = 0
    live_version             = "6"
    canary_weight            = 0.2
    tracing                  = true
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/other"
    deletion_protection      = false
    kms_key_arn              = "arn:aws:kms:us-east-1:123456789012:key/other"
    former_kms_key_arns      = ["arn:aws:kms:us-east-1:123456789012:key/former"]
    table_max_read_units     = 600
    table_max_write_units    = 200
    log_retention_days       = 60
    detailed_metrics         = true
    health_check             = false
    concurrency_quota        = 2000
    alarm_emails             = ["alarms@example.com"]
    alarm_topic_arn          = "arn:aws:sns:us-east-1:123456789012:other"
    alarm_error_percent      = 7
    alarm_latency_ms         = 1234
    monthly_budget_usd       = 35
    budget_emails            = ["other@example.com"]
  }

  assert {
    condition     = output.api_url == "https://other.example.com/other"
    error_message = "The API is at the other domain."
  }
}
