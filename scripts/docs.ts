import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const contract = 'openapi/openapi.yaml';
const target = 'build/docs/index.html';

/** Enforced by the browser, whatever the page's script tries: nothing is loaded from anywhere. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const emptyImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

const redoclyInWords =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='52' height='16'%3E" +
  "%3Ctext y='12' font-family='sans-serif' font-size='12' fill='%23555'%3ERedocly%3C/text%3E%3C/svg%3E";

/** What Redoc's own script would fetch while the page is shown: its logo, an icon font, measurements of use. */
const fetched: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g, redoclyInWords],
  [/https:\/\/cdn\.redocly\.com\/icons\/[\w./-]+/g, emptyImage],
  [/https:\/\/otel\.cloud\.redocly\.com\/[\w/]*/g, 'data:,'],
];

/**
 * The page without anything that another host would be asked for.
 *
 * @throws Error when Redoc's script names a host of Redocly's that this file does not know yet
 */
function withoutForeignHosts(page: string): string {
  const stripped = fetched.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), page);
  const left = /https:\/\/(?:cdn|otel)[\w.-]*\.redoc[\w.-]*/.exec(stripped);
  if (left !== null) throw new Error(`The page would still ask ${left[0]}: add it to the list in scripts/docs.ts.`);
  return stripped.replace(
    '<head>',
    `<head>\n  <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">\n  <link rel="icon" href="data:,">`,
  );
}

/** Runs Redocly, whose notices about Node and itself are shown only when it fails. */
function redocly(args: readonly string[]): Promise<void> {
  const manifest = createRequire(join(process.cwd(), 'package.json')).resolve('@redocly/cli/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { redocly: string } };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dirname(manifest), bin.redocly), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const boxes = /^ *[╔║╚].*\n?/gm;
      if (code === 0) resolve();
      else reject(new Error(`The documentation cannot be built.\n${output.replace(boxes, '').trim()}`));
    });
  });
}

/** Builds the contract's documentation: one HTML file that needs no other. */
async function main(): Promise<void> {
  const raw = `${target}.raw`;
  mkdirSync(dirname(target), { recursive: true });
  await redocly(['build-docs', contract, '--output', raw, '--inlineBundle']);
  writeFileSync(raw, withoutForeignHosts(readFileSync(raw, 'utf8')));
  renameSync(raw, target);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
