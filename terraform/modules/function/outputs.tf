output "name" {
  description = "The name of the function."
  value       = aws_lambda_function.function.function_name
}

output "arn" {
  description = "The ARN of the alias live, which callers invoke."
  value       = aws_lambda_alias.live.arn
}

output "invoke_arn" {
  description = "The ARN by which API Gateway invokes the alias live."
  value       = aws_lambda_alias.live.invoke_arn
}

output "alias" {
  description = "The name of the alias that callers invoke."
  value       = aws_lambda_alias.live.name
}

output "newest_version" {
  description = "The newest version of the function."
  value       = aws_lambda_function.function.version
}

output "live_version" {
  description = "The version that the alias live selects. With a canary_weight, the newest version serves that share."
  value       = aws_lambda_alias.live.function_version
}

output "role_name" {
  description = "The name of the role of the function."
  value       = aws_iam_role.function.name
}

output "policy" {
  description = "The policy of the role, as JSON."
  value       = aws_iam_role_policy.function.policy
}

output "log_group" {
  description = "The name of the log group of the function."
  value       = aws_cloudwatch_log_group.function.name
}
