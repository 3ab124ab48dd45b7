# Routes, authorization and throttles: those of the contract of the project, and those of a fixture, whose expected values are written
# by hand.

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

run "contract_of_the_project" {
  module {
    source = "./modules/api"
  }

  # Read from the text, independently of modules/contract.
  assert {
    condition     = toset(values(aws_apigatewayv2_route.operation)[*].operation_name) == toset(flatten(regexall("\\n      operationId: (\\w+)", file("../openapi/openapi.yaml"))))
    error_message = "Each operationId has one route, and there are no other routes: ${jsonencode(values(aws_apigatewayv2_route.operation)[*].operation_name)}"
  }
  assert {
    condition     = length(distinct(values(aws_apigatewayv2_route.operation)[*].route_key)) == length(aws_apigatewayv2_route.operation)
    error_message = "No two operations share method and path."
  }
  assert {
    condition = {
      for route in aws_apigatewayv2_route.operation : route.operation_name => [
        for one in aws_apigatewayv2_stage.default.route_settings : "${one.throttling_rate_limit}/${one.throttling_burst_limit}" if one.route_key == route.route_key
      ] if route.authorization_type != "JWT"
    } == { getCalendar = ["50/100"], getEvent = ["100/200"], getEventCalendar = ["50/100"], getHealth = ["20/40"] }
    error_message = "Exactly these routes are open, each with a throttle of its own. Every other operation requires a token."
  }
  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.operation : contains(["JWT", "NONE"], route.authorization_type)])
    error_message = "A route is either open or has the authorizer."
  }
  assert {
    condition = alltrue([
      for route in aws_apigatewayv2_route.operation : route.authorizer_id == (route.authorization_type == "JWT" ? "auth01" : null)
    ])
    error_message = "A route has the authorizer if and only if it requires a token."
  }
  assert {
    condition = alltrue([
      for route in concat(values(aws_apigatewayv2_route.operation), [aws_apigatewayv2_route.unrouted]) : route.target == "integrations/int001"
    ])
    error_message = "All routes have the same integration."
  }
  assert {
    condition     = aws_apigatewayv2_route.unrouted.route_key == "$default" && aws_apigatewayv2_route.unrouted.authorization_type == "NONE"
    error_message = "Unknown paths and methods reach the function, which responds with a problem."
  }
  assert {
    condition = (
      toset(aws_apigatewayv2_stage.default.route_settings[*].route_key) ==
      toset(concat(values(aws_apigatewayv2_route.operation)[*].route_key, ["$default"]))
    )
    error_message = "Each route has its own settings, because routes inherit none."
  }
  assert {
    condition = alltrue([
      for one in concat(tolist(aws_apigatewayv2_stage.default.route_settings), aws_apigatewayv2_stage.default.default_route_settings) :
      one.throttling_rate_limit > 0 && one.throttling_burst_limit > 0
    ])
    error_message = "A limit of 0 would reject every request."
  }
  assert {
    condition = alltrue([
      for one in aws_apigatewayv2_stage.default.route_settings : one.throttling_rate_limit <= 20 && one.throttling_burst_limit <= 40
      if contains(["$default", aws_apigatewayv2_route.operation["GET /health"].route_key], one.route_key)
    ])
    error_message = "Public routes have low throttles."
  }
  assert {
    condition     = !contains(keys(local.environment), "BASE_PATH")
    error_message = "Without a base path, BASE_PATH is not set."
  }
  assert {
    condition     = alltrue([for key, route in aws_apigatewayv2_route.operation : key == route.route_key])
    error_message = "Without a base path, routes have the paths of the contract, by which they are named: a renamed operation keeps its route."
  }
  assert {
    condition     = length(aws_apigatewayv2_route.preflight) == 0
    error_message = "Without origins there are no preflight requests."
  }
  assert {
    condition     = length(aws_apigatewayv2_api.api.cors_configuration) == 0
    error_message = "By default, pages of other origins cannot call the API."
  }
  assert {
    condition     = aws_apigatewayv2_integration.function.integration_uri == module.function.invoke_arn && aws_apigatewayv2_integration.function.payload_format_version == "2.0"
    error_message = "The integration invokes the alias, with payload format 2.0."
  }
  assert {
    condition     = aws_lambda_permission.gateway.qualifier == "live" && aws_lambda_permission.gateway.source_arn == "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/*"
    error_message = "The permission applies to the alias, and its source has two wildcards: with three, $default does not match."
  }
  assert {
    condition     = aws_lambda_permission.gateway.principal == "apigateway.amazonaws.com" && aws_lambda_permission.gateway.action == "lambda:InvokeFunction"
    error_message = "Only the gateway may invoke the function."
  }
  assert {
    condition     = aws_apigatewayv2_stage.default.auto_deploy
    error_message = "Changes take effect without a separate deployment of the stage."
  }
  assert {
    condition     = aws_apigatewayv2_authorizer.token.identity_sources == toset(["$request.header.Authorization"])
    error_message = "The token is in a header; in a URL it would be logged."
  }
  assert {
    condition = alltrue([
      for one in concat(tolist(aws_apigatewayv2_stage.default.route_settings), aws_apigatewayv2_stage.default.default_route_settings) : !one.detailed_metrics_enabled
    ])
    error_message = "Metrics of each route are billed, so they are disabled by default."
  }
  assert {
    condition     = aws_apigatewayv2_authorizer.token.jwt_configuration[0].issuer == "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI" && aws_apigatewayv2_authorizer.token.jwt_configuration[0].audience == toset(["1h57kf5cpq17m0eml12EXAMPLE"])
    error_message = "The authorizer accepts the tokens that the pool issued for the client."
  }
}

run "fixture_below_a_base_path" {
  module {
    source = "./modules/api"
  }

  variables {
    contract_path        = "modules/contract/tests/fixtures/contract.yaml"
    events_function_path = "/api/v1/events/{proxy+}"
    detailed_metrics     = true
  }

  assert {
    condition = { for route in aws_apigatewayv2_route.operation : route.operation_name => "${route.route_key} ${route.authorization_type}" } == {
      listThings   = "GET /api/v1/things JWT"
      createThing  = "POST /api/v1/things JWT"
      getThing     = "GET /api/v1/things/{thingId} NONE"
      replaceThing = "PUT /api/v1/things/{thingId} JWT"
      getStatus    = "GET /api/v1/status NONE"
      resetStatus  = "DELETE /api/v1/status NONE"
    }
    error_message = "Routes are derived from the contract and the base path: ${jsonencode(values(aws_apigatewayv2_route.operation)[*].route_key)}"
  }
  assert {
    condition     = contains(keys(aws_apigatewayv2_route.operation), "GET /things/{thingId}")
    error_message = "Another base path changes routes and replaces none: their names do not contain it."
  }
  assert {
    condition = { for one in aws_apigatewayv2_stage.default.route_settings : one.route_key => "${one.throttling_rate_limit}/${one.throttling_burst_limit}" } == {
      "GET /api/v1/things"           = "50/100"
      "POST /api/v1/things"          = "1/3"
      "GET /api/v1/things/{thingId}" = "5/10"
      "PUT /api/v1/things/{thingId}" = "50/100"
      "GET /api/v1/status"           = "5/10"
      "DELETE /api/v1/status"        = "0.5/1"
      "$default"                     = "2/4"
    }
    error_message = "Throttles are derived from the contract: ${jsonencode(aws_apigatewayv2_stage.default.route_settings)}"
  }
  assert {
    condition     = alltrue([for one in aws_apigatewayv2_stage.default.route_settings : one.detailed_metrics_enabled])
    error_message = "detailed_metrics records metrics for each route."
  }
  assert {
    condition     = local.environment.BASE_PATH == "/api/v1"
    error_message = "The function strips the same base path."
  }
  assert {
    condition     = output.api_url == "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/api/v1"
    error_message = "The URL includes the base path: ${output.api_url}"
  }
}

run "pages_with_headers_of_their_own" {
  module {
    source = "./modules/api"
  }

  variables {
    cors_origins = ["https://app.example.com"]
    cors_headers = ["traceparent", "X-Trace"]
  }

  assert {
    condition     = alltrue([for one in ["Authorization", "If-Match", "traceparent", "X-Trace"] : contains(aws_apigatewayv2_api.api.cors_configuration[0].allow_headers, one)])
    error_message = "Pages may send the listed headers and those of the contract."
  }
  assert {
    condition     = alltrue([for one in ["authorization", "content-type", "idempotency-key", "if-match"] : contains([for name in aws_apigatewayv2_api.api.cors_configuration[0].allow_headers : lower(name)], one)])
    error_message = "Pages may send the request headers of the contract."
  }
  assert {
    condition     = alltrue([for one in ["etag", "location", "retry-after", "x-request-id", "deprecation", "sunset", "www-authenticate", "idempotency-replayed", "link", "apigw-requestid"] : contains([for name in aws_apigatewayv2_api.api.cors_configuration[0].expose_headers : lower(name)], one)])
    error_message = "Pages may read the response headers of the contract."
  }
}

run "pages_of_other_origins" {
  module {
    source = "./modules/api"
  }

  variables {
    contract_path        = "modules/contract/tests/fixtures/contract.yaml"
    events_function_path = "/api/v1/events/{proxy+}"
    cors_origins         = ["https://app.example.com", "http://localhost:5173"]
  }

  assert {
    condition = [for route in aws_apigatewayv2_route.preflight : [route.route_key, route.authorization_type, route.target]] == [
      ["OPTIONS /api/v1/{proxy+}", "NONE", "integrations/int001"]
    ]
    error_message = "Preflight requests have a route of their own, without a token: ${jsonencode(aws_apigatewayv2_route.preflight)}"
  }
  assert {
    condition = {
      for one in aws_apigatewayv2_stage.default.route_settings : one.route_key => "${one.throttling_rate_limit}/${one.throttling_burst_limit}"
      if contains(["$default", "OPTIONS /api/v1/{proxy+}"], one.route_key)
    } == { "$default" = "2/4", "OPTIONS /api/v1/{proxy+}" = "30/60" }
    error_message = "Preflight requests have their own throttle in the contract: ${jsonencode(aws_apigatewayv2_stage.default.route_settings)}"
  }
  assert {
    condition     = aws_apigatewayv2_api.api.cors_configuration[0].max_age == 7200
    error_message = "Browsers keep the response for two hours."
  }

  assert {
    condition     = aws_apigatewayv2_api.api.cors_configuration[0].allow_origins == toset(["https://app.example.com", "http://localhost:5173"])
    error_message = "Exactly the listed origins may call the API."
  }
  assert {
    condition     = !coalesce(aws_apigatewayv2_api.api.cors_configuration[0].allow_credentials, false)
    error_message = "Pages cannot send cookies."
  }
}
