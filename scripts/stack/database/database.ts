/** The local database: dynoxide, or Amazon's DynamoDB Local on a platform for which dynoxide has no program. */
import { hasJava, startAmazonDatabase } from './dynamodb-local.ts';
import { findDatabaseBinary, startDatabase } from './dynoxide.ts';
import type { DatabaseOptions, LocalDatabase } from './process.ts';

/** The engine for a machine. If it has neither program, dynoxide says what to do. */
export function chooseEngine(hasDynoxide: boolean, java: () => boolean = hasJava): 'dynoxide' | 'DynamoDB Local' {
  return hasDynoxide || !java() ? 'dynoxide' : 'DynamoDB Local';
}

/**
 * Starts the local database and waits until it responds.
 *
 * @throws PortError if the port is taken
 * @throws Error if no engine is available or it does not start; the message is one sentence for people
 */
export async function startLocalDatabase({ file, ...options }: DatabaseOptions): Promise<LocalDatabase> {
  const engine = chooseEngine(findDatabaseBinary() !== undefined);
  if (engine === 'dynoxide') return startDatabase({ ...options, ...(file === undefined ? {} : { file }) });
  // The engines cannot read each other's data, and DynamoDB Local needs a folder.
  return startAmazonDatabase({ ...options, ...(file === undefined ? {} : { file: `${file}.dynamodb-local` }) });
}
