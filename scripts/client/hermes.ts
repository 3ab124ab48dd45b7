/**
 * The engine of React Native, which has neither classes nor async generators, nor `crypto`, nor `Symbol.asyncIterator`. The program is
 * compiled as React Native compiles it. The engine alone has no network, so it gets the responses that Node.js got before.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** What React Native compiles with, and what it puts in place of missing globals. */
export const reactNativePackages = [
  '@babel/core@7.29.0',
  '@react-native/babel-preset@0.81.5',
  'whatwg-fetch@3.6.20',
  'abort-controller@3.0.0',
] as const;

interface Recorded {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface Babel {
  transformSync(code: string, options: object): { readonly code: string };
}

/** The globals of React Native 0.74 and later that the shell of this engine lacks. Its timers do not wait, so the long ones, which are deadlines, are left out. */
const globals = `
  globalThis.self = globalThis;
  globalThis.console = { warn: print, error: print };
  globalThis.performance = { now: () => Date.now() };
  globalThis.URL = class { constructor(href) { this.href = href; } };
  globalThis.TextEncoder = class { encode(text) { return { length: unescape(encodeURIComponent(text)).length }; } };
  const timer = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms) => (ms > 1_000 ? 0 : timer(work, ms));`;

/**
 * Runs `use.mjs` of the project in the engine.
 *
 * @param home where the packages of React Native are installed
 * @param bundle bundles a program into one ES module
 * @returns what `use` returns
 */
export async function inHermes(
  binary: string,
  project: string,
  home: string,
  bundle: (entry: string) => Promise<string>,
  [url, token]: readonly [string, string],
): Promise<string> {
  const recorded = await record(project, url, token);
  writeFileSync(join(project, 'hermes-globals.mjs'), globals);
  const packages = createRequire(join(home, 'package.json'));
  const fetchPackage = packages.resolve('whatwg-fetch').replace(/dist.*/, 'fetch.js');
  const abortPackage = packages.resolve('abort-controller').replace(/[^/]+$/, 'abort-controller.mjs');
  const code = await bundle(`
    import './hermes-globals.mjs';
    import { Headers, Request, Response } from ${JSON.stringify(fetchPackage)};
    import { AbortController } from ${JSON.stringify(abortPackage)};
    import { use } from './use.mjs';
    const responses = ${JSON.stringify(recorded)};
    const fetch = async () => { const { body, ...init } = responses.shift(); return new Response(body || undefined, init); };
    Object.assign(globalThis, { Headers, Request, Response, AbortController, fetch });
    use(${JSON.stringify(url)}, ${JSON.stringify(token)}).then(print, (error) => print(error.stack));`);
  const { transformSync } = packages('@babel/core') as Babel;
  const preset: unknown = packages('@react-native/babel-preset');
  const compiled = transformSync(code, {
    presets: [[preset, { disableImportExportTransform: true, enableBabelRuntime: false }]],
    filename: 'hermes.js',
    compact: true,
    babelrc: false,
    configFile: false,
  });
  writeFileSync(join(project, 'hermes.js'), compiled.code);
  const { stdout } = await promisify(execFile)(binary, ['-w', '-Xes6-promise=1', 'hermes.js'], { cwd: project });
  return stdout.trim();
}

/** The responses that the program gets in this process, in order. */
async function record(project: string, url: string, token: string): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request);
    const { status, headers } = response;
    recorded.push({ status, headers: [...headers], body: await response.clone().text() });
    return response;
  };
  try {
    const { use } = (await import(pathToFileURL(join(project, 'use.mjs')).href)) as {
      use(url: string, token: string): Promise<string>;
    };
    await use(url, token);
  } finally {
    globalThis.fetch = fetch;
  }
  return recorded;
}
