# The variables of a deployment. modules/api/variables.tf has the validations, and the defaults of those that are null here.

variable "aws_region" {
  description = "The AWS region of all resources. An existing user pool may be in another region."
  type        = string
  default     = "us-east-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,}(-[a-z]+)+-\\d$", var.aws_region))
    error_message = "aws_region must be the name of a region, such as us-east-1."
  }
}

variable "tags" {
  description = "Additional tags for all resources, besides Project and ManagedBy."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "package_folder" {
  description = "The folder with the package of each function, such as api.zip. Default: build, where `make deps` writes them."
  type        = string
  default     = null
}

# Access.

variable "user_pool_id" {
  description = "The ID of the Cognito user pool whose access tokens are accepted, such as us-east-1_AbCdEfGhI. Required unless create_user_pool is true."
  type        = string
  default     = null
}

variable "cognito_client_id" {
  description = "The ID of the app client whose access tokens are accepted. Required unless create_user_pool is true."
  type        = string
  default     = null
}

variable "create_user_pool" {
  description = "Creates a user pool with an app client and the organizers group, instead of using an existing pool."
  type        = bool
  default     = null
}

variable "sign_in_domain" {
  description = "The prefix of the domain of the sign-in pages of the new user pool, such as example-events, unique in its region. Default: no sign-in pages."
  type        = string
  default     = null
}

variable "callback_urls" {
  description = "The URLs to which the sign-in pages may return, such as https://docs.example.com/oauth2-redirect.html. Required with sign_in_domain."
  type        = list(string)
  default     = null
}

variable "organizers_group" {
  description = "The group of the user pool whose members are organizers."
  type        = string
  default     = null
}

# Names and paths.

variable "events_table_name" {
  description = "The name of the events table."
  type        = string
  default     = "events-table"
}

variable "table_names" {
  description = "The names of tables that differ from the rule, by their key in src/storage/tables.json, such as { events = \"events-table-restored\" } after a restore."
  type        = map(string)
  default     = null
}

variable "events_function_name" {
  description = "The name of the function. The names of the API, the role, the log groups, the dashboard, the alarms, and of further tables start with it."
  type        = string
  default     = "events-function"
}

variable "events_function_path" {
  description = "The path pattern of the API. The part before /events is the base path of every route: /api/v1 in /api/v1/events/{proxy+}."
  type        = string
  default     = "/events/{proxy+}"
}

variable "cors_origins" {
  description = "The origins whose web pages may call the API, such as https://app.example.com. Default: none."
  type        = list(string)
  default     = null
}

variable "cors_headers" {
  description = "The request headers that web pages of cors_origins may send besides those of the contract, such as traceparent. Default: none."
  type        = list(string)
  default     = null
}

variable "domain_name" {
  description = "A custom domain for the API, such as api.example.com. The API is then available at this domain only."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "The ACM certificate for domain_name, in the region of the API."
  type        = string
  default     = null
}

variable "hosted_zone_id" {
  description = "The Route 53 hosted zone in which the records for domain_name are created. Without it, point the domain to the output domain_target."
  type        = string
  default     = null
}

# Function.

variable "function_memory_mb" {
  description = "The memory of the function, in MB. Its CPU share is proportional (1,769 MB: one vCPU), and so is the speed of a cold start."
  type        = number
  default     = null
}

variable "function_timeout_seconds" {
  description = "The timeout of the function, in seconds. It must exceed the deadline of one request (8 s), after which the function responds with 503 itself, and be below the 30 s timeout of the gateway."
  type        = number
  default     = null
}

variable "reserved_concurrency" {
  description = "The maximum number of requests that the function serves concurrently, reserved from the quota of the account. -1: no limit of its own. Lambda leaves 100 of the quota unreserved, so a new account with a quota of 10 can reserve none."
  type        = number
  default     = null
}

variable "provisioned_concurrency" {
  description = "The number of function instances that are kept warm to avoid cold starts. They are billed even when idle, and reserved from the quota of the account, as reserved_concurrency is. 0: none."
  type        = number
  default     = null
}

variable "live_version" {
  description = "The version of the function that serves requests, such as \"7\". Default: the newest version. To roll back, set the previous version."
  type        = string
  default     = null
}

variable "canary_weight" {
  description = "The share of requests, from 0 to 1, that the newest version serves while live_version serves the rest."
  type        = number
  default     = null
}

variable "tracing" {
  description = "Whether the function sends traces to X-Ray. They show the time in the function, but no calls to the database."
  type        = bool
  default     = null
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the role of the function, if the account requires one."
  type        = string
  default     = null
}

# Data.

variable "deletion_protection" {
  description = "Whether the tables and the user pool are protected against deletion. Before a destroy, disable it with a separate apply."
  type        = bool
  default     = null
}

variable "kms_key_arn" {
  description = "A customer-managed KMS key for tables and logs. Its policy must allow CloudWatch Logs, and let IAM policies of the account grant its use. Default: keys that AWS owns."
  type        = string
  default     = null
}

variable "former_kms_key_arns" {
  description = "Keys that tables were encrypted with before: list the previous value of kms_key_arn in the apply that changes or removes it, so that the function can use both meanwhile."
  type        = list(string)
  default     = null
}

variable "table_max_read_units" {
  description = "The maximum number of read units per second, for each table and each index: a cap on costs. Default: the quota of the account. -1 removes a cap that was set before; removing the variable does not."
  type        = number
  default     = null
}

variable "table_max_write_units" {
  description = "The maximum number of write units per second, for each table and each index: a cap on costs. Default: the quota of the account. -1 removes a cap that was set before; removing the variable does not."
  type        = number
  default     = null
}

# Monitoring.

variable "log_retention_days" {
  description = "The retention of logs, in days."
  type        = number
  default     = null
}

variable "detailed_metrics" {
  description = "Whether the gateway records metrics for each route. CloudWatch bills them as custom metrics; the log lines of the function already count requests by operation."
  type        = bool
  default     = null
}

variable "health_check" {
  description = "Whether Route 53 requests getHealth every few seconds, and an alarm is raised if no request arrives: the only alarm for a broken record or certificate."
  type        = bool
  default     = null
}

variable "concurrency_quota" {
  description = "The quota of the account for concurrent executions of functions in this region, 10 in a new account. An alarm is raised above 80 % of it."
  type        = number
  default     = null
}

variable "alarm_emails" {
  description = "The addresses that are notified of alarms, through a topic that is created for them. Each receives a message to confirm."
  type        = list(string)
  default     = null
}

variable "alarm_topic_arn" {
  description = "An SNS topic of yours that is notified of alarms. Without it and without alarm_emails, alarms are only visible in CloudWatch."
  type        = string
  default     = null
}

variable "alarm_error_percent" {
  description = "The percentage of requests with a 5xx response above which an alarm is raised."
  type        = number
  default     = null
}

variable "alarm_latency_ms" {
  description = "The p99 latency, in milliseconds, above which an alarm is raised."
  type        = number
  default     = null
}

variable "monthly_budget_usd" {
  description = "A monthly budget for the whole account, in US dollars. Emails are sent when actual costs exceed 80 % of it, and when forecast costs exceed it; a forecast needs about five weeks of history."
  type        = number
  default     = null
}

variable "budget_emails" {
  description = "The recipients of the emails about monthly_budget_usd, at most ten addresses."
  type        = list(string)
  default     = null
}
