variable "tables_path" {
  description = "The JSON file that defines the tables and their indexes; the application reads the same file."
  type        = string
  nullable    = false
}

variable "name_prefix" {
  description = "The prefix of the names of the tables: a table is named <prefix>-<key in tables_path>."
  type        = string
  nullable    = false
}

variable "names" {
  description = "The names of tables that are not derived from name_prefix, by their key in tables_path."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether the tables cannot be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "The customer-managed KMS key that encrypts the tables; the application needs permission to use it before. Default: a key that AWS owns."
  type        = string
  default     = null
}

variable "max_read_units" {
  description = "The maximum number of read units per second, for each table and each index. Default: the quota of the account. -1 removes a cap that was set before."
  type        = number
  default     = null
}

variable "max_write_units" {
  description = "The maximum number of write units per second, for each table and each index. Default: the quota of the account. -1 removes a cap that was set before."
  type        = number
  default     = null
}
