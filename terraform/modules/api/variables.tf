# Input files.

variable "contract_path" {
  description = "The OpenAPI document that defines routes, authorization, throttles and CORS."
  type        = string
  nullable    = false
}

variable "tables_path" {
  description = "The JSON file that defines the tables and their indexes; the application reads the same file."
  type        = string
  nullable    = false
}

variable "package_folder" {
  description = "The folder with the package of each function: api.zip, which exports index.handler."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists("${var.package_folder}/api.zip")
    error_message = "${var.package_folder}/api.zip is missing: build it with `make deps`."
  }
}

# Access.

variable "user_pool_id" {
  description = "The ID of the Cognito user pool whose access tokens are accepted, such as us-east-1_AbCdEfGhI. Required unless create_user_pool is true."
  type        = string
  default     = null

  validation {
    condition     = var.create_user_pool != (var.user_pool_id != null)
    error_message = "Set either user_pool_id (and cognito_client_id), or create_user_pool = true."
  }
  validation {
    condition     = var.user_pool_id == null ? true : can(regex("^[a-z]{2,}(-[a-z]+)+-\\d_[0-9A-Za-z]{1,55}$", var.user_pool_id))
    error_message = "user_pool_id must be a region, an underscore and an identifier, such as us-east-1_AbCdEfGhI; the Cognito console shows it as \"User pool ID\"."
  }
}

variable "cognito_client_id" {
  description = "The ID of the app client whose access tokens are accepted. Required unless create_user_pool is true."
  type        = string
  default     = null

  validation {
    condition     = var.create_user_pool != (var.cognito_client_id != null)
    error_message = "Set either cognito_client_id (and user_pool_id), or create_user_pool = true."
  }
  validation {
    condition     = var.cognito_client_id == null ? true : can(regex("^[0-9A-Za-z_+]{1,128}$", var.cognito_client_id))
    error_message = "cognito_client_id must be the ID of an app client, such as 1h57kf5cpq17m0eml12EXAMPLE; the Cognito console shows it as \"Client ID\"."
  }
}

variable "create_user_pool" {
  description = "Creates a user pool with an app client and the organizers group, instead of using an existing pool."
  type        = bool
  default     = false
  nullable    = false
}

variable "sign_in_domain" {
  description = "The prefix of the domain of the sign-in pages of the new user pool, such as example-events, unique in its region. Default: no sign-in pages."
  type        = string
  default     = null

  validation {
    condition     = var.sign_in_domain == null || var.create_user_pool
    error_message = "sign_in_domain needs create_user_pool = true; an existing pool has its own domain and callback URLs."
  }
  validation {
    condition     = var.sign_in_domain == null ? true : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.sign_in_domain)) && !can(regex("aws|amazon|cognito", var.sign_in_domain))
    error_message = "sign_in_domain must consist of lowercase letters, digits and hyphens, such as example-events, and must not contain aws, amazon or cognito."
  }
}

variable "callback_urls" {
  description = "The URLs to which the sign-in pages may return, such as https://docs.example.com/oauth2-redirect.html. Required with sign_in_domain."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (var.sign_in_domain == null) == (length(var.callback_urls) == 0)
    error_message = "Set both sign_in_domain and callback_urls, or neither."
  }
  validation {
    condition     = alltrue([for url in var.callback_urls : can(regex("^(https://[^/#?]+|http://localhost(:\\d+)?)(/[^#]*)?$", url))])
    error_message = "callback_urls must be https URLs without a fragment; http is possible for localhost only."
  }
}

variable "organizers_group" {
  description = "The group of the user pool whose members are organizers."
  type        = string
  default     = "Organizers"
  nullable    = false

  validation {
    condition     = can(regex("^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]{1,128}$", var.organizers_group))
    error_message = "organizers_group must have 1 to 128 characters: letters of any script, digits, symbols or punctuation, without spaces."
  }
}

# Names and paths.

variable "events_table_name" {
  description = "The name of the events table."
  type        = string
  default     = "events-table"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.-]{3,255}$", var.events_table_name))
    error_message = "events_table_name must have 3 to 255 characters: letters, digits, underscores, dots or hyphens."
  }
}

variable "table_names" {
  description = "The names of tables that differ from the rule, by their key in src/storage/tables.json, such as { events = \"events-table-restored\" } after a restore."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, name in var.table_names : contains(keys(jsondecode(file(var.tables_path))), key) && can(regex("^[\\w.-]{3,255}$", name))])
    error_message = "table_names must have keys of src/storage/tables.json, and names of 3 to 255 letters, digits, underscores, dots or hyphens."
  }
}

variable "events_function_name" {
  description = "The name of the function. The names of the API, the role, the log groups, the dashboard, the alarms, and of further tables start with it."
  type        = string
  default     = "events-function"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,48}$", var.events_function_name))
    error_message = "events_function_name must have 1 to 48 characters: letters, digits, underscores or hyphens. Names of other resources are derived from it."
  }
}

variable "events_function_path" {
  description = "The path pattern of the API. The part before /events is the base path of every route: /api/v1 in /api/v1/events/{proxy+}."
  type        = string
  default     = "/events/{proxy+}"
  nullable    = false

  validation {
    condition     = can(regex("^(/[0-9A-Za-z_.~-]+)*/events/\\{proxy\\+\\}$", var.events_function_path))
    error_message = "events_function_path must end with /events/{proxy+}, optionally after a base path of letters, digits or _ . ~ -, such as /api/v1/events/{proxy+}."
  }
}

variable "cors_origins" {
  description = "The origins whose web pages may call the API, such as https://app.example.com. Default: none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for one in var.cors_origins : can(regex("^[a-z][0-9a-z+.-]*://([0-9a-z._-]+|\\[[0-9a-f:]+\\])(:\\d{1,5})?$", one)) && !startswith(one, "file:")])
    error_message = "cors_origins must list origins exactly as browsers send them: scheme, lowercase host and optional port, without a trailing slash, such as https://app.example.com or, for an app in a web view, capacitor://localhost. \"*\" is not allowed."
  }
}

variable "cors_headers" {
  description = "The request headers that web pages of cors_origins may send besides those of the contract, such as traceparent. Default: none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for one in var.cors_headers : can(regex("^[0-9A-Za-z!#$%&'+.^_`|~-]+$", one))])
    error_message = "cors_headers must list names of request headers, such as traceparent. \"*\" is not allowed."
  }
}

variable "domain_name" {
  description = "A custom domain for the API, such as api.example.com. The API is then available at this domain only."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\\.)+[a-z]([0-9a-z-]{0,61}[0-9a-z])$", var.domain_name))
    error_message = "domain_name must be a lowercase host name, such as api.example.com. Names with other letters are written in Punycode: xn--e1afmkfd.xn--p1ai."
  }
}

variable "certificate_arn" {
  description = "The ACM certificate for domain_name, in the region of the API."
  type        = string
  default     = null

  validation {
    condition     = (var.certificate_arn != null) == (var.domain_name != null)
    error_message = "Set both domain_name and certificate_arn, or neither."
  }
}

variable "hosted_zone_id" {
  description = "The Route 53 hosted zone in which the records for domain_name are created. Without it, point the domain to the output domain_target."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id == null || var.domain_name != null
    error_message = "hosted_zone_id requires a domain_name."
  }
}

# Function.

variable "function_memory_mb" {
  description = "The memory of the function, in MB. Its CPU share is proportional (1,769 MB: one vCPU), and so is the speed of a cold start."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.function_memory_mb >= 256 && var.function_memory_mb <= 10240 && floor(var.function_memory_mb) == var.function_memory_mb
    error_message = "function_memory_mb must be an integer from 256 to 10240."
  }
}

variable "function_timeout_seconds" {
  description = "The timeout of the function, in seconds. It must exceed the deadline of one request (8 s), after which the function responds with 503 itself, and be below the 30 s timeout of the gateway."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.function_timeout_seconds >= 9 && var.function_timeout_seconds <= 29 && floor(var.function_timeout_seconds) == var.function_timeout_seconds
    error_message = "function_timeout_seconds must be an integer from 9 to 29: above the deadline of one request (8 s), below the timeout of the gateway (30 s)."
  }
}

variable "reserved_concurrency" {
  description = "The maximum number of requests that the function serves concurrently, reserved from the quota of the account. -1: no limit of its own. Lambda leaves 100 of the quota unreserved, so a new account with a quota of 10 can reserve none."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = (var.reserved_concurrency == -1 || var.reserved_concurrency >= 1) && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "reserved_concurrency must be -1 (no limit of its own) or an integer of at least 1."
  }
}

variable "provisioned_concurrency" {
  description = "The number of function instances that are kept warm to avoid cold starts. They are billed even when idle, and reserved from the quota of the account, as reserved_concurrency is. 0: none."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.provisioned_concurrency >= 0 && floor(var.provisioned_concurrency) == var.provisioned_concurrency
    error_message = "provisioned_concurrency must be an integer of at least 0."
  }
  validation {
    condition     = var.provisioned_concurrency == 0 || var.canary_weight == 0
    error_message = "Set either provisioned_concurrency or canary_weight: Lambda does not support both on one alias."
  }
  validation {
    condition     = var.reserved_concurrency == -1 || var.provisioned_concurrency <= var.reserved_concurrency
    error_message = "provisioned_concurrency must not exceed reserved_concurrency, of which it is a part."
  }
}

variable "live_version" {
  description = "The version of the function that serves requests, such as \"7\". Default: the newest version. To roll back, set the previous version."
  type        = string
  default     = null

  validation {
    condition     = var.live_version == null ? true : can(regex("^[1-9]\\d*$", var.live_version))
    error_message = "live_version must be the number of a published version, such as \"7\"; `aws lambda list-versions-by-function` lists them."
  }
}

variable "canary_weight" {
  description = "The share of requests, from 0 to 1, that the newest version serves while live_version serves the rest."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.canary_weight >= 0 && var.canary_weight < 1
    error_message = "canary_weight must be at least 0 and below 1, such as 0.1. To send all requests to the newest version, set neither canary_weight nor live_version."
  }
  validation {
    condition     = var.canary_weight == 0 || var.live_version != null
    error_message = "canary_weight requires a live_version, which serves the rest of the requests."
  }
}

variable "tracing" {
  description = "Whether the function sends traces to X-Ray. They show the time in the function, but no calls to the database."
  type        = bool
  default     = false
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the role of the function, if the account requires one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[\\w-]+:iam::(\\d{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

# Data.

variable "deletion_protection" {
  description = "Whether the tables and the user pool are protected against deletion. Before a destroy, disable it with a separate apply."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "A customer-managed KMS key for tables and logs. Its policy must allow CloudWatch Logs, and let IAM policies of the account grant its use. Default: keys that AWS owns."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[\\w-]+:kms:[\\w-]+:\\d{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab."
  }
}

variable "former_kms_key_arns" {
  description = "Keys that tables were encrypted with before: list the previous value of kms_key_arn in the apply that changes or removes it, so that the function can use both meanwhile."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for one in var.former_kms_key_arns : can(regex("^arn:[\\w-]+:kms:[\\w-]+:\\d{12}:key/.+$", one))])
    error_message = "former_kms_key_arns must list ARNs of keys, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab."
  }
}

variable "table_max_read_units" {
  description = "The maximum number of read units per second, for each table and each index: a cap on costs. Default: the quota of the account. -1 removes a cap that was set before; removing the variable does not."
  type        = number
  default     = null

  validation {
    condition     = var.table_max_read_units == null ? true : (var.table_max_read_units == -1 || var.table_max_read_units >= 1) && floor(var.table_max_read_units) == var.table_max_read_units
    error_message = "table_max_read_units must be an integer of at least 1, or -1 to remove a cap that was set before."
  }
}

variable "table_max_write_units" {
  description = "The maximum number of write units per second, for each table and each index: a cap on costs. Default: the quota of the account. -1 removes a cap that was set before; removing the variable does not."
  type        = number
  default     = null

  validation {
    condition     = var.table_max_write_units == null ? true : (var.table_max_write_units == -1 || var.table_max_write_units >= 1) && floor(var.table_max_write_units) == var.table_max_write_units
    error_message = "table_max_write_units must be an integer of at least 1, or -1 to remove a cap that was set before."
  }
}

# Monitoring.

variable "log_retention_days" {
  description = "The retention of logs, in days."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a value that CloudWatch Logs supports, such as 14, 30, 90 or 365."
  }
}

variable "detailed_metrics" {
  description = "Whether the gateway records metrics for each route. CloudWatch bills them as custom metrics; the log lines of the function already count requests by operation."
  type        = bool
  default     = false
  nullable    = false
}

variable "health_check" {
  description = "Whether Route 53 requests getHealth every few seconds, and an alarm is raised if no request arrives: the only alarm for a broken record or certificate."
  type        = bool
  default     = true
  nullable    = false
}

variable "concurrency_quota" {
  description = "The quota of the account for concurrent executions of functions in this region, 10 in a new account. An alarm is raised above 80 % of it."
  type        = number
  default     = 1000
  nullable    = false

  validation {
    condition     = var.concurrency_quota >= 10 && floor(var.concurrency_quota) == var.concurrency_quota
    error_message = "concurrency_quota must be an integer of at least 10; `aws service-quotas get-service-quota --service-code lambda --quota-code L-B99A9384` shows it."
  }
}

variable "alarm_emails" {
  description = "The addresses that are notified of alarms, through a topic that is created for them. Each receives a message to confirm."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for one in var.alarm_emails : can(regex("^[^@\\s]+@[^@\\s]+$", one))])
    error_message = "alarm_emails must list email addresses, such as ops@example.com."
  }
}

variable "alarm_topic_arn" {
  description = "An SNS topic of yours that is notified of alarms. Without it and without alarm_emails, alarms are only visible in CloudWatch."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null ? true : can(regex("^arn:[\\w-]+:sns:[\\w-]+:\\d{12}:.+$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:alarms."
  }
}

variable "alarm_error_percent" {
  description = "The percentage of requests with a 5xx response above which an alarm is raised."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.alarm_error_percent > 0 && var.alarm_error_percent <= 100
    error_message = "alarm_error_percent must be above 0 and at most 100."
  }
}

variable "alarm_latency_ms" {
  description = "The p99 latency, in milliseconds, above which an alarm is raised."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.alarm_latency_ms > 0 && var.alarm_latency_ms < 30000
    error_message = "alarm_latency_ms must be above 0 and below 30000, the timeout of the gateway."
  }
}

variable "monthly_budget_usd" {
  description = "A monthly budget for the whole account, in US dollars. Emails are sent when actual costs exceed 80 % of it, and when forecast costs exceed it; a forecast needs about five weeks of history."
  type        = number
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null ? true : var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd must be above 0."
  }
}

variable "budget_emails" {
  description = "The recipients of the emails about monthly_budget_usd, at most ten addresses."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (var.monthly_budget_usd != null) == (length(var.budget_emails) > 0)
    error_message = "Set both monthly_budget_usd and budget_emails, or neither."
  }
  validation {
    condition     = length(var.budget_emails) <= 10 && alltrue([for one in var.budget_emails : can(regex("^[^@\\s]+@[^@\\s]+$", one))])
    error_message = "budget_emails must list at most ten email addresses."
  }
}
