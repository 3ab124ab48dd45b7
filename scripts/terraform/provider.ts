/** The AWS provider that terraform/ requires. */
import { readFileSync } from 'node:fs';

/** The oldest version that terraform/ allows, such as `6.36.0`. */
export function oldestProvider(): string {
  const [, version] = /version += "~> ([\d.]+)"/.exec(readFileSync('terraform/versions.tf', 'utf8')) ?? [];
  if (version === undefined) throw new Error('terraform/versions.tf names no version of the provider.');
  return `${version}.0`;
}
