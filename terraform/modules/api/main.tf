# The Event Management API in one AWS region. The contract defines the routes; no file here lists them.
#
#   main.tf      contract and tables
#   gateway.tf   API, routes, authorizer, throttles, access log
#   domain.tf    a custom domain, optional
#   identity.tf  the user pool, optional
#   function.tf  the function of the API
#   alarms.tf, notifications.tf, health.tf, dashboard.tf, queries.tf, budget.tf
#   moved.tf     addresses of earlier versions

module "contract" {
  source = "../contract"

  contract_path = var.contract_path
}

module "tables" {
  source = "../tables"

  tables_path         = var.tables_path
  name_prefix         = var.events_function_name
  names               = merge({ events = var.events_table_name }, var.table_names)
  deletion_protection = var.deletion_protection
  kms_key_arn         = var.kms_key_arn == null ? null : module.function.granted_key_arns[0]
  max_read_units      = var.table_max_read_units
  max_write_units     = var.table_max_write_units
}

data "aws_region" "current" {}

locals {
  # The part of every path before /events; empty by default.
  base_path = trimsuffix(var.events_function_path, "/events/{proxy+}")
}
