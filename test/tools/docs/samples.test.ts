/** Runs the samples for the client package and curl, and those of the guides, as they are against a new local stack. */
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { readEntries } from '../../../scripts/client/entries.ts';
import { readDocumentedContract } from '../../../scripts/docs/contract.ts';
import { guidesFolder, readGuides, sdkName } from '../../../scripts/docs/guides.ts';
import type { Stack } from '../../../scripts/stack/stack.ts';
import { findProgram } from '../../support/programs.ts';
import { expectedOf, expectSuccess, type SampleStack, samplesIn, startSampleStack } from '../../support/sample-runs.ts';

const contract = readDocumentedContract();
const sdk = sdkName();
const entries = readEntries();

/** The code blocks of the guides in a language. Those of whole files, and those of the client's README, are checked with the packed client. */
const ownGuides = readGuides(contract).filter(({ source }) => source.startsWith(guidesFolder));
const guideCode = ownGuides.flatMap(({ name, text }) =>
  [...text.matchAll(/^```(js|sh|ts)\n(.*?)^```$/gms)].map(([, language, source = '']) => ({ name, language, source })),
);

describe('the samples of the documentation', () => {
  let samples: SampleStack;
  let stack: Stack;
  let folder: string;
  beforeAll(async () => {
    samples = await startSampleStack();
    ({ stack, folder } = samples);
  });
  beforeEach(() => samples.reset());
  afterAll(() => samples.stop());

  const here = (source: string) => samples.here(source);
  const served = () => samples.served();

  /** Bundles the program with the client package as it is now, and runs it. It can import what is in the folder of the samples. */
  async function runScript(source: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const file = join(folder, `${randomUUID()}.mjs`);
    await build({
      stdin: { contents: source, resolveDir: folder },
      outfile: file,
      alias: Object.fromEntries(entries.map(({ specifier, source }) => [specifier, source])),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    return samples.run(process.execPath, [file], env);
  }

  it.each(samplesIn('SDK'))(
    'the sample with the client package for $name works as it is, repeatedly',
    async (sample) => {
      for (let runs = 0; runs < 2; runs += 1) {
        await samples.reset();
        expect(await runScript(here(sample.source))).toContain(expectedOf(sample));
        expectSuccess(served(), sample.operation);
      }
    },
  );

  (findProgram('curl') ? describe : describe.skip)('with curl', () => {
    it.each(samplesIn('curl'))('the sample with curl for $name works as it is, repeatedly', async (sample) => {
      const { result, resultType } = sample.operation;
      for (let runs = 0; runs < 2; runs += 1) {
        await samples.reset();
        const output = await samples.run('/bin/sh', ['-c', here(sample.source)]);
        expectSuccess(served(), sample.operation);
        if (result === undefined) expect(output).toBe('');
        else if (resultType === 'text/calendar') expect(output).toContain('BEGIN:VCALENDAR\r\n');
        else expect(JSON.stringify(JSON.parse(output))).toContain(expectedOf(sample));
      }
    });

    const shells = ['sh', 'bash'].filter((shell) => findProgram(shell) && findProgram('make'));
    it.each(shells)(
      'all samples with curl can be pasted into %s after the first request of the first guide',
      async (shell) => {
        const [, first] = guideCode.filter(({ name, language }) => name === 'getting-started' && language === 'sh');
        expect(first?.source).toContain('export TOKEN=');
        const pasted = samplesIn('curl');
        // curl reports the status of each response, and the shell the exit code of each sample.
        await writeFile(join(folder, '.curlrc'), 'write-out = "%{stderr}%{http_code}\\n"\n');
        const lines = [
          `cd '${process.cwd()}'`,
          here(first?.source ?? ''),
          `exec 2>'${folder}/statuses'`,
          ...pasted.flatMap(({ source }) => [here(source), 'echo "exit $?" >&2']),
        ];
        const env = { CURL_HOME: folder, IDENTITY_PORT: new URL(stack.issuer).port, TOKEN: '' };
        await samples.run(shell, ['-c', lines.join('\n')], env);
        const reports = (await readFile(join(folder, 'statuses'), 'utf8')).split('exit 0\n').slice(0, -1);
        expect(reports).toHaveLength(pasted.length);
        for (const [index, { name, operation }] of pasted.entries()) {
          const statuses = reports[index]?.trim().split('\n') ?? [];
          expect({ name, statuses: statuses.filter((status) => !status.startsWith('2')) }).toEqual({
            name,
            statuses: [],
          });
          expect(Object.keys(operation.responses)).toContain(statuses.at(-1));
        }
      },
    );

    it('the sample with curl for createEvent creates another event if it is edited', async () => {
      const { source = '' } = samplesIn('curl').find(({ operation }) => operation.operationId === 'createEvent') ?? {};
      const names = ['Riverside Jazz Night', 'Riverside Jazz Day'].map((name) =>
        source.replace('Riverside Jazz Night', name),
      );
      for (const edited of names) await samples.run('/bin/sh', ['-c', here(edited)]);
      expect(served().map(({ status }) => status)).toEqual([201, 201]);
    });
  });

  it('the first sample of the getting-started guide is a complete program', async () => {
    const [first] = guideCode.filter(({ name, language }) => name === 'getting-started' && language === 'js');
    expect(await runScript(here(first?.source ?? ''))).toContain('2030-06-21T18:00:00Z Riverside Jazz Night');
  });

  it('the client of the guide for Next.js sends everything, and reads without its cache', async () => {
    const [snippet] = guideCode.filter(({ name, source }) => name === 'concurrency' && source.includes('no-store'));
    const spy = `const { fetch: sent } = globalThis;
    globalThis.fetch = (url, init) => (console.log(init?.cache), sent(url, init));`;
    const { exampleBody } = contract.operations.find(({ operationId }) => operationId === 'createEvent') ?? {};
    const calls = `const event = await uncached.createEvent(${JSON.stringify(exampleBody)});
    await uncached.deleteEvent(event);`;
    const source = `import { createEventsClient } from '${sdk}';\n${spy}\n${snippet?.source}\n${calls}`;
    expect(await runScript(here(source))).toBe('no-store\nno-store\n');
    expect(served()).toMatchObject([
      { operationId: 'createEvent', status: 201 },
      { operationId: 'deleteEvent', status: 204 },
    ]);
  });

  describe('the guide about exporting the list', () => {
    const [curl, program] = ['sh', 'js'].map(
      (wanted) => guideCode.find(({ language, source }) => language === wanted && source.includes('text/csv'))?.source,
    );
    const client = `import { createEventsClient } from '${sdk}';
const api = createEventsClient({ baseUrl: '${contract.server}', token: process.env.TOKEN });
const { items } = await api.listEvents({ organizerId: 'me', status: ['published'] });
const event = items.find(({ registeredCount }) => registeredCount > 0);
process.chdir(process.env.FOLDER);
`;

    it('writes the same file with the client package and with curl', async () => {
      const { eventId } = JSON.parse(
        await runScript(here(`${client}console.log(JSON.stringify(event));`), { FOLDER: folder }),
      ) as { eventId: string };
      await runScript(here(client + program), { FOLDER: folder });
      const written = await readFile(join(folder, 'registrations.csv'), 'utf8');
      expect(written).toMatch(/^\ufeff"number","status","name",/);
      expect(written.split('\r\n').length).toBeGreaterThan(2);
      if (!findProgram('curl')) return;
      await rm(join(folder, 'registrations.csv'));
      await samples.run('/bin/sh', ['-c', here(curl ?? '')], { EVENT_ID: eventId });
      expect(await readFile(join(folder, 'registrations.csv'), 'utf8')).toBe(written);
    });
  });

  it('the form of the guide about registering shows seats and waitlist, follows it, and cancels', async () => {
    await writeFile(join(folder, 'questions.ts'), questions);
    await writeFile(join(folder, 'form.ts'), form);
    const settings = { API: stack.url, OTHER: stack.tokens.attendee, HAPPY_DOM: happyDom };
    const output = await runScript(useOfForm, settings);
    expect(output.split('\n')).toEqual([
      'All seats are taken. You can join the waitlist. [Register]',
      'Please check your answers. The questions may have changed: reload the page. [Register]',
      'You are next on the waitlist. [Save, Cancel my registration]',
      'You are next on the waitlist. [Save, Cancel my registration]',
      'You have a seat. Your number is 2. [Save, Cancel my registration]',
      '[["company","Harbour Stage"],["days",["Friday","Saturday"]],["diet","vegan"],["rules",true]]',
      'Your registration is cancelled. You can register again. [Register]',
      '',
    ]);
  });

  it('all samples, including those of the guides, compile with the types of the client package', async () => {
    const sources = [...samplesIn('SDK'), ...guideCode.filter(({ language }) => language === 'js')].map(
      ({ source }) => source,
    );
    expect(sources.length).toBeGreaterThan(contract.operations.length + 5);
    const wrong = 'await api.createEvent({ name: 1 });';
    expect(await typeErrors(folder, [...sources, wrong], { declarations: given })).toEqual([
      expect.stringContaining(`sample-${sources.length}.mts: `),
    ]);
  });

  it('the page of the guide about checking people in asks, lets in, and shows what the API knows better', async () => {
    await writeFile(join(folder, 'scanner.ts'), scanner);
    await writeFile(join(folder, 'door.ts'), door);
    const settings = { API: stack.url, OTHER: stack.tokens.attendee, HAPPY_DOM: happyDom };
    expect((await runScript(useOfDoor, settings)).split('\n')).toEqual([
      'Welcome Jonas Weber 1 []',
      'Scanned before Jonas Weber 1 [Let in]',
      'Not a ticket []',
      'Unknown ticket [Let in]',
      'Let in []',
      'Unknown ticket',
      '',
    ]);
  });

  it('the programs of the guides for a browser compile for one', async () => {
    expect(guideCode.filter(({ language }) => language === 'ts').map(({ name }) => name)).toEqual([
      'registering-and-waiting',
      'registering-and-waiting',
      'checking-people-in',
      'checking-people-in',
    ]);
    const lib = ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'];
    await writeFile(join(folder, 'questions.ts'), questions);
    await writeFile(join(folder, 'scanner.ts'), scanner);
    expect(await typeErrors(folder, [questions, form, scanner, door], { lib })).toEqual([]);
  });
});

/** The fields and the form of the guide about registering, and the scanner and the page of the guide about checking people in. */
const [questions = '', form = '', scanner = '', door = ''] = guideCode
  .filter(({ language }) => language === 'ts')
  .map(({ source }) => source);

const happyDom = pathToFileURL(resolve('node_modules/happy-dom/lib/index.js')).href;

/** What a person does with the form, in a page without a browser. */
const useOfForm = `
import { createEventsClient } from '${sdk}';
import { showRegistration } from './form.ts';

const { Window } = await import(process.env.HAPPY_DOM);
const window = new Window();
Object.assign(globalThis, { document: window.document, FormData: window.FormData, confirm: () => true });
const apiOf = (token) => createEventsClient({ baseUrl: process.env.API, token });
const [api, other] = [apiOf(process.env.TOKEN), apiOf(process.env.OTHER)];
const draft = await api.createEvent({
  name: 'A talk for one',
  startsAt: '2030-06-21T20:00:00+02:00',
  endsAt: '2030-06-21T22:00:00+02:00',
  timeZone: 'Europe/Berlin',
  location: { kind: 'online', url: 'https://meet.example.com/talk' },
  capacity: 1,
  questions: [
    { questionId: 'company', label: 'Company', kind: 'text' },
    { questionId: 'diet', label: 'Diet', kind: 'choice', options: ['vegan', 'vegetarian'] },
    { questionId: 'days', label: 'Days', kind: 'choices', options: ['Friday', 'Saturday'] },
    { questionId: 'rules', label: 'I accept the house rules', kind: 'checkbox', required: true },
  ],
});
const { eventId } = await api.publishEvent(draft);
await other.registerForEvent(eventId, { name: 'Jonas Weber', answers: { rules: true } });
const event = await api.getEvent(eventId);
const place = document.body;
const text = () => place.querySelector('p')?.textContent ?? '';
const button = (name) => place.querySelector('[name=' + name + ']');
/** Waits until the form says something else, and prints it. */
async function next(action) {
  const before = text();
  await action();
  for (let waited = 0; (text() === '' || text() === before) && waited < 5_000; waited += 10) await new Promise((done) => setTimeout(done, 10));
  console.log(text() + ' [' + button('register').textContent + (button('cancel').hidden ? '' : ', ' + button('cancel').textContent) + ']');
}

// The half minute between two requests is over at once.
const { setInterval } = globalThis;
globalThis.setInterval = (call) => setInterval(call, 50);

let stop;
await next(() => (stop = showRegistration(api, event, place)));
place.querySelector('[name=name]').value = 'Mira Novak';
await next(() => place.querySelector('form').dispatchEvent(new window.Event('submit', { cancelable: true })));
for (const value of ['vegan', 'Friday', 'Saturday']) place.querySelector('[value=' + value + ']').checked = true;
place.querySelector('[name=company]').value = ' Harbour Stage ';
place.querySelector('[name=rules]').checked = true;
await next(() => place.querySelector('form').dispatchEvent(new window.Event('submit', { cancelable: true })));
// The form of another visit has the same answers, so that saving it loses none.
stop();
await next(() => (stop = showRegistration(api, event, place)));
place.querySelector('form').dispatchEvent(new window.Event('submit', { cancelable: true }));
await next(() => other.cancelMyRegistration(event));
console.log(JSON.stringify(Object.entries((await api.getMyRegistration(event)).answers).sort()));
await next(() => button('cancel').click());
stop();
await window.happyDOM.close();
`;

/** What a person does at the door, in a page without a browser. */
const useOfDoor = `
import { createEventsClient } from '${sdk}';
import { showDoor } from './door.ts';

const { Window } = await import(process.env.HAPPY_DOM);
const window = new Window({ url: 'http://127.0.0.1/' });
const { document, localStorage, addEventListener, removeEventListener } = window;
Object.assign(globalThis, {
  document,
  localStorage,
  addEventListener: addEventListener.bind(window),
  removeEventListener: removeEventListener.bind(window),
});
const apiOf = (token) => createEventsClient({ baseUrl: process.env.API, token });
const [api, other] = [apiOf(process.env.TOKEN), apiOf(process.env.OTHER)];
const draft = await api.createEvent({
  name: 'A talk at the door',
  startsAt: '2030-06-21T20:00:00+02:00',
  endsAt: '2030-06-21T22:00:00+02:00',
  timeZone: 'Europe/Berlin',
  location: { kind: 'online', url: 'https://meet.example.com/talk' },
});
const event = await api.publishEvent(draft);
const { code } = await other.registerForEvent(event, { name: 'Jonas Weber' });
const place = document.body;
const [find, text] = [(selector) => place.querySelector(selector), () => place.querySelector('p').textContent];
/** Waits for another text, and prints it with the button. */
async function next(action) {
  const before = text();
  action();
  for (let waited = 0; (text() === '' || text() === before) && waited < 5_000; waited += 10) await new Promise((done) => setTimeout(done, 10));
  console.log(text() + ' [' + (find('button').hidden ? '' : find('button').textContent) + ']');
}
function scan(value) {
  find('input').value = value;
  find('form').dispatchEvent(new window.Event('submit', { cancelable: true }));
}

// The half minute between two requests is over soon.
const { setInterval } = globalThis;
globalThis.setInterval = (call) => setInterval(call, 100);

const stop = showDoor(api, event.eventId, place);
await next(() => scan(code));
await next(() => scan(code));
await next(() => scan('https://example.com'));
await next(() => scan('A'.repeat(44)));
await next(() => find('button').click());
for (let waited = 0; !find('li') && waited < 5_000; waited += 10) await new Promise((done) => setTimeout(done, 10));
console.log(find('li').textContent);
stop();
await window.happyDOM.close();
`;

/** Declarations that the snippets of the guides rely on. */
const given = `
import { createEventsClient as create, type Event, type EventCreate, type EventsClient } from '${sdk}';
declare global {
  const api: EventsClient;
  const createEventsClient: typeof create;
  const event: Event;
  const eventId: string;
  const input: EventCreate;
  const code: string;
  const number: number;
  const scanId: string;
  const scanner: { sync(): Promise<void> };
  type Order = { readonly id: string; eventKey?: string };
  const order: Order;
  const orders: { save(order: Order): Promise<void> };
  // The types of Node.js lack it.
  interface RequestInit { cache?: 'no-store' }
  const session: { accessToken(options: { forceRefresh: boolean }): Promise<string> };
}`;

interface TypeCheck {
  /** Without the DOM by default, which declares its own `event`. */
  readonly lib?: string[];
  /** Declarations that the programs rely on. */
  readonly declarations?: string;
}

/** The compiler's errors for programs that use the client package. */
async function typeErrors(
  folder: string,
  sources: readonly string[],
  { lib = ['lib.es2023.d.ts'], declarations = '' }: TypeCheck = {},
): Promise<string[]> {
  const files = [
    ['given.ts', declarations] as const,
    ...sources.map((source, index) => [`sample-${index}.mts`, `${source}\nexport {};`] as const),
  ];
  await Promise.all(files.map(([name, source]) => writeFile(join(folder, name), source)));
  const program = ts.createProgram(
    files.map(([name]) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      lib,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
      paths: Object.fromEntries(entries.map(({ specifier, source }) => [specifier, [source]])),
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
