# What can be set. Defaults that read null here, and all checks of values but of the region's, stand in modules/api/variables.tf.

variable "aws_region" {
  description = "The region of everything but a user pool that exists already."
  type        = string
  default     = "us-east-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,}(-[a-z]+)+-\\d$", var.aws_region))
    error_message = "aws_region is the name of a region, such as us-east-1."
  }
}

variable "tags" {
  description = "Tags for everything, beside Project and ManagedBy."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "package_folder" {
  description = "The folder with the package of each function, such as api.zip. Default: build, where `make deps` writes them."
  type        = string
  default     = null
}

# Who may call.

variable "user_pool_id" {
  description = "The Cognito user pool whose access tokens are accepted, such as us-east-1_AbCdEfGhI. Required unless create_user_pool is true."
  type        = string
  default     = null
}

variable "cognito_client_id" {
  description = "The app client of that pool whose tokens are accepted. Required unless create_user_pool is true."
  type        = string
  default     = null
}

variable "create_user_pool" {
  description = "Makes a user pool, an app client and the group of organizers, instead of using those of user_pool_id."
  type        = bool
  default     = null
}

variable "organizers_group" {
  description = "The group of the user pool whose members are organizers."
  type        = string
  default     = null
}

# Names and paths.

variable "events_table_name" {
  description = "The name of the table of events."
  type        = string
  default     = "events-table"
}

variable "events_function_name" {
  description = "The name of the function; the names of the API, the role, the log groups, the alarms and the dashboard begin with it."
  type        = string
  default     = "events-function"
}

variable "events_function_path" {
  description = "Where the API answers: what stands before /events is the base path of every route, such as /api/v1 in /api/v1/events/{proxy+}."
  type        = string
  default     = "/events/{proxy+}"
}

variable "cors_origins" {
  description = "The origins whose pages may call the API, such as https://app.example.com. None by default."
  type        = list(string)
  default     = null
}

variable "domain_name" {
  description = "A domain of your own for the API, such as api.example.com. The API then answers there only."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "The ACM certificate for domain_name, in the region of the API."
  type        = string
  default     = null
}

variable "hosted_zone_id" {
  description = "The Route 53 zone in which domain_name is made. Without it, point the domain at the output domain_target yourself."
  type        = string
  default     = null
}

# The function.

variable "function_memory_mb" {
  description = "The memory of the function in MB. The share of a processor follows from it (1,769 MB are one), and with that the time of a cold start."
  type        = number
  default     = null
}

variable "function_timeout_seconds" {
  description = "When the function is stopped, in seconds. Above the deadline of one request (8 s), so that a late answer is its own 503, and below the gateway's 30 s."
  type        = number
  default     = null
}

variable "reserved_concurrency" {
  description = "How many requests the function serves at once, at most; taken from what the account may run at once. -1: no limit of its own."
  type        = number
  default     = null
}

variable "provisioned_concurrency" {
  description = "How many function instances are kept started, against cold starts. 0: none. They cost by the hour."
  type        = number
  default     = null
}

variable "live_version" {
  description = "The version of the function that serves, such as \"7\". Without it the newest one does. To roll back, name the one before."
  type        = string
  default     = null
}

variable "canary_weight" {
  description = "The share of requests, from 0 to 1, that the newest version serves while live_version serves the others."
  type        = number
  default     = null
}

variable "tracing" {
  description = "Whether the function sends traces to X-Ray."
  type        = bool
  default     = null
}

variable "permissions_boundary_arn" {
  description = "A policy that bounds what the function's role may do, where the account asks for one."
  type        = string
  default     = null
}

# The data.

variable "deletion_protection" {
  description = "Whether tables and user pool refuse to be deleted. Turn it off by an apply of its own before a destroy."
  type        = bool
  default     = null
}

variable "kms_key_arn" {
  description = "A KMS key of your own for tables and logs; its policy must admit CloudWatch Logs. Without it AWS's own keys encrypt them."
  type        = string
  default     = null
}

variable "table_max_read_units" {
  description = "The most read units per second that a table, and each of its indexes, may use: a limit of costs. Without it the account's quota is the limit."
  type        = number
  default     = null
}

variable "table_max_write_units" {
  description = "The most write units per second that a table, and each of its indexes, may use: a limit of costs. Without it the account's quota is the limit."
  type        = number
  default     = null
}

# Watching it.

variable "log_retention_days" {
  description = "How long logs are kept, in days."
  type        = number
  default     = null
}

variable "detailed_metrics" {
  description = "Whether the gateway counts each route by itself. CloudWatch bills these as custom metrics; the function's own log lines count by operation already."
  type        = bool
  default     = null
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms are sent to. Without it they only show in CloudWatch."
  type        = string
  default     = null
}

variable "alarm_error_percent" {
  description = "An alarm is raised when more than this share of requests is answered with 5xx, in percent."
  type        = number
  default     = null
}

variable "alarm_latency_ms" {
  description = "An alarm is raised when one request in a hundred takes longer than this, in milliseconds."
  type        = number
  default     = null
}

variable "monthly_budget_usd" {
  description = "A budget of the whole account, in US dollars a month. Mails go out at 80 % spent, and when 100 % are forecast."
  type        = number
  default     = null
}

variable "budget_emails" {
  description = "Who gets the mails of monthly_budget_usd, at most ten addresses."
  type        = list(string)
  default     = null
}
