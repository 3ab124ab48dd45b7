provider "aws" {
  region = var.aws_region

  default_tags {
    tags = merge({ Project = "event-management-api", ManagedBy = "terraform" }, var.tags)
  }
}
