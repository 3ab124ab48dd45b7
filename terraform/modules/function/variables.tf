variable "name" {
  description = "The name of the function; the names of its role, log group and alarms are derived from it."
  type        = string
  nullable    = false
}

variable "description" {
  description = "The description of the function in the Lambda console."
  type        = string
  nullable    = false
}

variable "package_path" {
  description = "The package of the function: a zip file that contains the module of the handler."
  type        = string
  nullable    = false
}

variable "handler" {
  description = "The module in the package and the name that it exports, separated by a dot."
  type        = string
  default     = "index.handler"
  nullable    = false
}

variable "environment" {
  description = "The environment variables of the function."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "policy_statements" {
  description = "What the function may do besides writing its log and its traces. Each statement allows actions on resources; sid must be unique."
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
    condition = optional(map(map(string)), {})
  }))
  default  = []
  nullable = false
}

variable "memory_mb" {
  description = "The memory of the function, in MB."
  type        = number
  default     = 1024
  nullable    = false
}

variable "timeout_seconds" {
  description = "The timeout of one call, in seconds."
  type        = number
  default     = 10
  nullable    = false
}

variable "reserved_concurrency" {
  description = "The maximum number of concurrent calls, reserved from the quota of the account. -1: no limit for this function."
  type        = number
  default     = -1
  nullable    = false
}

variable "provisioned_concurrency" {
  description = "The number of instances that are kept warm. 0: none."
  type        = number
  default     = 0
  nullable    = false
}

variable "live_version" {
  description = "The version that the alias live selects. Default: the newest version."
  type        = string
  default     = null
}

variable "canary_weight" {
  description = "The share of calls, from 0 to 1, that the newest version serves while live_version serves the rest."
  type        = number
  default     = 0
  nullable    = false
}

variable "tracing" {
  description = "Whether the function sends traces to X-Ray."
  type        = bool
  default     = false
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the role of the function."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "The customer-managed KMS key that encrypts the log. Default: a key that AWS owns."
  type        = string
  default     = null
}

variable "table_key_arns" {
  description = "The customer-managed KMS keys of the tables that the function uses. It may use them through DynamoDB only."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "log_retention_days" {
  description = "The retention of the log, in days."
  type        = number
  default     = 30
  nullable    = false
}

variable "runbook_url" {
  description = "The page that says what to do about each alarm; the descriptions of the alarms link to it. Default: none."
  type        = string
  default     = null
}

variable "alarm_actions" {
  description = "The ARNs that are notified when an alarm of the function changes its state, such as an SNS topic."
  type        = list(string)
  default     = []
  nullable    = false
}
