locals {
  environment = merge(
    {
      TOKEN_ISSUER     = local.issuer
      TOKEN_CLIENT_ID  = local.client_id
      ORGANIZERS_GROUP = var.organizers_group
    },
    module.tables.environment,
    local.base_path == "" ? {} : { BASE_PATH = local.base_path },
  )
}

module "function" {
  source = "../function"

  name         = var.events_function_name
  description  = "Event Management API"
  package_path = "${var.package_folder}/api.zip"

  environment       = local.environment
  policy_statements = module.tables.policy_statements

  memory_mb                = var.function_memory_mb
  timeout_seconds          = var.function_timeout_seconds
  reserved_concurrency     = var.reserved_concurrency
  provisioned_concurrency  = var.provisioned_concurrency
  live_version             = var.live_version
  canary_weight            = var.canary_weight
  tracing                  = var.tracing
  permissions_boundary_arn = var.permissions_boundary_arn
  kms_key_arn              = var.kms_key_arn
  table_key_arns           = concat(var.kms_key_arn == null ? [] : [var.kms_key_arn], var.former_kms_key_arns)
  log_retention_days       = var.log_retention_days
  alarm_actions            = local.alarm_actions
  runbook_url              = local.runbook
}
