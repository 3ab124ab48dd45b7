variable "contract_path" {
  description = "The OpenAPI 3.0 document, one YAML file."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.contract_path)
    error_message = "There is no file ${var.contract_path}: contract_path names the OpenAPI document, such as openapi/openapi.yaml."
  }
}
