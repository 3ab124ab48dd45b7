# Monitoring and optional resources.

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

run "default_options" {
  module {
    source = "./modules/api"
  }

  assert {
    condition = (
      length(aws_cognito_user_pool.users) + length(aws_cognito_user_pool_client.app) + length(aws_cognito_user_group.organizers) == 0 &&
      length(aws_apigatewayv2_domain_name.api) + length(aws_apigatewayv2_api_mapping.api) + length(aws_route53_record.api) == 0 &&
      length(aws_budgets_budget.monthly) + length(aws_sns_topic.alarms) + length(aws_sns_topic_subscription.alarms) == 0
    )
    error_message = "By default there is no user pool, domain, budget or topic."
  }
  assert {
    condition     = !aws_apigatewayv2_api.api.disable_execute_api_endpoint
    error_message = "Without a domain, the API is available at the address of the gateway."
  }
  assert {
    condition = toset([for alarm in aws_cloudwatch_metric_alarm.table_throttles : alarm.alarm_name if alarm.dimensions.TableName == "events-table"]) == toset(flatten([
      for what in ["", "-organizerId-index", "-published-index", "-publishedBy-index"] : [
        for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : "events-function-events${what}-${metric}"
      ]
    ]))
    error_message = "Throttling raises an alarm for the table and for each index: ${jsonencode(keys(aws_cloudwatch_metric_alarm.table_throttles))}"
  }
  assert {
    condition     = toset([for alarm in aws_cloudwatch_metric_alarm.table_errors : alarm.alarm_name if alarm.dimensions.TableName == "events-table"]) == toset([for operation in ["BatchGetItem", "GetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"] : "events-function-events-${operation}-SystemErrors"])
    error_message = "Errors of DynamoDB raise an alarm for each operation that the application calls."
  }
  assert {
    condition = (
      { for query in aws_cloudwatch_metric_alarm.server_errors.metric_query : query.id => query.expression if query.expression != null } ==
      { percent = "IF(requests >= 20 OR errors >= 3, 100 * errors / requests, 0)" }
    )
    error_message = "A percentage of few requests raises no alarm."
  }
  assert {
    condition = alltrue([
      for alarm in concat(
        [aws_cloudwatch_metric_alarm.server_errors, aws_cloudwatch_metric_alarm.latency],
        values(aws_cloudwatch_metric_alarm.table_throttles),
        values(aws_cloudwatch_metric_alarm.table_errors),
      ) : alarm.comparison_operator == "GreaterThanThreshold"
    ])
    error_message = "Each alarm is raised by values above its threshold."
  }
  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.table_throttles),
        values(aws_cloudwatch_metric_alarm.table_errors),
      ) : alarm.threshold == 0 && alarm.statistic == "Sum" && alarm.period == 300
    ])
    error_message = "Events that must not happen raise an alarm at the first occurrence."
  }
  assert {
    condition = (
      [for query in aws_cloudwatch_metric_alarm.server_errors.metric_query : query.id if query.return_data == true] == ["percent"] &&
      alltrue(flatten([for query in aws_cloudwatch_metric_alarm.server_errors.metric_query : [for metric in query.metric : metric.stat == "Sum"]]))
    )
    error_message = "The percentage is computed from sums, and the alarm evaluates the percentage."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.latency.evaluation_periods * aws_cloudwatch_metric_alarm.latency.period == 15 * 60
    error_message = "The latency alarm evaluates the 15 minutes of its description."
  }
}

run "alarms_go_to_addresses" {
  module {
    source = "./modules/api"
  }

  variables {
    alarm_emails    = ["ops@example.com", "ada@example.com"]
    alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:own"
  }

  assert {
    condition = { for key, one in aws_sns_topic_subscription.alarms : one.endpoint => "${one.protocol} ${one.topic_arn}" } == {
      "ops@example.com" = "email arn:aws:sns:us-east-1:123456789012:events-function-alarms"
      "ada@example.com" = "email arn:aws:sns:us-east-1:123456789012:events-function-alarms"
    }
    error_message = "Each address subscribes to the topic: ${jsonencode(aws_sns_topic_subscription.alarms)}"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.server_errors.alarm_actions == toset(["arn:aws:sns:us-east-1:123456789012:own", "arn:aws:sns:us-east-1:123456789012:events-function-alarms"])
    error_message = "Alarms notify the given topic, and the one for the addresses: ${jsonencode(aws_cloudwatch_metric_alarm.server_errors.alarm_actions)}"
  }
}

run "silence" {
  module {
    source = "./modules/api"
  }

  variables {
    events_function_path = "/api/v1/events/{proxy+}"
    concurrency_quota    = 10
  }

  assert {
    condition = (
      aws_route53_health_check.api[0].fqdn == "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com" && aws_route53_health_check.api[0].type == "HTTPS" &&
      aws_route53_health_check.api[0].resource_path == "/api/v1/health" && length(aws_route53_health_check.api[0].regions) == 3
    )
    error_message = "Route 53 requests getHealth over TLS, from the smallest number of regions: ${jsonencode(aws_route53_health_check.api[0])}"
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.silence[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.silence[0].comparison_operator == "LessThanThreshold" &&
      aws_cloudwatch_metric_alarm.silence[0].threshold == 1 && aws_cloudwatch_metric_alarm.silence[0].metric_name == "Count" && aws_cloudwatch_metric_alarm.silence[0].statistic == "Sum" &&
      aws_cloudwatch_metric_alarm.silence[0].period * aws_cloudwatch_metric_alarm.silence[0].evaluation_periods == 10 * 60
    )
    error_message = "Ten minutes without any request raise an alarm."
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.concurrency.threshold == 8 && aws_cloudwatch_metric_alarm.concurrency.statistic == "Maximum" &&
      aws_cloudwatch_metric_alarm.concurrency.comparison_operator == "GreaterThanThreshold" && aws_cloudwatch_metric_alarm.concurrency.period == 300
    )
    error_message = "An alarm is raised before the account has no concurrent executions left."
  }
}

run "without_a_health_check" {
  module {
    source = "./modules/api"
  }

  variables {
    health_check = false
  }

  assert {
    condition     = length(aws_route53_health_check.api) + length(aws_cloudwatch_metric_alarm.silence) == 0
    error_message = "Without health check, a quiet API raises no alarm."
  }
}

run "user_pool" {
  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
    create_user_pool  = true
    organizers_group  = "Editors"
  }

  assert {
    condition     = aws_cognito_user_pool.users[0].admin_create_user_config[0].allow_admin_create_user_only && aws_cognito_user_pool.users[0].deletion_protection == "ACTIVE"
    error_message = "Users cannot sign up, and the pool is protected against deletion."
  }
  assert {
    condition     = !aws_cognito_user_pool.users[0].username_configuration[0].case_sensitive
    error_message = "User names in another case belong to the same user, not to a second organizer."
  }
  assert {
    condition = (
      !aws_cognito_user_pool_client.app[0].generate_secret &&
      aws_cognito_user_pool_client.app[0].explicit_auth_flows == toset(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]) &&
      aws_cognito_user_pool_client.app[0].prevent_user_existence_errors == "ENABLED"
    )
    error_message = "The client has no secret, sends no plain password, and does not reveal which users exist."
  }
  assert {
    condition = (
      aws_cognito_user_pool_client.app[0].enable_token_revocation &&
      aws_cognito_user_pool_client.app[0].access_token_validity == 60 && aws_cognito_user_pool_client.app[0].token_validity_units[0].access_token == "minutes" &&
      aws_cognito_user_pool_client.app[0].refresh_token_validity == 30 && aws_cognito_user_pool_client.app[0].token_validity_units[0].refresh_token == "days"
    )
    error_message = "An access token is valid for an hour; a refresh token for 30 days, unless it is revoked."
  }
  assert {
    condition     = aws_cognito_user_pool.users[0].password_policy[0].minimum_length >= 12 && aws_cognito_user_pool.users[0].password_policy[0].temporary_password_validity_days == 7
    error_message = "Passwords have at least 12 characters, and temporary ones are valid for a week."
  }
  assert {
    condition     = aws_cognito_user_group.organizers[0].name == "Editors" && local.environment.ORGANIZERS_GROUP == "Editors"
    error_message = "The function uses the organizers group of the pool."
  }
  assert {
    condition     = output.authorizer_issuer == "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Mocked001" && output.user_pool_id == "eu-central-1_Mocked001" && output.cognito_client_id == "mockedclient"
    error_message = "The region of the issuer is that of the pool, not that of the provider: ${output.authorizer_issuer}"
  }
  assert {
    condition     = length(aws_cognito_user_pool_domain.sign_in) == 0
    error_message = "There are no sign-in pages unless sign_in_domain is set."
  }
  assert {
    condition     = aws_apigatewayv2_authorizer.token.jwt_configuration[0].audience == toset(["mockedclient"]) && local.environment.TOKEN_CLIENT_ID == "mockedclient"
    error_message = "The gateway and the function accept the tokens of the new client."
  }
}

run "sign_in_pages" {
  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id      = null
    cognito_client_id = null
    create_user_pool  = true
    sign_in_domain    = "example-events"
    callback_urls     = ["https://docs.example.com/oauth2-redirect.html", "http://localhost:3000/docs/oauth2-redirect.html"]
  }

  assert {
    condition     = aws_cognito_user_pool_domain.sign_in[0].domain == "example-events" && aws_cognito_user_pool_domain.sign_in[0].user_pool_id == "eu-central-1_Mocked001"
    error_message = "The pool has sign-in pages at its domain."
  }
  assert {
    condition = (
      aws_cognito_user_pool_client.app[0].allowed_oauth_flows_user_pool_client &&
      aws_cognito_user_pool_client.app[0].allowed_oauth_flows == toset(["code"]) &&
      aws_cognito_user_pool_client.app[0].allowed_oauth_scopes == toset(["openid"]) &&
      aws_cognito_user_pool_client.app[0].supported_identity_providers == toset(["COGNITO"])
    )
    error_message = "The client gets tokens for a code only, never in a redirect."
  }
  assert {
    condition     = aws_cognito_user_pool_client.app[0].callback_urls == toset(["https://docs.example.com/oauth2-redirect.html", "http://localhost:3000/docs/oauth2-redirect.html"])
    error_message = "The sign-in pages return to exactly the given URLs."
  }
}

run "user_pool_without_protection" {
  module {
    source = "./modules/api"
  }

  variables {
    user_pool_id        = null
    cognito_client_id   = null
    create_user_pool    = true
    deletion_protection = false
  }

  assert {
    condition     = aws_cognito_user_pool.users[0].deletion_protection == "INACTIVE"
    error_message = "deletion_protection applies to the tables and the pool."
  }
}

run "domain" {
  module {
    source = "./modules/api"
  }

  variables {
    domain_name          = "api.example.com"
    certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"
    hosted_zone_id       = "Z0123456789"
    events_function_path = "/v1/events/{proxy+}"
  }

  assert {
    condition     = aws_apigatewayv2_api.api.disable_execute_api_endpoint && output.api_url == "https://api.example.com/v1"
    error_message = "With a domain, the API is available there only: ${output.api_url}"
  }
  assert {
    condition     = aws_apigatewayv2_api_mapping.api[0].api_mapping_key == null && aws_apigatewayv2_domain_name.api[0].domain_name_configuration[0].security_policy == "TLS_1_2"
    error_message = "The API is at the root of the domain, which requires TLS 1.2 or later."
  }
  assert {
    condition     = aws_route53_health_check.api[0].fqdn == "api.example.com" && aws_route53_health_check.api[0].resource_path == "/v1/health"
    error_message = "The health check includes the record and the certificate of the domain."
  }
  assert {
    condition     = output.domain_target == aws_apigatewayv2_domain_name.api[0].domain_name_configuration[0].target_domain_name
    error_message = "A record in another zone can lead to the domain: ${output.domain_target}"
  }
  assert {
    condition     = [for record in aws_route53_record.api : "${record.type} ${record.name}"] == ["A api.example.com", "AAAA api.example.com"]
    error_message = "The records of the domain are created in its zone, for IPv4 and IPv6."
  }
  assert {
    condition     = aws_apigatewayv2_api.api.ip_address_type == "dualstack" && aws_apigatewayv2_domain_name.api[0].domain_name_configuration[0].ip_address_type == "dualstack"
    error_message = "The API and its domain are available over IPv6, too."
  }
}

run "budget" {
  module {
    source = "./modules/api"
  }

  variables {
    monthly_budget_usd = 25
    budget_emails      = ["ops@example.com"]
  }

  assert {
    condition = aws_budgets_budget.monthly[0].limit_amount == "25" && aws_budgets_budget.monthly[0].time_unit == "MONTHLY" && (
      {
        for one in aws_budgets_budget.monthly[0].notification : one.notification_type => "${one.comparison_operator} ${one.threshold} ${one.threshold_type}"
        if one.subscriber_email_addresses == toset(["ops@example.com"])
      } == { ACTUAL = "GREATER_THAN 80 PERCENTAGE", FORECASTED = "GREATER_THAN 100 PERCENTAGE" }
    )
    error_message = "The budget notifies at 80 % of actual costs, and if the forecast exceeds it."
  }
}

run "alarms_go_to_the_topic" {
  module {
    source = "./modules/api"
  }

  variables {
    alarm_topic_arn     = "arn:aws:sns:us-east-1:123456789012:alarms"
    alarm_error_percent = 2.5
    alarm_latency_ms    = 800
  }

  assert {
    condition = alltrue([
      for alarm in concat(
        [aws_cloudwatch_metric_alarm.server_errors, aws_cloudwatch_metric_alarm.latency],
        values(aws_cloudwatch_metric_alarm.table_throttles),
        values(aws_cloudwatch_metric_alarm.table_errors),
      ) : alarm.alarm_actions == toset([var.alarm_topic_arn]) && alarm.ok_actions == toset([var.alarm_topic_arn]) && alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "Every alarm notifies the topic at its start and its end, and missing data raises none."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.server_errors.threshold == 2.5 && aws_cloudwatch_metric_alarm.latency.threshold == 800
    error_message = "The thresholds are those of the variables."
  }
}
