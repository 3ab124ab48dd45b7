# modules/tables: the tables of the project, and those of a fixture whose expected values are written by hand.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  tables_path = "../src/storage/tables.json"
  name_prefix = "events-function"
  names       = { events = "events-table" }
}

run "tables_of_the_project" {
  module {
    source = "./modules/tables"
  }

  assert {
    condition     = keys(aws_dynamodb_table.table) == keys(jsondecode(file("../src/storage/tables.json")))
    error_message = "Each table of the file is created."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].name == "events-table" && aws_dynamodb_table.table["events"].hash_key == jsondecode(file("../src/storage/tables.json")).events.hashKey
    error_message = "The table has its name and its key."
  }
  assert {
    condition     = { for one in aws_dynamodb_table.table["events"].attribute : one.name => one.type } == jsondecode(file("../src/storage/tables.json")).events.attributes
    error_message = "The table has the attributes of the file."
  }
  assert {
    condition = {
      for one in aws_dynamodb_table.table["events"].global_secondary_index :
      one.name => { keys = [for key in one.key_schema : "${key.key_type} ${key.attribute_name}"], projection = one.projection_type }
      } == {
      for name, one in jsondecode(file("../src/storage/tables.json")).events.indexes :
      name => { keys = ["HASH ${one.hashKey}", "RANGE ${one.rangeKey}"], projection = "ALL" }
    }
    error_message = "The table has the indexes of the file."
  }
  # Written by hand: the indexes that the API cannot work without.
  assert {
    condition     = toset(aws_dynamodb_table.table["events"].global_secondary_index[*].name) == toset(["organizerId-index", "published-index", "publishedBy-index"])
    error_message = "Lists need three indexes."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].deletion_protection_enabled && aws_dynamodb_table.table["events"].point_in_time_recovery[0].enabled
    error_message = "The table is protected against deletion, and can be restored to any second of the last 35 days."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].ttl[0].enabled && aws_dynamodb_table.table["events"].ttl[0].attribute_name == "expiresAt"
    error_message = "Expired items are deleted."
  }
  # A missing block would leave a table with its former key.
  assert {
    condition     = alltrue([for table in values(aws_dynamodb_table.table) : !table.server_side_encryption[0].enabled])
    error_message = "Without a key, tables are encrypted with one that AWS owns, even if they had another before."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].billing_mode == "PAY_PER_REQUEST" && length(aws_dynamodb_table.table["events"].on_demand_throughput) == 0
    error_message = "The table is billed by use, and has no cap by default."
  }
}

run "protection_caps_and_key" {
  module {
    source = "./modules/tables"
  }

  variables {
    deletion_protection = false
    max_read_units      = 500
    max_write_units     = 100
    kms_key_arn         = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
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
    error_message = "The caps apply to the table and to each index."
  }
  assert {
    condition     = aws_dynamodb_table.table["events"].server_side_encryption[0].enabled && aws_dynamodb_table.table["events"].server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "The key encrypts the table."
  }
}

run "caps_are_removed" {
  module {
    source = "./modules/tables"
  }

  variables {
    max_read_units  = -1
    max_write_units = -1
  }

  # The provider sends no change for a missing block, so the caps would remain.
  assert {
    condition = distinct([
      for one in concat(
        aws_dynamodb_table.table["events"].on_demand_throughput,
        flatten([for index in aws_dynamodb_table.table["events"].global_secondary_index : index.on_demand_throughput]),
      ) : "${one.max_read_request_units}/${one.max_write_request_units}"
    ]) == tolist(["-1/-1"])
    error_message = "-1 reaches the table and each index."
  }
}

run "several_tables" {
  module {
    source = "./modules/tables"
  }

  variables {
    tables_path     = "tests/fixtures/tables.json"
    name_prefix     = "staging"
    max_write_units = 100
  }

  assert {
    condition     = { for key, table in aws_dynamodb_table.table : key => table.name } == { events = "events-table", event-changes = "staging-event-changes", receivers = "staging-receivers" }
    error_message = "A table without a name of its own is named after its key: ${jsonencode(values(aws_dynamodb_table.table)[*].name)}"
  }
  assert {
    condition     = aws_dynamodb_table.table["event-changes"].hash_key == "eventId" && aws_dynamodb_table.table["event-changes"].range_key == "revision"
    error_message = "A table may have a range key."
  }
  assert {
    condition     = { for key, table in aws_dynamodb_table.table : key => length(table.ttl) } == { events = 1, event-changes = 0, receivers = 0 }
    error_message = "Time to live is enabled only where the file names an attribute."
  }
  assert {
    condition = [
      for one in aws_dynamodb_table.table["event-changes"].global_secondary_index :
      join(" ", concat([one.name], [for key in one.key_schema : "${key.key_type}=${key.attribute_name}"], [one.projection_type]))
    ] == ["changedAt_index HASH=changedAt KEYS_ONLY"]
    error_message = "An index has its own projection, and its range key is optional."
  }
  assert {
    condition     = alltrue([for table in values(aws_dynamodb_table.table) : table.on_demand_throughput[0].max_write_request_units == 100])
    error_message = "The cap applies to each table."
  }
  assert {
    condition = output.environment == {
      EVENTS_TABLE_NAME        = "events-table"
      EVENT_CHANGES_TABLE_NAME = "staging-event-changes"
      RECEIVERS_TABLE_NAME     = "staging-receivers"
    }
    error_message = "One environment variable names each table: ${jsonencode(output.environment)}"
  }
  # All tables share one ARN here, that of the mock.
  assert {
    condition = { for one in output.policy_statements : one.sid => "${join(" ", one.actions)} on ${trimprefix(one.resources[0], "arn:aws:dynamodb:us-east-1:123456789012:table/")}" } == {
      EventChanges               = "dynamodb:PutItem dynamodb:ConditionCheckItem on events-table"
      EventChangesChangedAtIndex = "dynamodb:Query dynamodb:Scan on events-table/index/changedAt_index"
      Events                     = "dynamodb:GetItem dynamodb:UpdateItem on events-table"
      EventsOrganizerIdIndex     = "dynamodb:Query on events-table/index/organizerId-index"
      Receivers                  = "dynamodb:GetItem on events-table"
    }
    error_message = "Each table and each index has a statement with its own operations: ${jsonencode(output.policy_statements)}"
  }
  assert {
    condition     = alltrue([for one in output.policy_statements : length(one.resources) == 1])
    error_message = "Each statement is about one table or one index."
  }
  assert {
    condition     = output.tables["event-changes"].indexes == { "changedAt_index" = ["Query", "Scan"] } && output.tables["receivers"].operations == ["GetItem"]
    error_message = "Alarms and dashboard know the operations of each table and index."
  }
}

run "alarms_of_several_tables" {
  module {
    source = "./modules/api"
  }

  variables {
    contract_path     = "../openapi/openapi.yaml"
    tables_path       = "tests/fixtures/tables.json"
    package_folder    = "tests/fixtures"
    user_pool_id      = "us-east-1_AbCdEfGhI"
    cognito_client_id = "1h57kf5cpq17m0eml12EXAMPLE"
  }

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.table_throttles)) == toset(flatten([
      for what in ["events", "events-organizerId-index", "event-changes", "event-changes-changedAt_index", "receivers"] :
      ["${what}-ReadThrottleEvents", "${what}-WriteThrottleEvents"]
    ]))
    error_message = "Throttling raises an alarm for each table and each index: ${jsonencode(keys(aws_cloudwatch_metric_alarm.table_throttles))}"
  }
  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.table_errors)) == toset([
      "events-GetItem", "events-UpdateItem", "events-Query",
      "event-changes-PutItem", "event-changes-TransactWriteItems", "event-changes-Query", "event-changes-Scan",
      "receivers-GetItem",
    ])
    error_message = "Errors of DynamoDB raise an alarm for each operation of each table, and for no other: ${jsonencode(keys(aws_cloudwatch_metric_alarm.table_errors))}"
  }
  assert {
    condition     = alltrue([for name in ["events-table", "events-function-event-changes", "events-function-receivers"] : strcontains(aws_cloudwatch_dashboard.api.dashboard_body, "\"${name}\"")])
    error_message = "The dashboard shows each table."
  }
}
