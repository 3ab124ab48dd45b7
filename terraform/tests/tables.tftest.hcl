# Tables as src/storage/tables.json defines them.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  contract_path     = "../openapi/openapi.yaml"
  tables_path       = "../src/storage/tables.json"
  package_path      = "tests/fixtures/package.zip"
  user_pool_id      = "us-east-1_AbCdEfGhI"
  cognito_client_id = "1h57kf5cpq17m0eml12EXAMPLE"
}

run "by_default" {
  module {
    source = "./modules/api"
  }

  assert {
    condition     = keys(aws_dynamodb_table.table) == keys(jsondecode(file("../src/storage/tables.json")))
    error_message = "Each table that is defined is made."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].name == "events-table" && aws_dynamodb_table.table["events"].hash_key == jsondecode(file("../src/storage/tables.json")).events.hashKey
    error_message = "The table has its name and its key."
  }
  assert {
    condition     = { for one in aws_dynamodb_table.table["events"].attribute : one.name => one.type } == jsondecode(file("../src/storage/tables.json")).events.attributes
    error_message = "The attributes are those that are defined."
  }
  assert {
    condition = {
      for one in aws_dynamodb_table.table["events"].global_secondary_index :
      one.name => { hashKey = one.hash_key, rangeKey = one.range_key, projection = one.projection_type }
      } == {
      for name, one in jsondecode(file("../src/storage/tables.json")).events.indexes :
      name => { hashKey = one.hashKey, rangeKey = one.rangeKey, projection = "ALL" }
    }
    error_message = "The indexes are those that are defined."
  }
  # Once by hand: the indexes that the API cannot do without.
  assert {
    condition     = toset(aws_dynamodb_table.table["events"].global_secondary_index[*].name) == toset(["organizerId-index", "published-index", "publishedBy-index"])
    error_message = "Lists need three indexes."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].deletion_protection_enabled && aws_dynamodb_table.table["events"].point_in_time_recovery[0].enabled
    error_message = "The table refuses to be deleted, and can be restored to any second of the last 35 days."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].ttl[0].enabled && aws_dynamodb_table.table["events"].ttl[0].attribute_name == "expiresAt"
    error_message = "What has expired goes away."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].billing_mode == "PAY_PER_REQUEST" && length(aws_dynamodb_table.table["events"].on_demand_throughput) == 0
    error_message = "The table costs what is used, and has no cap that nobody asked for."
  }
}

run "protection_and_caps_can_be_set" {
  module {
    source = "./modules/api"
  }

  variables {
    deletion_protection   = false
    table_max_read_units  = 500
    table_max_write_units = 100
  }

  assert {
    condition     = !aws_dynamodb_table.table["events"].deletion_protection_enabled
    error_message = "Without protection the table can be deleted."
  }
  assert {
    condition = [
      for one in concat(
        aws_dynamodb_table.table["events"].on_demand_throughput,
        flatten([for index in aws_dynamodb_table.table["events"].global_secondary_index : index.on_demand_throughput]),
      ) : "${one.max_read_request_units}/${one.max_write_request_units}"
    ] == ["500/100", "500/100", "500/100", "500/100"]
    error_message = "The caps hold for the table and for each index."
  }
}
