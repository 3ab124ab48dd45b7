/**
 * Restores tables to a point in time, as new tables, and prints how Terraform takes them over.
 *
 *     tsx scripts/terraform/restore.ts <instant, such as 2026-11-29T10:00:00Z, or latest> <suffix> [<key>=<table> ...]
 *
 * Without tables, all of the deployment in terraform/. The existing tables are not changed. DYNAMODB_ENDPOINT names another database.
 */
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputs } from './terraform.ts';

const endpoint = process.env['DYNAMODB_ENDPOINT'];
const database = new DynamoDBClient(endpoint ? { endpoint } : {});

/** Milliseconds between two looks at a table that is being restored. */
const pollMs = endpoint ? 100 : 10_000;

interface Restore {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** Waits until a table can be used. A restore takes from minutes to hours. */
async function waitUntilActive(name: string): Promise<void> {
  for (;;) {
    const { Table } = await database.send(new DescribeTableCommand({ TableName: name }));
    const indexes = Table?.GlobalSecondaryIndexes ?? [];
    if (Table?.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return;
    await sleep(pollMs);
  }
}

async function assertRecoverable({ from }: Restore): Promise<void> {
  const { ContinuousBackupsDescription: backups } = await database.send(
    new DescribeContinuousBackupsCommand({ TableName: from }),
  );
  if (backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus !== 'ENABLED')
    throw new Error(`${from} has no point-in-time recovery.`);
}

/** Starts the restore of one table. */
async function start({ from, to }: Restore, at: Date | undefined): Promise<void> {
  const when = at === undefined ? { UseLatestRestorableTime: true } : { RestoreDateTime: at };
  await database.send(new RestoreTableToPointInTimeCommand({ SourceTableName: from, TargetTableName: to, ...when }));
}

/** Sets what a restored table does not have, as the original has it. */
async function complete({ from, to }: Restore): Promise<void> {
  await waitUntilActive(to);
  const { TimeToLiveDescription: ttl } = await database.send(new DescribeTimeToLiveCommand({ TableName: from }));
  if (ttl?.AttributeName !== undefined) {
    const TimeToLiveSpecification = { AttributeName: ttl.AttributeName, Enabled: true };
    await database.send(new UpdateTimeToLiveCommand({ TableName: to, TimeToLiveSpecification }));
  }
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await database.send(new UpdateContinuousBackupsCommand({ TableName: to, PointInTimeRecoverySpecification }));
  await database.send(new UpdateTableCommand({ TableName: to, DeletionProtectionEnabled: true }));
  await waitUntilActive(to);
}

/** The commands by which Terraform uses the restored tables in place of the others. */
function instructions(restores: readonly Restore[]): string {
  const names = restores.map(({ key, to }) => `  ${key} = "${to}"`).join('\n');
  const moves = restores.map(({ key, to }) => {
    const address = `'module.api.module.tables.aws_dynamodb_table.table["${key}"]'`;
    return `terraform -chdir=terraform state rm ${address}\nterraform -chdir=terraform import ${address} ${to}`;
  });
  return (
    `Restored. To switch, write this into terraform/terraform.tfvars:\n\ntable_names = {\n${names}\n}\n\n` +
    `Then run these commands; the plan must not create or delete a table:\n\n${moves.join('\n')}\nmake plan\nmake apply`
  );
}

function tablesOf(args: readonly string[]): Readonly<Record<string, string>> {
  if (args.length === 0) return (outputs()['table_names'] ?? {}) as Record<string, string>;
  return Object.fromEntries(args.map((one) => one.split('=') as [string, string]));
}

async function main([instant = '', suffix = '', ...args]: readonly string[]): Promise<void> {
  const at = instant === 'latest' ? undefined : new Date(instant);
  if (Number.isNaN(at?.getTime() ?? 0) || !/^[\w.-]+$/.test(suffix))
    throw new Error('Usage: restore.ts <2026-11-29T10:00:00Z or latest> <suffix> [<key>=<table> ...]');
  const restores = Object.entries(tablesOf(args)).map(([key, from]): Restore => ({
    key,
    from,
    to: `${from}-${suffix}`,
  }));
  if (restores.length === 0)
    throw new Error('There are no tables: run this where the deployment was applied, or name tables.');
  await Promise.all(restores.map(assertRecoverable));
  await Promise.all(restores.map((one) => start(one, at)));
  await Promise.all(restores.map(complete));
  console.log(instructions(restores));
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
