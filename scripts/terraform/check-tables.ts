/**
 * Compares the counters of all events with their registrations, and prints what differs. It reads both tables completely, and writes
 * nothing.
 *
 *     tsx scripts/terraform/check-tables.ts <events table> <registrations table>
 *
 * DYNAMODB_ENDPOINT names another database.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { scanTable } from '../stack/database/scan.ts';
import { differencesIn } from './differences.ts';

const endpoint = process.env['DYNAMODB_ENDPOINT'];
const database = new DynamoDBClient(endpoint ? { endpoint } : {});

async function main([events, registrations]: readonly string[]): Promise<void> {
  if (events === undefined || registrations === undefined)
    throw new Error('Usage: check-tables.ts <events table> <registrations table>');
  const items = await Promise.all([scanTable(database, events), scanTable(database, registrations)]);
  const differences = differencesIn(...items);
  for (const difference of differences) console.log(difference);
  console.log(
    `${differences.length} differences in ${items[0].length} items of ${events} and ${items[1].length} of ${registrations}.`,
  );
  if (differences.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
