# The files from which everything is made.

variable "contract_path" {
  description = "The OpenAPI document, from which routes, authorization, throttles and CORS are read."
  type        = string
  nullable    = false
}

variable "tables_path" {
  description = "The JSON file that defines tables and indexes, the same that the application reads."
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

# Who may call.

variable "user_pool_id" {
  description = "The Cognito user pool whose access tokens are accepted, such as us-east-1_AbCdEfGhI. Required unless create_user_pool is true."
  type        = string
  default     = null

  validation {
    condition     = var.create_user_pool != (var.user_pool_id != null)
    error_message = "Set either user_pool_id (and cognito_client_id), or create_user_pool = true."
  }
  validation {
    condition     = var.user_pool_id == null ? true : can(regex("^[a-z]{2,}(-[a-z]+)+-\\d_[0-9A-Za-z]{1,55}$", var.user_pool_id))
    error_message = "user_pool_id is the region, an underscore and the pool's name, such as us-east-1_AbCdEfGhI; the Cognito console shows it as \"User pool ID\"."
  }
}

variable "cognito_client_id" {
  description = "The app client of that pool whose tokens are accepted. Required unless create_user_pool is true."
  type        = string
  default     = null

  validation {
    condition     = var.create_user_pool != (var.cognito_client_id != null)
    error_message = "Set either cognito_client_id (and user_pool_id), or create_user_pool = true."
  }
  validation {
    condition     = var.cognito_client_id == null ? true : can(regex("^[0-9A-Za-z_+]{1,128}$", var.cognito_client_id))
    error_message = "cognito_client_id is the id of an app client, such as 1h57kf5cpq17m0eml12EXAMPLE; the Cognito console shows it as \"Client ID\"."
  }
}

variable "create_user_pool" {
  description = "Makes a user pool, an app client and the group of organizers, instead of using those of user_pool_id."
  type        = bool
  default     = false
  nullable    = false
}

variable "organizers_group" {
  description = "The group of the user pool whose members are organizers."
  type        = string
  default     = "Organizers"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w+=.@/-]{1,128}$", var.organizers_group))
    error_message = "organizers_group is the name of a group: up to 128 letters, digits, or one of _ + = . @ / -, without a space."
  }
}

# Names and paths.

variable "events_table_name" {
  description = "The name of the table of events."
  type        = string
  default     = "events-table"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w.-]{3,255}$", var.events_table_name))
    error_message = "events_table_name has 3 to 255 letters, digits, underscores, dots or hyphens."
  }
}

variable "events_function_name" {
  description = "The name of the function; the names of the API, the role, the log groups, the alarms and the dashboard begin with it."
  type        = string
  default     = "events-function"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,48}$", var.events_function_name))
    error_message = "events_function_name has 1 to 48 letters, digits, underscores or hyphens: names of other things are made of it."
  }
}

variable "events_function_path" {
  description = "Where the API answers: what stands before /events is the base path of every route, such as /api/v1 in /api/v1/events/{proxy+}."
  type        = string
  default     = "/events/{proxy+}"
  nullable    = false

  validation {
    condition     = can(regex("^(/[0-9A-Za-z_.~-]+)*/events/\\{proxy\\+\\}$", var.events_function_path))
    error_message = "events_function_path ends with /events/{proxy+}; before it may stand a base path of letters, digits, or one of _ . ~ -, such as /api/v1/events/{proxy+}."
  }
}

variable "cors_origins" {
  description = "The origins whose pages may call the API, such as https://app.example.com. None by default."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for one in var.cors_origins : can(regex("^https?://[0-9a-z.-]+(:\\d{1,5})?$", one))])
    error_message = "cors_origins lists origins exactly as browsers send them: scheme, host in small letters and port, no slash at the end, such as https://app.example.com. \"*\" is none."
  }
}

variable "domain_name" {
  description = "A domain of your own for the API, such as api.example.com. The API then answers there only."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name is a host name in small letters, such as api.example.com."
  }
}

variable "certificate_arn" {
  description = "The ACM certificate for domain_name, in the region of the API."
  type        = string
  default     = null

  validation {
    condition     = (var.certificate_arn != null) == (var.domain_name != null)
    error_message = "domain_name and certificate_arn go together: set both or none."
  }
}

variable "hosted_zone_id" {
  description = "The Route 53 zone in which domain_name is made. Without it, point the domain at the output domain_target yourself."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id == null || var.domain_name != null
    error_message = "hosted_zone_id needs a domain_name to make."
  }
}

# The function.

variable "function_memory_mb" {
  description = "The memory of the function in MB. The share of a processor follows from it (1,769 MB are one), and with that the time of a cold start."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.function_memory_mb >= 256 && var.function_memory_mb <= 10240 && floor(var.function_memory_mb) == var.function_memory_mb
    error_message = "function_memory_mb is a whole number from 256 to 10240."
  }
}

variable "function_timeout_seconds" {
  description = "When the function is stopped, in seconds. Above the deadline of one request (8 s), so that a late answer is its own 503, and below the gateway's 30 s."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.function_timeout_seconds >= 9 && var.function_timeout_seconds <= 29 && floor(var.function_timeout_seconds) == var.function_timeout_seconds
    error_message = "function_timeout_seconds is a whole number from 9 to 29: more than the deadline of one request (8 s), less than the gateway waits (30 s)."
  }
}

variable "reserved_concurrency" {
  description = "How many requests the function serves at once, at most; taken from what the account may run at once. -1: no limit of its own."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = (var.reserved_concurrency == -1 || var.reserved_concurrency >= 1) && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "reserved_concurrency is -1 (no limit of its own) or a whole number from 1."
  }
}

variable "provisioned_concurrency" {
  description = "How many function instances are kept started, against cold starts. 0: none. They cost by the hour."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.provisioned_concurrency >= 0 && floor(var.provisioned_concurrency) == var.provisioned_concurrency
    error_message = "provisioned_concurrency is a whole number from 0."
  }
  validation {
    condition     = var.provisioned_concurrency == 0 || var.canary_weight == 0
    error_message = "An alias has either provisioned_concurrency or a canary_weight: Lambda refuses both."
  }
  validation {
    condition     = var.reserved_concurrency == -1 || var.provisioned_concurrency <= var.reserved_concurrency
    error_message = "provisioned_concurrency is part of reserved_concurrency and cannot be more."
  }
}

variable "live_version" {
  description = "The version of the function that serves, such as \"7\". Without it the newest one does. To roll back, name the one before."
  type        = string
  default     = null

  validation {
    condition     = var.live_version == null ? true : can(regex("^[1-9]\\d*$", var.live_version))
    error_message = "live_version is the number of a published version, such as \"7\"; `aws lambda list-versions-by-function` lists them."
  }
}

variable "canary_weight" {
  description = "The share of requests, from 0 to 1, that the newest version serves while live_version serves the others."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.canary_weight >= 0 && var.canary_weight < 1
    error_message = "canary_weight is a share from 0 to below 1, such as 0.1. For all requests, set neither it nor live_version."
  }
  validation {
    condition     = var.canary_weight == 0 || var.live_version != null
    error_message = "canary_weight needs a live_version, which serves the other requests."
  }
}

variable "tracing" {
  description = "Whether the function sends traces to X-Ray."
  type        = bool
  default     = true
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "A policy that bounds what the function's role may do, where the account asks for one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[\\w-]+:iam::(\\d{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn is the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary."
  }
}

# The data.

variable "deletion_protection" {
  description = "Whether tables and user pool refuse to be deleted. Turn it off by an apply of its own before a destroy."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "A KMS key of your own for tables and logs; its policy must admit CloudWatch Logs. Without it AWS's own keys encrypt them."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[\\w-]+:kms:[\\w-]+:\\d{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab."
  }
}

variable "table_max_read_units" {
  description = "The most read units per second that a table, and each of its indexes, may use: a limit of costs. Without it the account's quota is the limit."
  type        = number
  default     = null

  validation {
    condition     = var.table_max_read_units == null ? true : var.table_max_read_units >= 1 && floor(var.table_max_read_units) == var.table_max_read_units
    error_message = "table_max_read_units is a whole number from 1."
  }
}

variable "table_max_write_units" {
  description = "The most write units per second that a table, and each of its indexes, may use: a limit of costs. Without it the account's quota is the limit."
  type        = number
  default     = null

  validation {
    condition     = var.table_max_write_units == null ? true : var.table_max_write_units >= 1 && floor(var.table_max_write_units) == var.table_max_write_units
    error_message = "table_max_write_units is a whole number from 1."
  }
}

# Watching it.

variable "log_retention_days" {
  description = "How long logs are kept, in days."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is a number that CloudWatch Logs knows, such as 14, 30, 90 or 365."
  }
}

variable "detailed_metrics" {
  description = "Whether the gateway counts each route by itself. CloudWatch bills these as custom metrics; the function's own log lines count by operation already."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarm_topic_arn" {
  description = "The SNS topic that alarms are sent to. Without it they only show in CloudWatch."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null ? true : can(regex("^arn:[\\w-]+:sns:[\\w-]+:\\d{12}:.+$", var.alarm_topic_arn))
    error_message = "alarm_topic_arn is the ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:alarms."
  }
}

variable "alarm_error_percent" {
  description = "An alarm is raised when more than this share of requests is answered with 5xx, in percent."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.alarm_error_percent > 0 && var.alarm_error_percent <= 100
    error_message = "alarm_error_percent is above 0 and at most 100."
  }
}

variable "alarm_latency_ms" {
  description = "An alarm is raised when one request in a hundred takes longer than this, in milliseconds."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.alarm_latency_ms > 0 && var.alarm_latency_ms < 30000
    error_message = "alarm_latency_ms is above 0 and below 30000, after which the gateway gives up."
  }
}

variable "monthly_budget_usd" {
  description = "A budget of the whole account, in US dollars a month. Mails go out at 80 % spent, and when 100 % are forecast."
  type        = number
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null ? true : var.monthly_budget_usd > 0
    error_message = "monthly_budget_usd is above 0."
  }
}

variable "budget_emails" {
  description = "Who gets the mails of monthly_budget_usd, at most ten addresses."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (var.monthly_budget_usd != null) == (length(var.budget_emails) > 0)
    error_message = "monthly_budget_usd and budget_emails go together: set both or none."
  }
  validation {
    condition     = length(var.budget_emails) <= 10 && alltrue([for one in var.budget_emails : can(regex("^[^@\\s]+@[^@\\s]+$", one))])
    error_message = "budget_emails lists at most ten mail addresses."
  }
}
