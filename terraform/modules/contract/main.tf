# What API Gateway needs to know of the contract, computed from the contract itself. There is no provider and no resource here, so
# that this module can be run and tested anywhere, without a registry and without an AWS account.

locals {
  document   = yamldecode(file(var.contract_path))
  parameters = try(local.document.components.parameters, {})
  responses  = try(local.document.components.responses, {})

  # Whatever else stands in a path item (parameters, summary, extensions) is no operation.
  methods = ["get", "put", "post", "delete", "patch"]

  # Two operations with one id, or an operation without one, stop the plan here.
  operations = {
    for operation in flatten([
      for path, item in local.document.paths : [
        for method, operation in item : {
          id       = operation.operationId
          method   = upper(method)
          path     = path
          security = try(operation.security, local.document.security, [])
          throttle = try(operation["x-throttle"], null)
          # A reference leads to a parameter or a response of the components; what is no reference stands as it is.
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

  # OpenAPI 3.0.3, section 4.8.10: `security: []` takes away what the root asks for, and an empty alternative makes a token optional.
  secured = {
    for id, operation in local.operations :
    id => length(operation.security) > 0 && alltrue([for alternative in operation.security : length(alternative) > 0])
  }

  throttles = try(local.document["x-throttles"], {})
  all_throttles = concat(
    [for kind in ["secured", "open", "unrouted"] : try(local.throttles[kind], null)],
    [for operation in local.operations : operation.throttle if operation.throttle != null],
  )

  request_headers = flatten([
    for operation in local.operations : [for one in operation.parameters : one.name if one.in == "header"]
  ])
  response_headers = flatten([
    for operation in local.operations : [for one in operation.responses : keys(try(one.headers, {}))]
  ])
}
