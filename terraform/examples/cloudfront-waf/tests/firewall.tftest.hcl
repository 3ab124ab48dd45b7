# What the firewall does with requests, with values written by hand.

mock_provider "aws" {
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/event-management-api/1" }
  }
}

variables {
  origin_domain        = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
  requests_per_address = 500
}

run "firewall" {
  assert {
    condition = [
      for rule in aws_wafv2_web_acl.api.rule : [rule.action[0].block[0].custom_response[0].response_code, rule.statement[0].rate_based_statement[0].limit, rule.statement[0].rate_based_statement[0].aggregate_key_type]
      if rule.name == "limit-by-address"
    ] == [[429, 500, "IP"]]
    error_message = "An address that sends too many requests gets 429."
  }
  assert {
    condition     = [for rule in aws_wafv2_web_acl.api.rule : length(rule.override_action[0].count) if rule.name == "common"] == [1]
    error_message = "The rules of AWS count only, as they can take JSON for an attack."
  }
  assert {
    condition     = aws_cloudfront_distribution.api.web_acl_id == aws_wafv2_web_acl.api.arn
    error_message = "CloudFront asks the firewall."
  }
  assert {
    condition = alltrue([
      for one in aws_cloudfront_distribution.api.origin :
      one.domain_name == var.origin_domain && one.custom_origin_config[0].origin_protocol_policy == "https-only" && one.custom_origin_config[0].origin_ssl_protocols == toset(["TLSv1.2"])
    ])
    error_message = "Requests reach the API over TLS only."
  }
  # Managed policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
  assert {
    condition     = aws_cloudfront_distribution.api.default_cache_behavior[0].cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" && aws_cloudfront_distribution.api.default_cache_behavior[0].viewer_protocol_policy == "https-only"
    error_message = "No response is cached, because most depend on the token."
  }
}
