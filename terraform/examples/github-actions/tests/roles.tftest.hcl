# Who may assume the roles, and what the roles may do with the state, with values written by hand.

mock_provider "aws" {
  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/event-management-api-deploy" }
  }
}

variables {
  repository   = "example/events"
  state_bucket = "example-state"
}

run "roles" {
  assert {
    condition = { for name, role in aws_iam_role.role : name => jsondecode(role.assume_role_policy).Statement } == {
      for name, subjects in {
        plan   = ["repo:example/events:pull_request", "repo:example/events:ref:refs/heads/main"]
        deploy = ["repo:example/events:environment:production"]
        } : name => [{
          Effect    = "Allow"
          Action    = "sts:AssumeRoleWithWebIdentity"
          Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
          Condition = {
            StringEquals = {
              "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
              "token.actions.githubusercontent.com:sub" = subjects
            }
          }
      }]
    }
    error_message = "Runs of this repository may plan, and deploy only after the approval of the environment: ${jsonencode(values(aws_iam_role.role)[*].assume_role_policy)}"
  }
  assert {
    condition     = aws_iam_openid_connect_provider.github.client_id_list == toset(["sts.amazonaws.com"])
    error_message = "Tokens are those for AWS."
  }
  assert {
    condition     = aws_iam_role_policy_attachment.plan.role == "event-management-api-plan" && aws_iam_role_policy_attachment.plan.policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "A plan can only read."
  }
  assert {
    condition     = aws_iam_role_policy_attachment.deploy.role == "event-management-api-deploy" && aws_iam_role_policy_attachment.deploy.policy_arn == aws_iam_policy.deploy.arn
    error_message = "The role that deploys has the policy of the deployer."
  }
  assert {
    condition = alltrue([
      for one in aws_iam_role_policy.state : flatten([for statement in jsondecode(one.policy).Statement : statement.Resource]) == [
        "arn:aws:s3:::example-state", "arn:aws:s3:::example-state/event-management-api/*",
      ]
    ])
    error_message = "Both reach the state of this project only."
  }
}
