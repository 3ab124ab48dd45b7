# Every table of the file that the application reads too, and what the application may do with each of them.

locals {
  tables = {
    for key, table in jsondecode(file(var.tables_path)) : key => {
      name         = lookup(var.names, key, "${var.name_prefix}-${key}")
      hash_key     = table.hashKey
      range_key    = try(table.rangeKey, null)
      time_to_live = try(table.timeToLive, null)
      attributes   = table.attributes
      operations   = table.operations
      transacted   = try(table.transacted, [])
      indexes = {
        for name, index in try(table.indexes, {}) : name => {
          keys       = concat([["HASH", index.hashKey]], try([["RANGE", index.rangeKey]], []))
          projection = index.projection
          operations = index.operations
        }
      }
    }
  }

  # Caps on costs, only where one is set.
  caps = var.max_read_units == null && var.max_write_units == null ? [] : [{
    read  = var.max_read_units
    write = var.max_write_units
  }]
}

resource "aws_dynamodb_table" "table" {
  # checkov:skip=CKV_AWS_119: The operator chooses the key with kms_key_arn; by default AWS owns it.
  for_each = local.tables

  name                        = each.value.name
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = var.deletion_protection
  hash_key                    = each.value.hash_key
  range_key                   = each.value.range_key

  dynamic "attribute" {
    for_each = each.value.attributes

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = each.value.indexes

    content {
      name            = global_secondary_index.key
      projection_type = global_secondary_index.value.projection

      dynamic "key_schema" {
        for_each = global_secondary_index.value.keys

        content {
          key_type       = key_schema.value[0]
          attribute_name = key_schema.value[1]
        }
      }

      dynamic "on_demand_throughput" {
        for_each = local.caps

        content {
          max_read_request_units  = on_demand_throughput.value.read
          max_write_request_units = on_demand_throughput.value.write
        }
      }
    }
  }

  dynamic "on_demand_throughput" {
    for_each = local.caps

    content {
      max_read_request_units  = on_demand_throughput.value.read
      max_write_request_units = on_demand_throughput.value.write
    }
  }

  dynamic "ttl" {
    for_each = each.value.time_to_live == null ? [] : [each.value.time_to_live]

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  # Every table is encrypted; this block selects the key. A missing block would be no change, and the table would keep its former key.
  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }
}

locals {
  # One grant for each table and for each index.
  grants = concat(
    [
      for key, table in local.tables : {
        name = key
        arn  = aws_dynamodb_table.table[key].arn
        # A transaction needs the permissions of its parts, and none of its own.
        operations = distinct(concat([for one in table.operations : one if one != "TransactWriteItems"], table.transacted))
      }
    ],
    flatten([
      for key, table in local.tables : [
        for name, index in table.indexes :
        { name = "${key}-${name}", operations = index.operations, arn = "${aws_dynamodb_table.table[key].arn}/index/${name}" }
      ]
    ]),
  )

  grant_statements = [
    for grant in local.grants : {
      # A statement id has letters and digits only: "events-published-index" becomes "EventsPublishedIndex".
      sid       = join("", [for word in regexall("[0-9A-Za-z]+", grant.name) : "${upper(substr(word, 0, 1))}${substr(word, 1, -1)}"])
      actions   = [for operation in grant.operations : "dynamodb:${operation}"]
      resources = [grant.arn]
      condition = {}
    }
  ]
}
