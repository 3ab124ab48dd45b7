/** Warns before an apply that would silently undo a rollback. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Context, savedPlan } from './needs.ts';
import { folder } from './terraform.ts';

/** Says that older code serves and that this command would change it; undefined if the newest version serves, or live_version is set. */
export function rollbackWarning(outputs: Readonly<Record<string, unknown>>, context: Context): string | undefined {
  const { live_version: live, newest_version: newest } = outputs;
  if (typeof live !== 'string' || typeof newest !== 'string' || live === newest || setsLiveVersion(context))
    return undefined;
  return (
    `Warning: version ${live} serves all requests, although version ${newest} is the newest, and live_version is not set: this ` +
    `sends all requests to the newest version. To stay, add live_version = "${live}" to terraform/terraform.tfvars.`
  );
}

/** Whether live_version has a value; a saved plan has its own. */
function setsLiveVersion({ env, args }: Context): boolean {
  if (savedPlan(args) !== undefined || env['TF_VAR_live_version'] !== undefined) return true;
  if (args.some((one) => one.includes('live_version='))) return true;
  const named = args.flatMap((one) => /^--?var-file=(.*)/.exec(one)?.[1] ?? []);
  const loaded = readdirSync(folder).filter((name) =>
    /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name),
  );
  return [...named, ...loaded].some((name) => /^\s*"?live_version"?\s*[=:]/m.test(textOf(resolve(folder, name))));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
