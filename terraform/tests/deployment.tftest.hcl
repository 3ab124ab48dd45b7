# One deployment with every option. test/tools/terraform/with-terraform/deployment.test.ts reads its resources and compares them with
# the application.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  package_folder           = "tests/fixtures"
  create_user_pool         = true
  events_function_path     = "/api/v1/events/{proxy+}"
  cors_origins             = ["https://app.example.com"]
  domain_name              = "api.example.com"
  certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
  hosted_zone_id           = "Z0123456789"
  function_memory_mb       = 2048
  reserved_concurrency     = 20
  provisioned_concurrency  = 3
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
