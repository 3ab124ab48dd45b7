# The roles with which .github/workflows/deploy.yml plans and deploys, without stored keys: GitHub signs a token for each run, and AWS
# trusts it. Apply this once for each account, with credentials that may create roles:
#
#   terraform init && terraform apply -var repository=<owner>/<name> -var state_bucket=<bucket>

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.36"
    }
  }
}

variable "repository" {
  description = "The repository whose workflow may plan and deploy, such as example/event-management-api."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.repository))
    error_message = "repository must be an owner, a slash and a name."
  }
}

variable "state_bucket" {
  description = "The bucket of terraform/backend.tf."
  type        = string
}

locals {
  issuer = "token.actions.githubusercontent.com"

  # Who may assume each role. A pull request from a fork gets no token.
  subjects = {
    plan   = ["repo:${var.repository}:pull_request", "repo:${var.repository}:ref:refs/heads/main"]
    deploy = ["repo:${var.repository}:environment:production"]
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "role" {
  for_each = local.subjects

  name                 = "event-management-api-${each.key}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = { StringEquals = { "${local.issuer}:aud" = "sts.amazonaws.com", "${local.issuer}:sub" = each.value } }
    }]
  })
}

resource "aws_iam_role_policy" "state" {
  for_each = local.subjects

  name = "state"
  role = aws_iam_role.role[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:ListBucket", Resource = "arn:aws:s3:::${var.state_bucket}" },
      # State, its lock, and the saved plan.
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = "arn:aws:s3:::${var.state_bucket}/event-management-api/*" },
    ]
  })
}

# A plan reads everything that it compares.
resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.role["plan"].name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy" "deploy" {
  name   = "event-management-api-deploy"
  policy = jsonencode(jsondecode(file("${path.module}/../../deployer-policy.json")))
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.role["deploy"].name
  policy_arn = aws_iam_policy.deploy.arn
}

output "roles" {
  description = "The values of the variables AWS_PLAN_ROLE and AWS_DEPLOY_ROLE of the repository."
  value       = { for name, role in aws_iam_role.role : name => role.arn }
}
