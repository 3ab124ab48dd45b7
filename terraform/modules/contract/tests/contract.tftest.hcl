# What follows from a contract. There is no provider here: `terraform init && terraform test` in modules/contract needs no registry.

run "every_operation_and_nothing_else" {
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
    error_message = "Methods, paths, tokens and throttles are those of the contract: ${jsonencode(output.operations)}"
  }
  assert {
    condition     = output.unrouted_throttle == { rate = 2, burst = 4 }
    error_message = "What belongs to no operation has the throttle that the contract names for it: ${jsonencode(output.unrouted_throttle)}"
  }
}

run "cors_needs_of_what_is_used" {
  command = plan

  variables {
    contract_path = "tests/fixtures/contract.yaml"
  }

  assert {
    condition     = output.cors.methods == tolist(["DELETE", "GET", "HEAD", "POST", "PUT"])
    error_message = "All methods of operations, and HEAD beside GET: ${jsonencode(output.cors.methods)}"
  }
  assert {
    condition     = output.cors.allowed_headers == tolist(["Authorization", "Content-Type", "X-Key", "X-Shared"])
    error_message = "The headers of parameters, those of paths and those behind references too, but no unused one: ${jsonencode(output.cors.allowed_headers)}"
  }
  assert {
    condition     = output.cors.exposed_headers == tolist(["Apigw-Requestid", "Deprecation", "ETag", "Location", "Sunset", "X-Total"])
    error_message = "The headers of answers, those behind references too, but no unused one: ${jsonencode(output.cors.exposed_headers)}"
  }
}

run "no_security_at_the_root_leaves_operations_open" {
  command = plan

  variables {
    contract_path = "tests/fixtures/no-security.yaml"
  }

  assert {
    condition     = { for id, operation in output.operations : id => operation.secured } == { listThings = false, createThing = true }
    error_message = "Only the operation that asks for a token needs one: ${jsonencode(output.operations)}"
  }
  assert {
    condition     = output.operations.listThings.throttle.rate == 5
    error_message = "An open operation without a throttle of its own has that of open ones."
  }
}

run "a_contract_without_throttles_is_refused" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/no-throttles.yaml"
  }
}

run "a_throttle_of_zero_is_refused" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/zero-throttle.yaml"
  }
}

run "a_path_that_would_lose_its_operations_is_refused" {
  command         = plan
  expect_failures = [output.operations]

  variables {
    contract_path = "tests/fixtures/referenced-path.yaml"
  }
}

run "a_contract_that_is_not_there_is_refused" {
  command         = plan
  expect_failures = [var.contract_path]

  variables {
    contract_path = "tests/fixtures/nowhere.yaml"
  }
}
