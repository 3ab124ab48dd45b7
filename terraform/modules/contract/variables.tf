variable "contract_path" {
  description = "The OpenAPI document, one YAML file."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.contract_path)
    error_message = "${var.contract_path} is missing: contract_path must be the path of the OpenAPI document, such as openapi/openapi.yaml."
  }
}
