locals {
  user_pool_id = var.create_user_pool ? aws_cognito_user_pool.users[0].id : var.user_pool_id
  client_id    = var.create_user_pool ? aws_cognito_user_pool_client.app[0].id : var.cognito_client_id

  # The part before the underscore is the region of the pool, which may differ from that of the API.
  issuer = "https://cognito-idp.${split("_", local.user_pool_id)[0]}.amazonaws.com/${local.user_pool_id}"
}

resource "aws_cognito_user_pool" "users" {
  count = var.create_user_pool ? 1 : 0

  name                     = var.events_function_name
  user_pool_tier           = "LITE"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"

  # Ada@example.com and ada@example.com are one user. This cannot be changed later.
  username_configuration {
    case_sensitive = false
  }

  # Administrators create users; there is no self-service sign-up.
  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 7
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  mfa_configuration = "OPTIONAL"

  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool_client" "app" {
  count = var.create_user_pool ? 1 : 0

  name         = "${var.events_function_name}-app"
  user_pool_id = aws_cognito_user_pool.users[0].id

  # Web pages and mobile apps cannot keep a secret.
  generate_secret = false

  # Users sign in with SRP only. The admin flow, which gets tokens on the command line, needs AWS credentials.
  explicit_auth_flows           = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]
  prevent_user_existence_errors = "ENABLED"
  enable_token_revocation       = true

  # Sign-in pages: authorization code with PKCE, which Cognito requires of no client but accepts from all.
  allowed_oauth_flows_user_pool_client = var.sign_in_domain == null ? null : true
  allowed_oauth_flows                  = var.sign_in_domain == null ? null : ["code"]
  allowed_oauth_scopes                 = var.sign_in_domain == null ? null : ["openid"]
  supported_identity_providers         = var.sign_in_domain == null ? null : ["COGNITO"]
  callback_urls                        = var.sign_in_domain == null ? null : var.callback_urls

  access_token_validity  = 60
  id_token_validity      = 60
  refresh_token_validity = 30

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_domain" "sign_in" {
  count = var.sign_in_domain == null ? 0 : 1

  domain       = var.sign_in_domain
  user_pool_id = aws_cognito_user_pool.users[0].id
}

resource "aws_cognito_user_group" "organizers" {
  count = var.create_user_pool ? 1 : 0

  name         = var.organizers_group
  description  = "May create events, and change their own."
  user_pool_id = aws_cognito_user_pool.users[0].id
}
