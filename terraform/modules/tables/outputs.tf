output "tables" {
  description = "Every table by its key: its name, its ARN, the operations that the application calls on it, and those on each of its indexes."
  value = {
    for key, table in local.tables : key => {
      name       = table.name
      arn        = aws_dynamodb_table.table[key].arn
      operations = table.operations
      indexes    = { for name, index in table.indexes : name => index.operations }
    }
  }
}

output "environment" {
  description = "The environment variables by which the application finds the tables, such as EVENTS_TABLE_NAME."
  value       = { for key, table in aws_dynamodb_table.table : "${upper(replace(key, "-", "_"))}_TABLE_NAME" => table.name }
}

output "policy_statements" {
  description = "What the application may do: the operations of each table on that table, and those of each index on that index."
  value       = local.grant_statements
}
