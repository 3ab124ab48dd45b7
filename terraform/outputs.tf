output "api_url" {
  description = "The URL of the API, including the base path: append /events."
  value       = module.api.api_url
}

output "function_name" {
  description = "The name of the function."
  value       = module.api.function_name
}

output "newest_version" {
  description = "The newest version of the function."
  value       = module.api.newest_version
}

output "live_version" {
  description = "The version that serves requests. With a canary_weight, the newest version serves that share."
  value       = module.api.live_version
}

output "events_table_name" {
  description = "The name of the events table."
  value       = module.api.events_table_name
}

output "table_names" {
  description = "The names of all tables, by their key in src/storage/tables.json."
  value       = module.api.table_names
}

output "authorizer_issuer" {
  description = "The issuer whose access tokens are accepted."
  value       = module.api.authorizer_issuer
}

output "user_pool_id" {
  description = "The ID of the Cognito user pool whose access tokens are accepted."
  value       = module.api.user_pool_id
}

output "cognito_client_id" {
  description = "The ID of the app client whose access tokens are accepted."
  value       = module.api.cognito_client_id
}

output "dashboard_url" {
  description = "The URL of the CloudWatch dashboard."
  value       = module.api.dashboard_url
}

output "log_groups" {
  description = "The log groups of the function and of the gateway (access log)."
  value       = module.api.log_groups
}

output "domain_target" {
  description = "The target for a CNAME or alias record of domain_name, if hosted_zone_id is not set."
  value       = module.api.domain_target
}
