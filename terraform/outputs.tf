output "api_url" {
  description = "Where the API answers, base path included: append /events."
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
  description = "The version that serves; while there is a canary_weight, the newest one serves that share."
  value       = module.api.live_version
}

output "events_table_name" {
  description = "The name of the table of events."
  value       = module.api.events_table_name
}

output "authorizer_issuer" {
  description = "The issuer whose access tokens are accepted."
  value       = module.api.authorizer_issuer
}

output "user_pool_id" {
  description = "The Cognito user pool whose access tokens are accepted."
  value       = module.api.user_pool_id
}

output "cognito_client_id" {
  description = "The app client whose access tokens are accepted."
  value       = module.api.cognito_client_id
}

output "dashboard_url" {
  description = "The dashboard in CloudWatch."
  value       = module.api.dashboard_url
}

output "log_groups" {
  description = "The log of the function, and the gateway's access log."
  value       = module.api.log_groups
}

output "domain_target" {
  description = "Where to point domain_name, as a CNAME or an alias, where hosted_zone_id is not set."
  value       = module.api.domain_target
}
