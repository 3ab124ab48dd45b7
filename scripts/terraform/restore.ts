/**
 * Restores tables to a point in time, as new tables, and prints how Terraform takes them over.
 *
 *     tsx scripts/terraform/restore.ts <instant, such as 2026-11-29T10:00:00Z, or latest> <suffix> [<key>=<table> ...]
 *
 * Without tables, all of the deployment in terraform/, or of the environment that ENV names. The existing tables are not changed. If it is
 * interrupted, the same command continues. DYNAMODB_ENDPOINT names another database.
 */
import {
  ContinuousBackupsUnavailableException,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  TableAlreadyExistsException,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, environmentOf } from './environment.ts';
import { folder, outputs } from './terraform.ts';

const endpoint = process.env['DYNAMODB_ENDPOINT'];
const database = new DynamoDBClient(endpoint ? { endpoint } : {});

/** Milliseconds between two looks at a table that is being restored. */
const pollMs = endpoint ? 100 : 10_000;

interface Restore {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** A table; undefined if there is none, including for a moment after its restore has started. */
async function describe(name: string): Promise<TableDescription | undefined> {
  try {
    return (await database.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Waits until a table can be used. A restore takes from minutes to hours. */
async function waitUntilActive(name: string): Promise<TableDescription> {
  for (;;) {
    const table = await describe(name);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    if (table?.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return table;
    await sleep(pollMs);
  }
}

/** The latest second to which a table can be restored. */
async function latestOf({ from }: Restore): Promise<number> {
  const { ContinuousBackupsDescription: backups } = await database.send(
    new DescribeContinuousBackupsCommand({ TableName: from }),
  );
  const { PointInTimeRecoveryStatus: status, LatestRestorableDateTime: latest } =
    backups?.PointInTimeRecoveryDescription ?? {};
  if (status !== 'ENABLED') throw new Error(`${from} has no point-in-time recovery.`);
  return Math.floor((latest ?? new Date()).getTime() / 1_000) * 1_000;
}

/** Starts the restore of one table, unless an interrupted run has started it. */
async function start({ from, to }: Restore, at: Date): Promise<void> {
  try {
    await database.send(
      new RestoreTableToPointInTimeCommand({ SourceTableName: from, TargetTableName: to, RestoreDateTime: at }),
    );
  } catch (error) {
    if (!(error instanceof TableAlreadyExistsException)) throw error;
    const { SourceTableArn: source = '', RestoreDateTime: when } = (await describe(to))?.RestoreSummary ?? {};
    if (source.endsWith(`:table/${from}`) && when?.getTime() === at.getTime()) return;
    const known = when === undefined ? '' : ` It is ${source.split('/').at(-1)} as of ${instantOf(when)}.`;
    throw new Error(`${to} exists already.${known} Choose another suffix.`, { cause: error });
  }
}

/** Sets what a restored table does not have, as the original has it. */
async function complete({ from, to }: Restore): Promise<void> {
  const table = await waitUntilActive(to);
  const [wanted, present] = await Promise.all([from, to].map(timeToLiveOf));
  if (wanted !== undefined && present === undefined) {
    const TimeToLiveSpecification = { AttributeName: wanted, Enabled: true };
    await database.send(new UpdateTimeToLiveCommand({ TableName: to, TimeToLiveSpecification }));
  }
  await enableRecovery(to);
  if (table.DeletionProtectionEnabled !== true)
    await database.send(new UpdateTableCommand({ TableName: to, DeletionProtectionEnabled: true }));
  await waitUntilActive(to);
}

/** The attribute by which the items of a table expire; undefined if they do not. */
async function timeToLiveOf(TableName: string): Promise<string | undefined> {
  return (await database.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription?.AttributeName;
}

/** DynamoDB is not ready for this at once on a new table. */
async function enableRecovery(TableName: string): Promise<void> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  for (;;) {
    try {
      await database.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
      return;
    } catch (error) {
      if (!(error instanceof ContinuousBackupsUnavailableException)) throw error;
      await sleep(pollMs);
    }
  }
}

/** As the command takes it. */
const instantOf = (date: Date) => date.toISOString().replace('.000Z', 'Z');

/** The commands by which Terraform uses the restored tables in place of the others. */
function instructions(restores: readonly Restore[], environment: Environment | undefined): string {
  const names = restores.map(({ key, to }) => `  ${key} = "${to}"`).join('\n');
  const { variables = 'terraform.tfvars', name } = environment ?? {};
  const terraform = `${environment ? `TF_DATA_DIR=${environment.dataFolder} ` : ''}terraform -chdir=${folder}`;
  const options = environment ? `-var-file=${variables} ` : '';
  const make = ['make plan', 'make apply'].map((command) => (name ? `${command} ENV=${name}` : command));
  const moves = restores.map(({ key, to }) => {
    const address = `'module.api.module.tables.aws_dynamodb_table.table["${key}"]'`;
    return `${terraform} state rm ${address}\n${terraform} import ${options}${address} ${to}`;
  });
  const { events, registrations } = Object.fromEntries(restores.map(({ key, to }) => [key, to]));
  const check =
    events && registrations
      ? `To check that the tables belong together:\n\nnode --import tsx scripts/terraform/check-tables.ts ${events} ${registrations}\n\n`
      : '';
  return (
    `Restored. ${check}To switch, write this into ${folder}/${variables}:\n\ntable_names = {\n${names}\n}\n\n` +
    `Then run these commands; the plan must not create or delete a table:\n\n${[...moves, ...make].join('\n')}`
  );
}

function tablesOf(args: readonly string[]): Readonly<Record<string, string>> {
  if (args.length === 0) return (outputs()['table_names'] ?? {}) as Record<string, string>;
  return Object.fromEntries(args.map((one) => one.split('=') as [string, string]));
}

async function main([instant = '', suffix = '', ...args]: readonly string[]): Promise<void> {
  // Without an offset, it would be an instant of the operator's time zone.
  const given = instant === 'latest' ? undefined : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(instant) ? instant : '');
  if (Number.isNaN(given) || !/^[\w.-]+$/.test(suffix))
    throw new Error('Usage: restore.ts <2026-11-29T10:00:00Z or latest> <suffix> [<key>=<table> ...]');
  const environment = environmentOf(process.env);
  if (environment !== undefined) process.env['TF_DATA_DIR'] = environment.dataFolder;
  const restores = Object.entries(tablesOf(args)).map(([key, from]): Restore => ({
    key,
    from,
    to: `${from}-${suffix}`,
  }));
  if (restores.length === 0)
    throw new Error('There are no tables: run this where the deployment was applied, or name tables.');
  // The same second for all of them, because their items belong together.
  const latest = Math.min(...(await Promise.all(restores.map(latestOf))));
  const at = new Date(given ?? latest);
  await Promise.all(restores.map((one) => start(one, at)));
  console.log(
    `Restoring ${restores.map(({ to }) => to).join(', ')} as of ${instantOf(at)}, which takes from minutes to hours. ` +
      'If this command is interrupted, run it again with this instant and the same suffix: it continues.\n',
  );
  await Promise.all(restores.map(complete));
  console.log(instructions(restores, environment));
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
