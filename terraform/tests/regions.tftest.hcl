# Two deployments of one account that differ in their region only.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  contract_path        = "../openapi/openapi.yaml"
  tables_path          = "../src/storage/tables.json"
  package_folder       = "tests/fixtures"
  user_pool_id         = "us-east-1_AbCdEfGhI"
  cognito_client_id    = "1h57kf5cpq17m0eml12EXAMPLE"
  events_function_name = "a-name-with-as-many-characters-as-allowed-123456"
  monthly_budget_usd   = 25
  budget_emails        = ["ops@example.com"]
}

run "the_region_with_the_longest_name" {
  module {
    source = "./modules/api"
  }

  override_data {
    target = data.aws_region.current
    values = { region = "ap-southeast-1" }
  }
  override_data {
    target = module.function.data.aws_region.current
    values = { region = "ap-southeast-1" }
  }

  # Roles, dashboards and budgets have one namespace for all regions of an account.
  assert {
    condition = [module.function.role_name, aws_cloudwatch_dashboard.api.dashboard_name, aws_budgets_budget.monthly[0].name] == [
      "a-name-with-as-many-characters-as-allowed-123456-ap-southeast-1",
      "a-name-with-as-many-characters-as-allowed-123456-ap-southeast-1",
      "a-name-with-as-many-characters-as-allowed-123456-ap-southeast-1-monthly",
    ]
    error_message = "Names that are global in AWS contain the region: ${jsonencode([module.function.role_name, aws_cloudwatch_dashboard.api.dashboard_name, aws_budgets_budget.monthly[0].name])}"
  }
  assert {
    condition     = length(module.function.role_name) <= 64
    error_message = "The name of a role has at most 64 characters."
  }
}
