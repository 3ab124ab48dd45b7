# The Event Management API in one AWS region. The contract says which routes there are; nothing here lists them.
#
#   main.tf        what the other files share
#   gateway.tf     API, routes, authorizer, throttles, access log
#   domain.tf      a domain of its own, optional
#   identity.tf    the user pool, optional
#   function.tf    function, versions, log
#   permissions.tf what the function may do
#   tables.tf      tables and indexes
#   alarms.tf, dashboard.tf, budget.tf

module "contract" {
  source = "../contract"

  contract_path = var.contract_path
}

module "tables" {
  source = "../tables"

  tables_path         = var.tables_path
  name_prefix         = var.events_function_name
  names               = { events = var.events_table_name }
  deletion_protection = var.deletion_protection
  kms_key_arn         = var.kms_key_arn
  max_read_units      = var.table_max_read_units
  max_write_units     = var.table_max_write_units
}

data "aws_region" "current" {}

locals {
  # The part of every path before /events; empty by default.
  base_path = trimsuffix(var.events_function_path, "/events/{proxy+}")
}
