# The root module: region, tags and the paths of input files. Everything else is in modules/api.

module "api" {
  source = "./modules/api"

  contract_path  = "${path.root}/../openapi/openapi.yaml"
  tables_path    = "${path.root}/../src/storage/tables.json"
  package_folder = coalesce(var.package_folder, "${path.root}/../build")

  user_pool_id             = var.user_pool_id
  cognito_client_id        = var.cognito_client_id
  create_user_pool         = var.create_user_pool
  sign_in_domain           = var.sign_in_domain
  callback_urls            = var.callback_urls
  organizers_group         = var.organizers_group
  events_table_name        = var.events_table_name
  table_names              = var.table_names
  events_function_name     = var.events_function_name
  events_function_path     = var.events_function_path
  cors_origins             = var.cors_origins
  cors_headers             = var.cors_headers
  domain_name              = var.domain_name
  certificate_arn          = var.certificate_arn
  hosted_zone_id           = var.hosted_zone_id
  function_memory_mb       = var.function_memory_mb
  function_timeout_seconds = var.function_timeout_seconds
  reserved_concurrency     = var.reserved_concurrency
  provisioned_concurrency  = var.provisioned_concurrency
  live_version             = var.live_version
  canary_weight            = var.canary_weight
  tracing                  = var.tracing
  permissions_boundary_arn = var.permissions_boundary_arn
  deletion_protection      = var.deletion_protection
  kms_key_arn              = var.kms_key_arn
  former_kms_key_arns      = var.former_kms_key_arns
  table_max_read_units     = var.table_max_read_units
  table_max_write_units    = var.table_max_write_units
  log_retention_days       = var.log_retention_days
  detailed_metrics         = var.detailed_metrics
  health_check             = var.health_check
  concurrency_quota        = var.concurrency_quota
  alarm_emails             = var.alarm_emails
  alarm_topic_arn          = var.alarm_topic_arn
  alarm_error_percent      = var.alarm_error_percent
  alarm_latency_ms         = var.alarm_latency_ms
  monthly_budget_usd       = var.monthly_budget_usd
  budget_emails            = var.budget_emails
}
