output "api_url" {
  description = "Where the API answers, base path included: append /events."
  value       = "${var.domain_name == null ? aws_apigatewayv2_api.api.api_endpoint : "https://${var.domain_name}"}${local.base_path}"
}

output "function_name" {
  description = "The name of the function."
  value       = module.function.name
}

output "newest_version" {
  description = "The newest version of the function."
  value       = module.function.newest_version
}

output "live_version" {
  description = "The version that serves; while there is a canary_weight, the newest one serves that share."
  value       = module.function.live_version
}

output "events_table_name" {
  description = "The name of the table of events."
  value       = module.tables.tables["events"].name
}

output "authorizer_issuer" {
  description = "The issuer whose access tokens are accepted."
  value       = local.issuer
}

output "user_pool_id" {
  description = "The Cognito user pool whose access tokens are accepted."
  value       = local.user_pool_id
}

output "cognito_client_id" {
  description = "The app client whose access tokens are accepted."
  value       = local.client_id
}

output "dashboard_url" {
  description = "The dashboard in CloudWatch."
  value       = "https://${data.aws_region.current.region}.console.aws.amazon.com/cloudwatch/home?region=${data.aws_region.current.region}#dashboards/dashboard/${aws_cloudwatch_dashboard.api.dashboard_name}"
}

output "log_groups" {
  description = "The log of the function, and the gateway's access log."
  value       = { function = module.function.log_group, access = aws_cloudwatch_log_group.access.name }
}

output "domain_target" {
  description = "Where to point domain_name, as a CNAME or an alias, where hosted_zone_id is not set."
  value       = one(aws_apigatewayv2_domain_name.api[*].domain_name_configuration[0].target_domain_name)
}
