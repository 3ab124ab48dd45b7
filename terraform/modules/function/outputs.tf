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

output "granted_key_arns" {
  description = "table_key_arns, once the function may use them: a table that gets its key from here is never encrypted with a key that the function cannot use."
  value       = var.table_key_arns
  depends_on  = [aws_iam_role_policy.keys]
}

output "log_group" {
  description = "The name of the log group of the function."
  value       = aws_cloudwatch_log_group.function.name
}
