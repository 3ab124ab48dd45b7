/**
 * Copies a substitute for Terraform's registry, which has an older version of the AWS provider, and adds to the copy what terraform/ uses of
 * newer versions. Prints the path of the program of the copy.
 *
 *     tsx scripts/terraform/substitute.ts <folder of the substitute>
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oldestProvider } from './provider.ts';

const copy = 'build/terraform-substitute';

interface Schema {
  readonly block: {
    readonly attributes: Record<string, object>;
    readonly block_types: Record<string, Schema & Record<string, unknown>>;
  };
}

/** From 6.29 on, an index has its keys in blocks; the arguments for them are deprecated. */
function addKeySchema(table: Schema): void {
  const { attributes, block_types: blocks } = table.block.block_types['global_secondary_index']!.block;
  for (const name of ['hash_key', 'range_key']) attributes[name] = { type: 'string', optional: true, deprecated: true };
  const required = { type: 'string', required: true };
  blocks['key_schema'] = {
    nesting_mode: 'list',
    block: { attributes: { attribute_name: required, key_type: required }, block_types: {} },
  };
}

/** Replaces the only place of a text in a file of the copy. */
function replace(file: string, before: string, after: string): void {
  const parts = readFileSync(join(copy, file), 'utf8').split(before);
  if (parts.length !== 2) throw new Error(`${file} of the substitute has changed: it must have "${before}" once.`);
  writeFileSync(join(copy, file), parts.join(after));
}

function main([folder]: readonly string[]): void {
  if (folder === undefined) throw new Error('Usage: substitute.ts <folder of the substitute>');
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  // Its programs are CommonJS; the project's package.json says otherwise.
  writeFileSync(join(copy, 'package.json'), '{ "type": "commonjs" }\n');

  const file = join(copy, 'schemas/aws.json');
  const schemas = JSON.parse(readFileSync(file, 'utf8')) as {
    provider_schemas: Record<string, { resource_schemas: Record<string, Schema> }>;
  };
  for (const { resource_schemas: resources } of Object.values(schemas.provider_schemas))
    addKeySchema(resources['aws_dynamodb_table']!);
  writeFileSync(file, JSON.stringify(schemas));

  // It checks that each attribute of a table is a key of something.
  replace(
    'provider.js',
    'of [i.hash_key, i.range_key])',
    'of [i.hash_key, i.range_key, ...(i.key_schema || []).map((key) => key.attribute_name)])',
  );
  replace('run-check', "'aws-version': '6.19.0'", `'aws-version': '${oldestProvider()}'`);
  console.log(join(copy, 'run-check'));
}

main(process.argv.slice(2));
