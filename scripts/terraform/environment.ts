/** Several deployments from one working copy, such as staging and production. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { savedPlan } from './needs.ts';
import { folder } from './terraform.ts';

/** A deployment with variables and state of its own. */
export interface Environment {
  readonly name: string;
  /** The file with its variables, relative to the root module. */
  readonly variables: string;
  /** Where Terraform keeps providers and the location of the state: of each environment, so that changing it needs no new init. */
  readonly dataFolder: string;
  /** The arguments that select the environment in a command of Terraform. */
  argumentsOf(command: string, args: readonly string[]): readonly string[];
}

/**
 * The environment that ENV names; undefined if it names none. A value with a slash is the startup file of a POSIX shell.
 *
 * @throws Error if the name is invalid, or if the environment has no variables or nowhere to keep its state
 */
export function environmentOf({ ENV: name = '' }: NodeJS.ProcessEnv): Environment | undefined {
  if (name === '' || name.includes('/')) return undefined;
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new Error(`ENV must be lowercase letters, digits and hyphens, such as staging, not "${name}".`);
  const variables = `environments/${name}.tfvars`;
  if (!existsSync(join(folder, variables)))
    throw new Error(`The environment ${name} has no variables: write ${folder}/${variables}.`);
  if (!existsSync(join(folder, 'backend.tf')))
    throw new Error(`Environments need a shared state: copy ${folder}/backend.tf.example to ${folder}/backend.tf.`);
  return {
    name,
    variables,
    dataFolder: resolve(folder, '.terraform/environments', name),
    argumentsOf(command, args) {
      if (command === 'init') return [`-backend-config=key=event-management-api/${name}/terraform.tfstate`];
      return savedPlan(args) === undefined ? [`-var-file=${variables}`] : [];
    },
  };
}
