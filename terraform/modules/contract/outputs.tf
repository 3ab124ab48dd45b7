output "operations" {
  description = "Every operation by its operationId: method, path, whether it needs a token, and its throttle (requests per second, and at once)."
  value = {
    for id, operation in local.operations : id => {
      method   = operation.method
      path     = operation.path
      secured  = local.secured[id]
      throttle = operation.throttle != null ? operation.throttle : local.secured[id] ? local.throttles.secured : local.throttles.open
    }
  }

  precondition {
    condition     = alltrue([for item in values(local.document.paths) : !can(item["$ref"])])
    error_message = "A path item of the contract is a $ref, which Terraform does not resolve: its operations would get no route. Write it in place."
  }
  precondition {
    # Without this, a forgotten limit would become 0 at the gateway, and every call would be answered with 429.
    condition     = alltrue([for one in local.all_throttles : try(one.rate > 0 && one.burst > 0, false)])
    error_message = "A throttle of the contract is missing or lets nothing through: x-throttles at the root names secured, open and unrouted; they and every x-throttle of an operation have a rate and a burst above 0."
  }
}

output "unrouted_throttle" {
  description = "The throttle of what belongs to no operation: unknown paths and methods."
  value       = try(local.throttles.unrouted, null)
}

# As src/contract/cors.ts computes it for the plain server; a check compares the two.
output "cors" {
  description = "Methods and headers that pages of other origins may use: all methods, the headers of requests, and those of answers."
  value = {
    methods         = sort(distinct(flatten([for one in local.operations : one.method == "GET" ? ["GET", "HEAD"] : [one.method]])))
    allowed_headers = sort(distinct(concat(["Authorization", "Content-Type"], local.request_headers)))
    exposed_headers = sort(distinct(concat(["Deprecation", "Sunset", "Apigw-Requestid"], local.response_headers)))
  }
}
