locals {
  # Limits of costs, only where they are set.
  caps = var.table_max_read_units == null && var.table_max_write_units == null ? [] : [{
    read  = var.table_max_read_units
    write = var.table_max_write_units
  }]
}

resource "aws_dynamodb_table" "table" {
  for_each = local.table_definitions

  name                        = local.table_names[each.key]
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = var.deletion_protection
  hash_key                    = each.value.hashKey
  range_key                   = try(each.value.rangeKey, null)

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
      hash_key        = global_secondary_index.value.hashKey
      range_key       = global_secondary_index.value.rangeKey
      projection_type = global_secondary_index.value.projection

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

  ttl {
    attribute_name = each.value.timeToLive
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  # Every table is encrypted; this names the key.
  dynamic "server_side_encryption" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
