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

data "aws_region" "current" {}

locals {
  # What stands before /events; empty where nothing does.
  base_path = trimsuffix(var.events_function_path, "/events/{proxy+}")

  table_definitions = jsondecode(file(var.tables_path))
  table_names       = { events = var.events_table_name }

  # The calls that the application makes, on tables and on indexes; a test compares them with its code.
  table_operations = ["GetItem", "PutItem", "UpdateItem"]
  index_operations = ["Query"]
}
