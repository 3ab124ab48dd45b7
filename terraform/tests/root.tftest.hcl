# The root module passes all values on.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  package_folder    = "tests/fixtures"
  user_pool_id      = "us-east-1_AbCdEfGhI"
  cognito_client_id = "1h57kf5cpq17m0eml12EXAMPLE"
}

run "outputs" {
  assert {
    condition = (
      output.api_url == "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com" && output.function_name == "events-function" &&
      output.events_table_name == "events-table" && output.authorizer_issuer == "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI" &&
      output.dashboard_url == "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/events-function-us-east-1"
    )
    error_message = "Names and URLs are derived from the defaults."
  }
  assert {
    condition = output.table_names == {
      events           = "events-table"
      registrations    = "events-function-registrations"
      "calendar-feeds" = "events-function-calendar-feeds"
    }
    error_message = "Each table is named: ${jsonencode(output.table_names)}"
  }
  assert {
    condition     = output.log_groups == { function = "/aws/lambda/events-function", access = "/aws/vendedlogs/events-function-access" }
    error_message = "The log groups are those of the function and of the gateway: ${jsonencode(output.log_groups)}"
  }
  assert {
    condition     = output.user_pool_id == var.user_pool_id && output.cognito_client_id == var.cognito_client_id
    error_message = "Pool and client are those whose tokens are accepted."
  }
  assert {
    condition     = output.newest_version == "7" && output.live_version == "7" && output.domain_target == null
    error_message = "The alias must point to the newest version, and there must be no custom domain."
  }
}

run "invalid_region" {
  command         = plan
  expect_failures = [var.aws_region]

  variables {
    aws_region = "Frankfurt"
  }
}
