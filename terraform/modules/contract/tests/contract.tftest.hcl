# The outputs for a contract. There is no provider: `terraform init && terraform test` in modules/contract needs no registry.

run "every_operation" {
  command = plan

  variables {
    contract_path = "tests/fixtures/contract.yaml"
  }

  assert {
    condition = output.operations == {
      listThings   = { method = "GET", path = "/things", secured = true, throttle = { rate = 50, burst = 100 } }
      createThing  = { method = "POST", path = "/things", secured = true, throttle = { rate = 1, burst = 3 } }
      getThing     = { method = "GET", path = "/things/{thingId}", secured = false, throttle = { rate = 5, burst = 10 } }
      replaceThing = { method = "PUT", path = "/things/{thingId}", secured = true, throttle = { rate = 50, burst = 100 } }
      getStatus    = { method = "GET", path = "/status", secured = false, throttle = { rate = 5, burst = 10 } }
      resetStatus  = { method = "DELETE", path = "/status", secured = false, throttle = { rate = 0.5, burst = 1 } }
    }
    error_message = "Methods, paths, security and throttles are those of the contract: ${jsonencode(output.operations)}"
  }
  assert {
    condition     = output.unrouted_throttle == { rate = 2, burst = 4 }
    error_message = "Unknown paths and methods have the unrouted throttle of the contract: ${jsonencode(output.unrouted_throttle)}"
  }
  assert {
    condition     = output.preflight_throttle == { rate = 30, burst = 60 }
    error_message = "Preflight requests have a throttle of their own: ${jsonencode(output.preflight_throttle)}"
  }
}

run "cors_of_used_headers" {
  command = plan

  variables {
    contract_path = "tests/fixtures/contract.yaml"
  }

  assert {
    condition     = output.cors.methods == tolist(["DELETE", "GET", "HEAD", "POST", "PUT"])
    error_message = "All methods of operations, and HEAD for GET: ${jsonencode(output.cors.methods)}"
  }
  assert {
    condition     = output.cors.allowed_headers == tolist(["Authorization", "Content-Type", "X-Key", "X-Shared"])
    error_message = "The headers of parameters, including those of paths and referenced ones, but no unused ones: ${jsonencode(output.cors.allowed_headers)}"
  }
  assert {
    condition     = output.cors.exposed_headers == tolist(["Apigw-Requestid", "Deprecation", "ETag", "Location", "Sunset", "X-Total"])
    error_message = "The headers of responses, including referenced ones, but no unused ones: ${jsonencode(output.cors.exposed_headers)}"
  }
}

run "no_security_at_the_root" {
  command = plan

  variables {
    contract_path = "tests/fixtures/no-security.yaml"
  }

  assert {
    condition     = { for id, operation in output.operations : id => operation.secured } == { listThings = false, createThing = true }
    error_message = "Only the operation with a security requirement requires a token: ${jsonencode(output.operations)}"
  }
  assert {
    condition     = output.operations.listThings.throttle.rate == 5
    error_message = "A public operation without its own throttle has that of open operations."
  }
}

run "missing_throttles_fail" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/no-throttles.yaml"
  }
}

run "throttle_of_zero_fails" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/zero-throttle.yaml"
  }
}

run "referenced_path_item_fails" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/referenced-path.yaml"
  }
}

run "missing_contract_fails" {
  command         = plan
  expect_failures = [var.contract_path]

  variables {
    contract_path = "tests/fixtures/nowhere.yaml"
  }
}
