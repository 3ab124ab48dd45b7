/** The emulator of AWS (ministack), on 127.0.0.1 only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { functionNode } from '../../function/node.ts';
import { installPythonPackages } from '../../quality/python.ts';
import { type LocalDatabase, startEngine } from '../../stack/database/process.ts';
import { loopback } from '../../stack/ports.ts';

/** The region of everything that is deployed. */
export const region = 'us-east-1';

export interface Emulator {
  /** Its address, without a trailing slash. */
  readonly url: string;
  /** The account that it emulates: twelve digits. */
  readonly account: string;
  /** The Python with botocore. */
  readonly python: string;
  /** Ends it and the functions that it runs. */
  stop(): Promise<void>;
}

/**
 * Starts the emulator on a free port. It evaluates the policies of roles, and runs functions with Lambda's version of Node.js if that is
 * installed.
 *
 * @param account its account: twelve digits
 * @param scratch a folder for its files
 * @throws Error if it listens on other addresses than 127.0.0.1
 */
export async function startEmulator(account: string, scratch: string): Promise<Emulator> {
  const python = resolve(installEmulator(), 'python');
  const engine = {
    name: 'emulator',
    command: '/usr/bin/env',
    args: (port: number) => [`GATEWAY_PORT=${port}`, python, '-m', 'ministack'],
    env: {
      PATH: [dirname(functionNode().path), process.env['PATH']].join(delimiter),
      TMPDIR: scratch,
      HOME: scratch,
      AUTH: 'true',
      BIND_HOST: loopback,
      // Otherwise it listens for devices on all addresses.
      IOT_MTLS_ENABLED: '0',
      LOG_LEVEL: 'ERROR',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
    },
    isOurs: ({ ok }: Response) => ok,
    startTimeoutMs: 60_000,
  };
  const started = await startEngine(engine, { port: 0 });
  const others = listeningElsewhere(started);
  if (others.length > 0) {
    await started.stop();
    throw new Error(`The emulator listens on ${others.join(', ')}, not on ${loopback} only.`);
  }
  return { url: started.endpoint, account, python, stop: () => started.stop() };
}

/** Installs the emulator if necessary; returns the folder of its programs. */
export function installEmulator(): string {
  return installPythonPackages('Ministack', join(import.meta.dirname, 'requirements.txt'));
}

/** The sockets on other addresses that a process listens on; on Linux only, which tells. */
function listeningElsewhere({ process: { pid } }: LocalDatabase): string[] {
  if (process.platform !== 'linux') return [];
  const folder = `/proc/${pid}`;
  const open = new Set(readdirSync(`${folder}/fd`).map((name) => linkOf(`${folder}/fd/${name}`)));
  return ['tcp', 'tcp6'].flatMap((family) => listeningIn(readFileSync(`${folder}/net/${family}`, 'utf8'), open));
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** The state of a listening socket, and 127.0.0.1, as the kernel writes them (proc_pid_net(5)). */
const [listening, loopbackInHex] = ['0A', '0100007F'];

/**
 * The addresses other than 127.0.0.1 in a table of sockets, such as /proc/net/tcp, in hexadecimal digits.
 *
 * @param open the sockets that count, such as `socket:[4711]`
 */
export function listeningIn(table: string, open: ReadonlySet<string>): string[] {
  return table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === listening && open.has(`socket:[${inode}]`))
    .map(([, local = '']) => local)
    .filter((local) => !local.startsWith(`${loopbackInHex}:`));
}
