output "api_url" {
  description = "The URL of the API, including the base path: append /events."
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
  description = "The version that serves requests. With a canary_weight, the newest version serves that share."
  value       = module.function.live_version
}

output "events_table_name" {
  description = "The name of the events table."
  value       = module.tables.tables["events"].name
}

output "table_names" {
  description = "The names of all tables, by their key in src/storage/tables.json."
  value       = { for key, table in module.tables.tables : key => table.name }
}

output "authorizer_issuer" {
  description = "The issuer whose access tokens are accepted."
  value       = local.issuer
}

output "user_pool_id" {
  description = "The ID of the Cognito user pool whose access tokens are accepted."
  value       = local.user_pool_id
}

output "cognito_client_id" {
  description = "The ID of the app client whose access tokens are accepted."
  value       = local.client_id
}

output "dashboard_url" {
  description = "The URL of the CloudWatch dashboard."
  value       = "https://${data.aws_region.current.region}.console.aws.amazon.com/cloudwatch/home?region=${data.aws_region.current.region}#dashboards/dashboard/${aws_cloudwatch_dashboard.api.dashboard_name}"
}

output "log_groups" {
  description = "The log groups of the function and of the gateway (access log)."
  value       = { function = module.function.log_group, access = aws_cloudwatch_log_group.access.name }
}

output "domain_target" {
  description = "The target for a CNAME or alias record of domain_name, if hosted_zone_id is not set."
  value       = one(aws_apigatewayv2_domain_name.api[*].domain_name_configuration[0].target_domain_name)
}
