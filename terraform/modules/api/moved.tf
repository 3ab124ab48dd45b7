# Addresses of earlier versions: Terraform moves existing resources to their new addresses instead of recreating them.

moved {
  from = aws_lambda_function.api
  to   = module.function.aws_lambda_function.function
}

moved {
  from = aws_lambda_alias.live
  to   = module.function.aws_lambda_alias.live
}

moved {
  from = aws_lambda_provisioned_concurrency_config.live
  to   = module.function.aws_lambda_provisioned_concurrency_config.live
}

moved {
  from = aws_cloudwatch_log_group.function
  to   = module.function.aws_cloudwatch_log_group.function
}

moved {
  from = aws_cloudwatch_metric_alarm.function
  to   = module.function.aws_cloudwatch_metric_alarm.function
}

moved {
  from = aws_iam_role.function
  to   = module.function.aws_iam_role.function
}

moved {
  from = aws_iam_role_policy.function
  to   = module.function.aws_iam_role_policy.function
}

moved {
  from = aws_dynamodb_table.table
  to   = module.tables.aws_dynamodb_table.table
}

moved {
  from = aws_route53_record.api[0]
  to   = aws_route53_record.api["A"]
}
