/** The AWS provider that terraform/ requires. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest version that terraform/ allows, such as `6.36.0`. */
export function oldestProvider(): string {
  const [, version] = /version += "~> ([\d.]+)"/.exec(readFileSync('terraform/versions.tf', 'utf8')) ?? [];
  if (version === undefined) throw new Error('terraform/versions.tf names no version of the provider.');
  return `${version}.0`;
}

/** Makes Terraform take the oldest version that is allowed, in a copy of the project. */
export function pinOldestProvider(copy: string): void {
  const aws = `aws = { source = "hashicorp/aws", version = "${oldestProvider()}" }`;
  writeFileSync(
    join(copy, 'terraform/version_override.tf'),
    `terraform {\n  required_providers {\n    ${aws}\n  }\n}\n`,
  );
}
