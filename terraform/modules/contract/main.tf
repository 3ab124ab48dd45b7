# What API Gateway needs from the contract. This module has no provider and no resource, so it can be tested anywhere, without a
# registry and without an AWS account.

locals {
  document   = yamldecode(file(var.contract_path))
  parameters = try(local.document.components.parameters, {})
  responses  = try(local.document.components.responses, {})

  # Other keys of a path item (parameters, summary, extensions) are not operations.
  methods = ["get", "put", "post", "delete", "patch"]

  # Duplicate and missing operationIds fail the plan here.
  operations = {
    for operation in flatten([
      for path, item in local.document.paths : [
        for method, operation in item : {
          id       = operation.operationId
          method   = upper(method)
          path     = path
          security = try(operation.security, local.document.security, [])
          throttle = try(operation["x-throttle"], null)
          # References to parameters and responses of the components are resolved; other values remain as they are.
          parameters = [
            for one in concat(try(item.parameters, []), try(operation.parameters, [])) :
            try(local.parameters[trimprefix(one["$ref"], "#/components/parameters/")], one)
          ]
          responses = [
            for one in values(operation.responses) :
            try(local.responses[trimprefix(one["$ref"], "#/components/responses/")], one)
          ]
        } if contains(local.methods, method)
      ]
    ]) : operation.id => operation
  }

  # OpenAPI 3.1.1, section 4.8.10: `security: []` removes the requirement of the root, and an empty alternative makes a token optional.
  secured = {
    for id, operation in local.operations :
    id => length(operation.security) > 0 && alltrue([for alternative in operation.security : length(alternative) > 0])
  }

  throttles = try(local.document["x-throttles"], {})
  all_throttles = concat(
    [for kind in ["secured", "open", "unrouted", "preflight"] : try(local.throttles[kind], null)],
    [for operation in local.operations : operation.throttle if operation.throttle != null],
  )

  request_headers = flatten([
    for operation in local.operations : [for one in operation.parameters : one.name if one.in == "header"]
  ])
  response_headers = flatten([
    for operation in local.operations : [for one in operation.responses : keys(try(one.headers, {}))]
  ])
}
