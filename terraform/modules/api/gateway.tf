resource "aws_apigatewayv2_api" "api" {
  name          = "${var.events_function_name}-api"
  description   = "Event Management API"
  protocol_type = "HTTP"

  # Over IPv4 and IPv6.
  ip_address_type = "dualstack"

  # With a custom domain, the API is not available at the address of the gateway.
  disable_execute_api_endpoint = var.domain_name != null

  dynamic "cors_configuration" {
    for_each = length(var.cors_origins) > 0 ? [module.contract.cors] : []

    content {
      allow_origins  = var.cors_origins
      allow_methods  = cors_configuration.value.methods
      allow_headers  = concat(cors_configuration.value.allowed_headers, var.cors_headers)
      expose_headers = cors_configuration.value.exposed_headers
      max_age        = 7200
    }
  }
}

resource "aws_apigatewayv2_integration" "function" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = module.function.invoke_arn
  payload_format_version = "2.0"

  # The maximum, so that the timeout of the function comes first.
  timeout_milliseconds = 30000
}

resource "aws_apigatewayv2_authorizer" "token" {
  api_id           = aws_apigatewayv2_api.api.id
  name             = "access-token"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = local.issuer
    audience = [local.client_id]
  }
}

resource "aws_apigatewayv2_route" "operation" {
  # checkov:skip=CKV_AWS_309: Public operations of the contract have no authorizer. Tests compare every route with the contract.
  # By method and path: a renamed operation changes its route. With operationIds as keys, the gateway would reject the new route
  # while the old one exists.
  for_each = { for id, operation in module.contract.operations : "${operation.method} ${operation.path}" => merge(operation, { id = id }) }

  api_id         = aws_apigatewayv2_api.api.id
  operation_name = each.value.id
  route_key      = "${each.value.method} ${local.base_path}${each.value.path}"
  target         = "integrations/${aws_apigatewayv2_integration.function.id}"

  authorization_type = each.value.secured ? "JWT" : "NONE"
  authorizer_id      = each.value.secured ? aws_apigatewayv2_authorizer.token.id : null
}

# Unknown paths and methods, for which the function responds with a problem. This does not bypass authentication: the function
# verifies every token itself.
resource "aws_apigatewayv2_route" "unrouted" {
  # checkov:skip=CKV_AWS_309: Unknown paths and methods receive 404 or 405 without a token, as from the Node.js server.
  api_id             = aws_apigatewayv2_api.api.id
  route_key          = "$default"
  target             = "integrations/${aws_apigatewayv2_integration.function.id}"
  authorization_type = "NONE"
}

# Preflight requests reach $default, too, and would share its low throttle with every scanner on the internet. The function responds to
# them as to every OPTIONS, and the gateway adds the headers.
resource "aws_apigatewayv2_route" "preflight" {
  # checkov:skip=CKV_AWS_309: Browsers send preflight requests without a token.
  count = length(var.cors_origins) > 0 ? 1 : 0

  api_id             = aws_apigatewayv2_api.api.id
  route_key          = "OPTIONS ${local.base_path}/{proxy+}"
  target             = "integrations/${aws_apigatewayv2_integration.function.id}"
  authorization_type = "NONE"
}

locals {
  route_throttles = merge(
    { for route in aws_apigatewayv2_route.operation : route.route_key => module.contract.operations[route.operation_name].throttle },
    { (aws_apigatewayv2_route.unrouted.route_key) = module.contract.unrouted_throttle },
    { for route in aws_apigatewayv2_route.preflight : route.route_key => module.contract.preflight_throttle },
  )
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  # For routes without settings of their own; every route has some.
  default_route_settings {
    throttling_rate_limit    = module.contract.unrouted_throttle.rate
    throttling_burst_limit   = module.contract.unrouted_throttle.burst
    detailed_metrics_enabled = var.detailed_metrics
  }

  # Routes inherit no settings: a missing limit would be 0, and every request would receive 429.
  dynamic "route_settings" {
    for_each = local.route_throttles

    content {
      route_key                = route_settings.key
      throttling_rate_limit    = route_settings.value.rate
      throttling_burst_limit   = route_settings.value.burst
      detailed_metrics_enabled = var.detailed_metrics
    }
  }

  # Neither tokens nor other values that a client chooses: a quotation mark in a path would break the JSON.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId            = "$context.requestId"
      time                 = "$context.requestTimeEpoch"
      routeKey             = "$context.routeKey"
      method               = "$context.httpMethod"
      status               = "$context.status"
      sourceIp             = "$context.identity.sourceIp"
      protocol             = "$context.protocol"
      responseLength       = "$context.responseLength"
      responseLatency      = "$context.responseLatency"
      integrationLatency   = "$context.integration.latency"
      integrationStatus    = "$context.integration.status"
      integrationError     = "$context.integration.error"
      integrationRequestId = "$context.integration.requestId"
      authorizerError      = "$context.authorizer.error"
      gatewayError         = "$context.error.message"
    })
  }

  # Without this, the stage may limit routes that do not exist yet: "Unable to find Route by key".
  depends_on = [aws_apigatewayv2_route.operation, aws_apigatewayv2_route.unrouted, aws_apigatewayv2_route.preflight]
}

# Log groups below /aws/vendedlogs/ need no entry in a resource policy, whose size is limited.
resource "aws_cloudwatch_log_group" "access" {
  # checkov:skip=CKV_AWS_338: The operator chooses the retention with log_retention_days.
  name              = "/aws/vendedlogs/${var.events_function_name}-access"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_lambda_permission" "gateway" {
  statement_id  = "gateway"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  qualifier     = module.function.alias
  principal     = "apigateway.amazonaws.com"

  # Stage and route. With three parts, as for REST APIs, $default would not match, and its requests would fail with 500.
  source_arn = "${aws_apigatewayv2_api.api.execution_arn}/*/*"
}
