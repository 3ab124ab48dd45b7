/**
 * Runs Terraform in terraform/, after saying in one sentence what is missing.
 *
 *     tsx scripts/terraform/deploy.ts init|plan|apply|destroy [arguments of Terraform]
 */
import { ask, run } from './terraform.ts';
import { type Need, firstMissing, unreachable } from './needs.ts';
import { refusal } from './protection.ts';

/** What each command needs, in the order in which one gets it. */
const needs = {
  init: ['terraform'],
  plan: ['terraform', 'package', 'init', 'credentials', 'variables'],
  apply: ['terraform', 'package', 'init', 'credentials', 'variables'],
  destroy: ['terraform', 'package', 'init', 'credentials', 'variables'],
} as const satisfies Record<string, readonly Need[]>;

type Command = keyof typeof needs;

/** What Terraform is told besides. Its tests are run elsewhere, and would fill the screen with the modules of each. */
const always: Partial<Record<Command, readonly string[]>> = { init: ['-test-directory=modules'] };

async function main([command = '', ...args]: readonly string[]): Promise<number> {
  if (!isCommand(command))
    throw new Error(`There is no command "${command}": it is one of ${Object.keys(needs).join(', ')}.`);
  const missing = firstMissing(needs[command], { env: process.env, args });
  if (missing !== undefined) throw new Error(missing);
  if (command === 'destroy') {
    const refused = refusal(await ask(args));
    if (refused !== undefined) throw new Error(refused);
  }
  const { status, stderr } = await run(command, [...(always[command] ?? []), ...args]);
  const missed = unreachable(stderr);
  if (status !== 0 && missed !== undefined) throw new Error(missed);
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
