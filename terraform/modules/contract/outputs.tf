output "operations" {
  description = "Every operation by its operationId: method, path, whether it requires a token, and its throttle (rate per second and burst)."
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
    error_message = "A path item of the contract is a $ref, which Terraform does not resolve: its operations would have no route. Write it inline."
  }
  precondition {
    # A missing limit would become 0 at the gateway, and every request would receive 429.
    condition     = alltrue([for one in local.all_throttles : try(one.rate > 0 && one.burst > 0, false)])
    error_message = "A throttle of the contract is missing or 0: x-throttles at the root must have secured, open, unrouted and preflight; each of them, and each x-throttle of an operation, must have a rate and a burst above 0."
  }
}

output "unrouted_throttle" {
  description = "The throttle of unknown paths and methods."
  value       = try(local.throttles.unrouted, null)
}

output "preflight_throttle" {
  description = "The throttle of preflight requests, by which browsers ask whether a page of another origin may send a request."
  value       = try(local.throttles.preflight, null)
}

# src/contract/cors.ts computes the same for the Node.js server; a test compares the two.
output "cors" {
  description = "The methods and headers that pages of other origins may use: all methods, request headers and response headers."
  value = {
    methods         = sort(distinct(flatten([for one in local.operations : one.method == "GET" ? ["GET", "HEAD"] : [one.method]])))
    allowed_headers = sort(distinct(concat(["Authorization", "Content-Type"], local.request_headers)))
    exposed_headers = sort(distinct(concat(["Deprecation", "Sunset", "Apigw-Requestid"], local.response_headers)))
  }
}
