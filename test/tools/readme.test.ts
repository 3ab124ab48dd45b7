/** Runs the commands of the README in a copy of the project, compares the response that it shows, and follows its links. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { maxBodyBytes } from '../../src/http/pipeline/read-body.ts';
import { listBudget } from '../../src/domain/events/list-query.ts';
import { tombstoneSeconds } from '../../src/domain/shared/idempotency.ts';
import { maxPageBytes } from '../../src/domain/registrations/list.ts';
import { maxNumbersPerUser } from '../../src/domain/registrations/model.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { projectFiles } from '../../scripts/quality/project-files.ts';
import { contract, operations } from '../contract/contract.ts';
import { findProgram } from '../support/programs.ts';

const run = promisify(execFile);
const readme = readFileSync('README.md', 'utf8');
const guide = readFileSync('docs/site/01-getting-started.md', 'utf8').replaceAll('{{server}}', 'http://127.0.0.1:3000');

/** The code blocks of a text in a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
}

const commands = [...blocks(readme, 'sh'), ...blocks(guide, 'sh')];
const targets = [
  ...new Set(
    [...commands, ...readme.matchAll(/`(make [^`]*)`/g)]
      .map(String)
      .flatMap((text) => [...text.matchAll(/make (?:-s )?([a-z-]+)/g)].map(([, target = '']) => target)),
  ),
];

/** The text with placeholders for what differs between runs: ids, ETags, times. */
function steady(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, (id) =>
      id.startsWith('1111') ? id : '<id>',
    )
    .replace(/1-[0-9a-f]{12}/g, '1-<etag>')
    .replace(/("(?:created|updated)At": ?)"[^"]*"/g, '$1"<now>"');
}

(findProgram('curl') ? describe : describe.skip)('the commands of the README', () => {
  let folder: string;
  let stack: ChildProcess;
  let env: NodeJS.ProcessEnv;
  let port: number;
  const shell = async (command: string) =>
    (await run('/bin/sh', ['-c', command.replaceAll(':3000', `:${port}`)], { cwd: folder, env })).stdout;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'readme-'));
    for (const file of projectFiles()) cpSync(file, join(folder, file), { preserveTimestamps: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    // Older than the installed packages, so that make does not install again, through the link into this project.
    utimesSync(join(folder, 'package-lock.json'), 0, 0);
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    port = ports[0];
    const {
      DYNAMODB_ENDPOINT: _endpoint,
      TOKEN_ISSUER: _issuer,
      MAKEFLAGS: _flags,
      MFLAGS: _more,
      ...others
    } = process.env;
    env = { ...others, PORT: String(ports[0]), DYNAMODB_PORT: String(ports[1]), IDENTITY_PORT: String(ports[2]) };
    await start();
  }, 120_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the local stack and returns its output until it is ready. */
  async function start(): Promise<string> {
    stack = spawn('/bin/sh', ['-c', `exec ${commands[0]?.split('\n')[0]}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    let said = '';
    await new Promise<void>((ready, failed) => {
      stack.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Started in')) ready();
      });
      stack.once('exit', () => failed(new Error(`make dev exited: ${said}`)));
    });
    return said;
  }
  async function stop(): Promise<void> {
    const pid = Number(readFileSync(join(folder, '.local/dev.pid'), 'utf8'));
    const gone = once(stack, 'exit');
    process.kill(pid, 'SIGTERM');
    await gone;
  }

  it('the README starts with make dev and make test', () => {
    expect(commands[0]?.replace(/ +#.*$/gm, '')).toBe('make dev\nmake test\n');
  });

  it('make help lists every target that the README names', async () => {
    const help = await shell('make help');
    expect(targets).toEqual(expect.arrayContaining(['dev', 'test', 'token', 'docs', 'dev-reset', 'help']));
    for (const target of targets) expect(help).toMatch(new RegExp(`^  make ${target} `, 'm'));
    const groups = help.split('\n').filter((line) => /^[A-Z]/.test(line));
    expect(groups.length).toBeGreaterThan(2);
  });

  it('the first request of the README returns the response that it shows', async () => {
    const response = (await shell(commands[1] ?? '')).replaceAll('\r', '');
    const [head = '', body = ''] = response.split('\n\n');
    const [shownHead = '', shownBody = ''] = (blocks(readme, 'http')[0] ?? '').split('\n\n');
    // The README leaves out what is about the connection, and about pages of other origins.
    const leftOut = /^(Content-Length|Date|Connection|Keep-Alive|Vary|Access-Control-[\w-]+):/;
    expect(
      steady(
        head
          .split('\n')
          .filter((line) => !leftOut.test(line))
          .join('\n'),
      ),
    ).toBe(steady(shownHead));
    expect(steady(JSON.stringify(JSON.parse(body), null, 2))).toBe(steady(shownBody.trimEnd()));
  });

  it('the first request of the README creates another event if it is edited and sent again', async () => {
    const edited = (commands[1] ?? '').replace('Riverside Jazz Night', 'Riverside Jazz Day');
    expect(edited).not.toBe(commands[1]);
    expect(await shell(edited)).toMatch(/^HTTP\/1.1 201 Created\r\n/);
  });

  it('a repeated request with the idempotency key of the README returns the same event', async () => {
    const [, header = ''] = /`(Idempotency-Key: [^`]+)`/.exec(readme) ?? [];
    const command = commands[1]?.replace('-H ', `-H '${header}' -H `) ?? '';
    const [first, second] = [await shell(command), await shell(command)];
    expect(first).toMatch(/^HTTP\/1.1 201 Created\r\n/);
    expect(second).toMatch(/^Idempotency-Replayed: true\r$/m);
    expect(second.split('\r\n\r\n')[1]).toBe(first.split('\r\n\r\n')[1]);
  });

  it('the first request of the getting-started guide lists events', async () => {
    const [, list = ''] = blocks(guide, 'sh');
    expect(JSON.parse(await shell(list))).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'Riverside Jazz Night' })]),
    });
  });

  it('make -s token takes a token of the stack in its folder, on any port', async () => {
    const token = (await shell('env -u PORT -u IDENTITY_PORT make -s token AS=organizer')).trim();
    const response = await fetch(`http://127.0.0.1:${port}/events`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
  });

  it('the address that make dev prints leads to the documentation and the example', async () => {
    const page = await (await fetch(`http://127.0.0.1:${port}`, { headers: { accept: 'text/html' } })).text();
    for (const path of ['/docs/', '/organizer/', '/attend/']) expect(page).toContain(`href="${path}"`);
  });

  it('make token prints a token for an attendee of any name, and rejects what is not a name', async () => {
    const [, payload = ''] = (await shell('make -s token AS=attendee2')).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ username: 'attendee2', token_use: 'access' });
    expect(claims).not.toHaveProperty('cognito:groups');
    await expect(shell("make -s token AS='a name'")).rejects.toMatchObject({
      stderr: expect.stringContaining('AS must be a letter, then up to 63 letters') as string,
    });
  });

  it('the README has only code blocks that are tested, and a diagram', () => {
    expect(commands).toHaveLength(4);
    expect(readme.match(/^```\w+$/gm)).toEqual(['```mermaid', '```sh', '```sh', '```http', '```ts']);
  });

  it('the sample of the client package in the README runs', async () => {
    const file = join(folder, 'readme.mjs');
    const contents = blocks(readme, 'ts')[0]?.replaceAll(':3000', `:${port}`) ?? '';
    const alias = { '@event-management/client': resolve('client/src/index.ts') };
    await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      outfile: file,
      alias,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    writeFileSync(join(folder, 'run.sh'), `TOKEN=$(make -s token AS=organizer) ${process.execPath} readme.mjs`);
    expect(await shell('sh run.sh')).toContain('Summer Festival');
  });

  it.each(['docs/site/01-getting-started.md', 'client/README.md'])(
    'the client can be packed and installed as %s says',
    async (file) => {
      const [block = ''] = /^mkdir .*?(?=^```)/ms.exec(readFileSync(file, 'utf8')) ?? [];
      const app = mkdtempSync(join(tmpdir(), 'app-'));
      await shell(block.replaceAll('../my-app', join(app, 'my-app')));
      const program =
        "import('@event-management/client').then((client) => console.log(Object.keys(client).sort().join()))";
      const { stdout } = await run('node', ['-e', program], { cwd: join(app, 'my-app') });
      expect(stdout).toContain('createEventsClient');
      rmSync(app, { recursive: true });
    },
    60_000,
  );

  it('the pages that the README links to on the local stack exist', async () => {
    for (const [url = ''] of readme.matchAll(/(?<=<)http:\/\/127\.0\.0\.1:3000[^>]*/g)) {
      const response = await fetch(url.replace(':3000', `:${port}`));
      // The page is built after the start; until then the response is a 503.
      expect([200, 503]).toContain(response.status);
      expect(response.headers.get('content-type')).toContain('text/html');
    }
  });

  it('the local stack listens on the loopback interface only', async () => {
    const elsewhere = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one?.family === 'IPv4' && !one.internal);
    for (const one of elsewhere) {
      for (const local of [env['PORT'], env['DYNAMODB_PORT'], env['IDENTITY_PORT']])
        await expect(fetch(`http://${one?.address}:${local}/health`)).rejects.toThrow('fetch failed');
    }
  });

  it('a second start and a reset of a running stack are rejected, and its data is kept', async () => {
    const first = readFileSync(join(folder, '.local/dev.pid'), 'utf8');
    await expect(shell('make dev')).rejects.toMatchObject({
      stderr: expect.stringContaining(
        `Port ${port} is already in use by another program: stop that program or choose another port with PORT=`,
      ) as string,
    });
    expect(readFileSync(join(folder, '.local/dev.pid'), 'utf8')).toBe(first);
    await expect(shell('make dev-reset')).rejects.toMatchObject({
      stderr: expect.stringContaining('The local stack is running: stop it') as string,
    });
    expect(existsSync(join(folder, '.local/events.db'))).toBe(true);
  }, 60_000);

  it('a restarted stack keeps its events and tokens, and creates no sample twice', async () => {
    const headers = { authorization: `Bearer ${(await shell('make -s token AS=organizer')).trim()}` };
    const list = async () =>
      (await (await fetch(`http://127.0.0.1:${port}/events?organizerId=me&limit=100`, { headers })).json()) as {
        items: { name: string }[];
      };
    const before = await list();
    expect(before.items.map(({ name }) => name)).toContain('Riverside Jazz Night');
    await stop();
    expect(await start()).not.toContain('Sample events');
    expect(await list()).toEqual(before);
  }, 60_000);
});

describe('the documents of the project', () => {
  const texts = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'client/README.md',
    'client/CHANGELOG.md',
    'client/examples/club/README.md',
    'client/mcp/README.md',
    'docs/architecture.md',
    'docs/settings.md',
    'docs/deploying.md',
    'docs/runbook.md',
    'docs/scaling.md',
    'docs/security.md',
    'docs/benchmarks.md',
    'docs/engines.md',
    'docs/glossary.md',
    'docs/decisions/README.md',
  ];

  it.each(texts)('%s has no broken links', (file) => {
    const text = readFileSync(file, 'utf8').replace(/```.*?```/gs, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      ([, link, other]) => link ?? other ?? '',
    );
    const missing = links.filter((link) => !/^(https?:|#)/.test(link)).filter((link) => !isValidLink(file, link));
    expect(missing).toEqual([]);
  });

  it('the README states the limits of the contract and the code', () => {
    const {
      EventName: name,
      EventDescription: description,
      Tags: tags,
      PersonName,
      Email,
    } = contract.components.schemas;
    const limitOf = (operationId: string) => {
      const { parameters = [] } = operations.find((one) => one.operationId === operationId) ?? {};
      const limit = parameters.find((one) => one.name === 'limit') as { schema?: { maximum?: number } } | undefined;
      return Number(limit?.schema?.maximum);
    };
    const throttle = operations.find(({ operationId }) => operationId === 'registerForEvent')?.['x-throttle'];
    const rows = [
      `up to ${maxBodyBytes / 1024} KiB |`,
      `up to ${limitOf('listEvents')} events per page; one request scans up to ${listBudget.items} events;`,
      `up to ${limitOf('listRegistrations').toLocaleString('en')} registrations of an event (${maxPageBytes / 1_000_000} MB) and ${limitOf('listMyRegistrations')} of your own per page |`,
      `name of up to ${Number(PersonName?.['maxLength'])} characters, email address (not verified) of up to ${Number(Email?.['maxLength'])};`,
      `up to ${maxNumbersPerUser} numbers for a person`,
      `| ${throttle?.rate} per second by the throttle of the gateway`,
      `name of ${Number(name?.['minLength'])}–${Number(name?.['maxLength'])} characters, description of up to ${Number(description?.['maxLength']).toLocaleString('en')}, up to ${Number(tags?.['maxItems'])} tags`,
      `cannot be reused for ${tombstoneSeconds / 3600} hours`,
    ];
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
  });
});

/** Whether a relative link leads to a file, and its fragment to a heading there. */
function isValidLink(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = join(dirname(from), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  return headings.includes(anchor);
}
