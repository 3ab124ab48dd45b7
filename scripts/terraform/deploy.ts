/**
 * Runs Terraform in terraform/. If something is missing, prints one sentence that explains how to get it, and runs nothing.
 *
 *     tsx scripts/terraform/deploy.ts init|plan|apply|destroy [arguments of Terraform]
 *
 * ENV=staging selects an environment: variables and state of its own.
 */
import { environmentOf } from './environment.ts';
import { outputs, planDestroy, run } from './terraform.ts';
import { type Need, firstMissing, unreachable } from './needs.ts';
import { protectionError } from './protection.ts';
import { rollbackWarning } from './rollback.ts';

/** What each command needs, in the order in which an operator sets it up. */
const needs = {
  init: ['terraform'],
  plan: ['terraform', 'packages', 'init', 'credentials', 'variables'],
  apply: ['terraform', 'packages', 'init', 'credentials', 'variables'],
  destroy: ['terraform', 'packages', 'init', 'credentials', 'variables'],
} as const satisfies Record<string, readonly Need[]>;

type Command = keyof typeof needs;

/** Additional arguments. Without this one, init lists the modules of every test; scripts/terraform/test.ts runs the tests. */
const additional: Partial<Record<Command, readonly string[]>> = { init: ['-test-directory=modules'] };

async function main([command = '', ...given]: readonly string[]): Promise<number> {
  if (!isCommand(command))
    throw new Error(`Unknown command "${command}": expected one of ${Object.keys(needs).join(', ')}.`);
  const environment = environmentOf(process.env);
  if (environment !== undefined) process.env['TF_DATA_DIR'] = environment.dataFolder;
  const args = [...(environment?.argumentsOf(command, given) ?? []), ...given];
  const missing = firstMissing(needs[command], { env: process.env, args });
  if (missing !== undefined) throw new Error(missing);
  if (command === 'destroy') {
    const problem = protectionError(await planDestroy(args));
    if (problem !== undefined) throw new Error(problem);
  }
  if (command === 'plan' || command === 'apply') {
    const warning = rollbackWarning(outputs(), { env: process.env, args });
    if (warning !== undefined) process.stderr.write(`${warning}\n\n`);
  }
  const { status, stderr } = await run(command, [...(additional[command] ?? []), ...args]);
  const explanation = unreachable(stderr);
  if (status !== 0 && explanation !== undefined) throw new Error(explanation);
  return status;
}

function isCommand(word: string): word is Command {
  return Object.hasOwn(needs, word);
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
