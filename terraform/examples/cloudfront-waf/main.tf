# CloudFront with AWS WAF in front of the API, which HTTP APIs do not support themselves: a limit for each address, and the rules of AWS
# against common attacks. Apply it in us-east-1, where web ACLs of CloudFront are:
#
#   terraform init && terraform apply -var origin_domain=<host name of api_url>
#
# The API remains available at its own address, so this protects clients that use the domain of CloudFront, and does not hide the API. To
# allow no other way, give the API a custom domain that only CloudFront knows how to authenticate to, with mutual TLS.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.36"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "origin_domain" {
  description = "The host name in the output api_url, such as a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com."
  type        = string
}

variable "requests_per_address" {
  description = "The maximum number of requests from one address in five minutes. Everyone in an office or a school can share one."
  type        = number
  default     = 3000
}

resource "aws_wafv2_web_acl" "api" {
  # checkov:skip=CKV_AWS_192: The API runs on Node.js, which has no Log4j.
  # checkov:skip=CKV2_AWS_31: The metrics and samples of each rule suffice for an example; a log costs extra.
  name  = "event-management-api"
  scope = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "limit-by-address"
    priority = 1

    action {
      block {
        custom_response {
          response_code = 429
        }
      }
    }

    statement {
      rate_based_statement {
        limit              = var.requests_per_address
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "limit-by-address"
      sampled_requests_enabled   = true
    }
  }

  # Counts only: look at what it would block before you change count to none. Bodies are JSON, which it can mistake for attacks.
  rule {
    name     = "common"
    priority = 2

    override_action {
      count {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "event-management-api"
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudfront_distribution" "api" {
  # checkov:skip=CKV_AWS_86: The access log of the gateway has each request.
  # checkov:skip=CKV_AWS_174: The example has no domain of its own, so it has the certificate of CloudFront.
  # checkov:skip=CKV_AWS_305: An API has no page at its root.
  # checkov:skip=CKV_AWS_310: There is one API, so there is no second origin to fail over to.
  # checkov:skip=CKV_AWS_374: Who may use the API does not depend on the country.
  # checkov:skip=CKV2_AWS_32: The API sets the headers of its responses itself.
  # checkov:skip=CKV2_AWS_42: The example has no domain of its own, so it has the certificate of CloudFront.
  # checkov:skip=CKV2_AWS_47: The API runs on Node.js, which has no Log4j.
  comment         = "Event Management API"
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = "PriceClass_100"
  web_acl_id      = aws_wafv2_web_acl.api.arn

  origin {
    origin_id   = "api"
    domain_name = var.origin_domain

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "api"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods         = ["GET", "HEAD"]

    # Managed policies of AWS: CachingDisabled, and AllViewerExceptHostHeader, because the gateway finds the API by its host name.
    cache_policy_id          = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

output "url" {
  description = "The URL of the API through CloudFront, to which the base path is appended."
  value       = "https://${aws_cloudfront_distribution.api.domain_name}"
}
