/** The programs that are compared, each bundled into one file: ours, and those that people would write instead. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundle } from '../function/bundle.ts';
import { nodeMajor } from '../function/node.ts';
import { steps } from '../function/steps/index.ts';
import { readContract } from '../contract/read.ts';

export interface Program {
  readonly name: string;
  readonly file: string;
  /** Of what is loaded, in bytes. */
  readonly size: number;
}

const root = resolve(import.meta.dirname, '../..');
export const folder = join(root, 'build/bench');
mkdirSync(folder, { recursive: true });

function write(name: string, code: Uint8Array): Program {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.mjs`);
  writeFileSync(file, code);
  return { name, file, size: code.length };
}

/** The source of a program, and its name in the table. */
export const peers = {
  bare: 'bare handler',
  hono: 'Hono + Ajv',
  fastify: 'Fastify',
  plain: 'Express + whole validator',
} as const;
export type Peer = keyof typeof peers;

/** Our own program in the tables. */
export const own = 'this project';

/** Our own program that verifies every token, as the peers do. */
export const ownWithoutCache = 'this project, without its cache of tokens';

/** The bare handler with those steps of our build that are about the AWS SDK. */
export const bareWithSteps = 'bare handler, with our steps for the SDK';

export interface PeerOptions {
  /** Whether it does the same work as ours: it checks tokens, validates, logs, and describes problems. */
  readonly sameWork: boolean;
  /** The steps of our build that it gets, too. */
  readonly plugins?: Plugin[];
  readonly name?: string;
}

/** Bundles a peer as most people do: esbuild for Node, minified, everything else as it comes. */
export async function buildPeer(
  peer: Peer,
  { sameWork, plugins = [], name = peers[peer] }: PeerOptions,
): Promise<Program> {
  const code = await buildText(`scripts/bench/programs/${peer}.mjs`, { sameWork, plugins });
  return write(`${name}${sameWork ? ' same work' : ''}`, code);
}

async function buildText(
  entry: string,
  { sameWork, plugins }: { sameWork: boolean; plugins: Plugin[] },
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'index.mjs',
    write: false,
    bundle: true,
    platform: 'node',
    target: `node${nodeMajor}`,
    format: 'esm',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [...plugins, wholeContract, ...(sameWork ? [] : [alone])],
    logLevel: 'error',
  });
  return outputFiles[0]?.contents as Uint8Array;
}

/** Programs that do nothing around their operations. */
const alone: Plugin = {
  name: 'alone',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(work|bare-validators)\.mjs$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'alone.mjs'),
    }));
  },
};

/**
 * The contract as people hand it to the validator, its descriptions included, but without discriminators: the library takes that of a member
 * for one of the whole body, and rejects every new event. It finds the branch of a union by trying each.
 */
const wholeContract: Plugin = {
  name: 'whole contract',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^whole-contract$/ }, ({ path }) => ({ path, namespace: 'contract' }));
    onLoad({ filter: /./, namespace: 'contract' }, () => {
      // Without its servers: the library takes the variables of their URLs for parts of every path, and finds no route.
      const document = { ...readContract(join(root, 'openapi/openapi.yaml'), 'openapi.yaml'), servers: undefined };
      const contents = JSON.stringify(document, (key, value: unknown) => (key === 'discriminator' ? undefined : value));
      return { contents, loader: 'json' };
    });
  },
};

/** Our own function in which everybody is an organizer: it neither fetches keys nor verifies tokens. */
const withoutTokens: Plugin = {
  name: 'without tokens',
  setup({ onLoad }) {
    const verifier = "{ ready: Promise.resolve(), verify: async () => ({ sub: 'somebody', groups: ['Organizers'] }) }";
    onLoad({ filter: /src\/auth\/tokens\.ts$/ }, () => ({
      loader: 'ts',
      contents: `export const createTokenVerifier = () => (${verifier});`,
    }));
    onLoad({ filter: /src\/auth\/fetch-text\.ts$/ }, () => ({
      loader: 'ts',
      contents: 'export const fetchText = async () => "";',
    }));
  },
};

/** Our own function verifies a token once; with this, each time. */
const withoutCache: Plugin = {
  name: 'without the cache of tokens',
  setup({ onLoad }) {
    onLoad({ filter: /src\/auth\/token-cache\.ts$/ }, () => ({
      loader: 'ts',
      contents: 'export const createTokenCache = () => ({ get: () => undefined, set() {} });',
    }));
  },
};

export interface OwnOptions {
  readonly tokens: boolean;
  /** Whether a verified token is cached. */
  readonly cache?: boolean;
  /** The names of the steps that are left out. */
  readonly without?: readonly string[];
  readonly name?: string;
}

/** Bundles our own function as `make deps` does. */
export async function buildOwn({ tokens, cache = true, without = [], name = own }: OwnOptions): Promise<Program> {
  const kept = steps().filter((step) => !without.includes(step.name));
  const changes = [...(tokens ? [] : [withoutTokens]), ...(cache ? [] : [withoutCache])];
  const { code } = await bundle(root, 'src/entries/lambda-api.ts', [...changes, ...kept]);
  return write(`${name}${tokens ? ' with tokens' : ''}`, code);
}

/** Bundles a peer as a server. */
export async function buildPeerServer(peer: Peer): Promise<Program> {
  return write(
    `${peers[peer]} server`,
    await buildText(`scripts/bench/programs/serve-${peer}.mjs`, { sameWork: true, plugins: [] }),
  );
}

/** Bundles our own Node.js server. */
export async function buildOwnServer({ cache }: { cache: boolean }): Promise<Program> {
  const plugins = [...(cache ? [] : [withoutCache]), ...steps()];
  const { code } = await bundle(root, 'src/entries/server.ts', plugins);
  return write(`${cache ? own : ownWithoutCache} server`, code);
}

/** The bare handler's steps: those that are about the AWS SDK. */
export function stepsOfSdk(): Plugin[] {
  const about = ['packages as ES modules', 'builtins by require', 'credentials from the environment'];
  return steps().filter(({ name }) => about.includes(name));
}
