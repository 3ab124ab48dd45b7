/** The scanner of the guide "Checking people in", against the API, over a network that is cut. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { createInterface } from 'node:readline';
import { createEventsClient } from '../../client/src/index.ts';
import { createScanner, type ScanResult } from '../../docs/site/scanner.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { published } from '../support/events.ts';
import { createFileStorage } from '../support/file-storage.ts';
import { bundleOf } from '../support/bundles.ts';
import {
  allRegistrations,
  callAs,
  type CheckInOutcome,
  checkedInCount,
  join,
  newPeople,
  type Registration,
} from '../support/registrations.ts';
import { type Fate, startUnreliableNetwork, type UnreliableNetwork } from '../support/unreliable-network.ts';
import { createRandom } from '../registrations/schedule.ts';
import { inFull, sampled } from '../support/sample.ts';
import { storedText } from '../support/stored.ts';

let api: TestApi;
let network: UnreliableNetwork;
let folder: string;
beforeAll(async () => {
  api = await startTestApi('socket');
  network = await startUnreliableNetwork(api.url);
});
beforeEach(() => {
  folder = mkdtempSync(joinPath(tmpdir(), 'scanner-'));
  network.behave(() => 'passes');
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => {
  await network.close();
  await api.stop();
});

interface Door {
  readonly event: { readonly eventId: string };
  /** In the order of their numbers. */
  readonly people: readonly { readonly person: string; readonly code: string; readonly number: number }[];
}

/** An event for which so many people are registered. */
async function doorWith(count: number): Promise<Door> {
  const event = await published(api);
  const people = newPeople(count).map(async (person) => {
    const { code = '', number } = await join(api, event, person);
    return { person, code, number };
  });
  return { event, people: (await Promise.all(people)).sort((one, other) => one.number - other.number) };
}

/** A device; one of the same name continues with what it has stored. */
function device({ event: { eventId } }: Door, name = 'one') {
  const reports: CheckInOutcome[] = [];
  const storage = createFileStorage(joinPath(folder, name));
  const client = createEventsClient({
    baseUrl: network.url,
    token: () => api.issuer.tokenFor('organizer'),
    maxRetries: 0,
  });
  const scanner = createScanner(client, eventId, storage, (outcome) => void reports.push(outcome));
  return {
    ...scanner,
    reports,
    storage,
    isOffline: () =>
      scanner.sync().then(
        () => false,
        () => true,
      ),
  };
}

const offline = () => network.behave(() => 'request lost');
const connected = () => network.behave(() => 'passes');
const outcomesOf = (results: readonly Pick<ScanResult, 'outcome'>[]) => results.map(({ outcome }) => outcome);

interface StoredItem {
  readonly scope?: string;
  readonly scans?: Readonly<Record<string, { readonly outcome: string }>>;
}

/** The ids of all scans that are stored with registrations for an event, sorted. */
async function storedScans({ event }: Door): Promise<string[]> {
  const items = JSON.parse(await storedText(api)) as StoredItem[];
  return items
    .filter(({ scope }) => scope === event.eventId)
    .flatMap(({ scans = {} }) => Object.keys(scans))
    .sort();
}

const scanIdsOf = (results: readonly ScanResult[]) => results.map(({ scan }) => scan?.scanId ?? '').sort();

describe('the scanner of the guide', () => {
  it('asks the API while there is a network', async () => {
    const door = await doorWith(2);
    const one = device(door);
    await one.sync();
    const [first, second] = door.people;
    expect(await one.scan(`${first?.code}\n`)).toMatchObject({ outcome: 'checked-in', number: 1, name: 'Mira Novak' });
    expect(await one.scan(first?.code ?? '')).toMatchObject({ outcome: 'already-checked-in', number: 1 });
    await callAs(api, 'organizer', 'cancelRegistration', door.event, { number: 2 });
    expect(await one.scan(second?.code ?? '')).toMatchObject({ outcome: 'cancelled', number: 2 });
    expect(await one.scan('https://example.com')).toEqual({ outcome: 'not-a-ticket' });
    expect(await checkedInCount(api, door.event)).toBe(1);
    expect(one.reports).toEqual([]);
  });

  inFull(
    'lets 130 people in without a network, and sends them in two batches, of which each is lost once',
    async () => {
      const door = await doorWith(130);
      await device(door).sync();
      offline();
      const results: ScanResult[] = [];
      const one = device(door);
      for (const { code } of door.people) results.push(await one.scan(code));
      expect(new Set(outcomesOf(results))).toEqual(new Set(['checked-in']));
      expect(outcomesOf([await one.scan(door.people[0]?.code ?? '')])).toEqual(['already-checked-in']);
      expect(await checkedInCount(api, door.event)).toBe(0);

      const fates: Fate[] = ['response lost', 'request lost', 'passes', 'response lost'];
      network.behave(() => fates.shift() ?? 'passes');
      const restarted = device(door);
      for (let expected = 0; expected < 3; expected += 1) expect(await restarted.isOffline()).toBe(true);
      expect(await restarted.isOffline()).toBe(false);
      expect(outcomesOf(restarted.reports)).toEqual(results.map(() => 'checked-in'));
      expect(restarted.storage.length).toBe(1);
      expect(await checkedInCount(api, door.event)).toBe(130);
      expect(await storedScans(door)).toEqual(scanIdsOf(results));
      for (const { scanCount } of await allRegistrations(api, door.event)) expect(scanCount).toBe(1);
    },
    60_000,
  );

  it.each(sampled([1, 2]))(
    'stores each scan once over a network that is cut at random, with restarts (seed %d)',
    async (seed) => {
      const random = createRandom(seed);
      const fates: Fate[] = ['passes', 'request lost', 'response lost'];
      const door = await doorWith(25);
      await device(door).sync();
      network.behave(() => fates[Math.floor(random() * fates.length)] ?? 'passes');
      let one = device(door);
      const letIn: ScanResult[] = [];
      for (const { code } of door.people) {
        const result = await one.scan(code);
        expect(result.outcome).toBe('checked-in');
        letIn.push(result);
        if (random() < 0.2) await one.isOffline();
        if (random() < 0.1) one = device(door);
      }
      connected();
      await one.sync();
      expect(await checkedInCount(api, door.event)).toBe(25);
      expect(await storedScans(door)).toEqual(scanIdsOf(letIn));
      for (const { scanCount } of await allRegistrations(api, door.event)) expect(scanCount).toBe(1);
      expect(one.storage.length).toBe(1);
    },
  );

  it('has stored a scan when it lets somebody in', async () => {
    const door = await doorWith(1);
    const one = device(door);
    await one.sync();
    offline();
    const before = one.storage.length;
    expect((await one.scan(door.people[0]?.code ?? '')).outcome).toBe('checked-in');
    expect(one.storage.length).toBe(before + 1);
  });

  it('loses no one who was let in when its process is killed', async () => {
    const door = await doorWith(20);
    const letIn: ScanResult[] = [];
    const tickets = door.people.map(({ code }) => code);
    const random = createRandom(5);
    const fates: Fate[] = ['passes', 'passes', 'request lost', 'response lost'];
    network.behave(() => fates[Math.floor(random() * fates.length)] ?? 'passes');
    for (let kills = 0; tickets.length > 0; kills += 1) {
      const child = await startDevice(door);
      if (kills === 0) while ((await child.ask('sync')) !== 'synced');
      // Killed while it works on a ticket, the door shows it again.
      const before = kills < 3 ? tickets.slice(0, 4) : [...tickets];
      for (const code of before) {
        letIn.push((await child.ask(code)) as ScanResult);
        tickets.shift();
        if (random() < 0.3) await child.ask('sync');
      }
      if (tickets.length > 0) child.send(random() < 0.5 ? 'sync' : (tickets[0] ?? ''));
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
      await child.kill();
    }
    connected();
    const last = device(door);
    await last.sync();
    // A ticket that was shown again has two scans, if the API had received the first one.
    const shownAgain = letIn.filter(({ outcome }) => outcome !== 'checked-in');
    for (const { outcome } of shownAgain) expect(outcome).toBe('already-checked-in');
    expect(await checkedInCount(api, door.event)).toBe(20);
    const stored = await storedScans(door);
    const acknowledged = scanIdsOf(letIn.filter(({ outcome }) => outcome === 'checked-in'));
    expect(stored).toEqual(expect.arrayContaining(acknowledged));
    const registrations = await allRegistrations(api, door.event);
    expect(registrations.reduce((sum, { scanCount = 0 }) => sum + scanCount, 0)).toBe(stored.length);
    expect(last.storage.length).toBe(1);
  }, 60_000);

  it('ends in the same state with two devices that overlap, whichever sends first', async () => {
    const door = await doorWith(6);
    const [one, other] = [device(door, 'one'), device(door, 'other')];
    await Promise.all([one.sync(), other.sync()]);
    const [first, second, third, fourth, fifth] = door.people.map(({ code }) => code);
    offline();
    const early = [await one.scan(first ?? ''), await one.scan(second ?? ''), await one.scan(third ?? '')];
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const late = [await other.scan(third ?? ''), await other.scan(second ?? ''), await other.scan(fourth ?? '')];
    expect(outcomesOf([...early, ...late])).toEqual(Array(6).fill('checked-in'));
    connected();
    await callAs(api, 'organizer', 'cancelRegistration', door.event, { number: 4 });

    // The later device is the first to send, and its scans overlap with those of the other.
    await Promise.all([other.sync(), other.sync()]);
    await Promise.all([one.sync(), other.sync()]);
    expect(outcomesOf(other.reports).sort()).toEqual(['cancelled', 'checked-in', 'checked-in']);
    expect(outcomesOf(one.reports).sort()).toEqual(['already-checked-in', 'already-checked-in', 'checked-in']);
    expect(outcomesOf([await one.scan(fifth ?? '')])).toEqual(['checked-in']);
    expect(outcomesOf([await other.scan(fifth ?? '')])).toEqual(['already-checked-in']);

    const registrations = await allRegistrations(api, door.event);
    const byNumber = (number: number) => registrations.find((one) => one.number === number) as Registration;
    expect(registrations.map(({ scanCount }) => scanCount)).toEqual([1, 2, 2, 1, 2, undefined]);
    expect(byNumber(4)).toMatchObject({ status: 'cancelled', checkedInAt: expect.any(String) });
    const seconds = (result: ScanResult | undefined) => `${result?.scan?.scannedAt.slice(0, 19)}Z`;
    expect([byNumber(1), byNumber(2), byNumber(3)].map(({ checkedInAt }) => checkedInAt)).toEqual(early.map(seconds));
    expect(await checkedInCount(api, door.event)).toBe(5);
    // Each device now knows what the other has seen.
    await Promise.all([one.sync(), other.sync()]);
    offline();
    expect(outcomesOf([await other.scan(first ?? '')])).toEqual(['already-checked-in']);
  });

  it('knows nothing of tickets that are new, and lets the door decide', async () => {
    const door = await doorWith(1);
    const one = device(door);
    await one.sync();
    const newcomer = await join(api, door.event);
    const elsewhere = (await doorWith(1)).people[0]?.code ?? '';
    const forged = randomBytes(33).toString('base64url');
    offline();
    const results = [await one.scan(newcomer.code ?? ''), await one.scan(elsewhere), await one.scan(forged)];
    expect(outcomesOf(results)).toEqual(Array(3).fill('unknown-ticket'));
    const refused = await one.scan(forged);
    for (const { scan } of results) if (scan) one.admit(scan);
    connected();
    await one.sync();
    expect(outcomesOf(one.reports).sort()).toEqual(['checked-in', 'other-event', 'unknown-ticket']);
    expect(await checkedInCount(api, door.event)).toBe(1);
    expect(one.storage.length).toBe(1);
    expect(one.reports.map(({ scanId }) => scanId)).not.toContain(refused.scan?.scanId);
  });

  it('reports whom it let in with a ticket that had been cancelled, so that there is a record of it', async () => {
    const door = await doorWith(1);
    const one = device(door);
    await one.sync();
    await callAs(api, 'organizer', 'cancelRegistration', door.event, { number: 1 });
    offline();
    const entry = await one.scan(door.people[0]?.code ?? '');
    expect(entry.outcome).toBe('checked-in');
    connected();
    await one.sync();
    expect(one.reports).toMatchObject([{ outcome: 'cancelled', number: 1 }]);
    expect(await storedScans(door)).toEqual(scanIdsOf([entry]));
  });

  it('sends again what the API did not process', async () => {
    const door = await doorWith(5);
    let requests = 0;
    /** Processes none of the first request, one scan of the second and two of the third, as the API does when time runs out. */
    const cutting: typeof fetch = async (url, init) => {
      if (init?.method !== 'POST' || (requests += 1) > 3) return fetch(url, init);
      const { scans } = JSON.parse(init.body as string) as { scans: { scanId: string }[] };
      const rest = scans.slice(requests - 1).map(({ scanId }) => ({ scanId, outcome: 'not-processed' }));
      if (requests === 1) return Response.json({ outcomes: rest });
      const body = JSON.stringify({ scans: scans.slice(0, requests - 1) });
      const { outcomes } = (await (await fetch(url, { ...init, body })).json()) as { outcomes: CheckInOutcome[] };
      return Response.json({ outcomes: [...outcomes, ...rest] });
    };
    const client = createEventsClient({
      baseUrl: api.url,
      token: () => api.issuer.tokenFor('organizer'),
      fetch: cutting,
    });
    const storage = createFileStorage(folder);
    const reports: CheckInOutcome[] = [];
    const scanner = createScanner(client, door.event.eventId, storage, (outcome) => void reports.push(outcome));
    await scanner.sync();
    for (const { code } of door.people) expect((await scanner.scan(code)).outcome).toBe('checked-in');
    // The first attempt of the first scan was cut off, so that the others were not asked about.
    expect(requests).toBe(1);
    await scanner.sync();
    expect(reports).toHaveLength(5);
    expect(storage.length).toBe(1);
    expect(await checkedInCount(api, door.event)).toBe(5);
    for (const { scanCount } of await allRegistrations(api, door.event)) expect(scanCount).toBe(1);
  });

  it('undoes a check-in that was still in its queue', async () => {
    const door = await doorWith(1);
    const one = device(door);
    await one.sync();
    offline();
    const { scan } = await one.scan(door.people[0]?.code ?? '');
    connected();
    await one.sync();
    const undone = await callAs(api, 'organizer', 'deleteCheckIn', door.event, {
      number: 1,
      scanId: scan?.scanId ?? '',
    });
    expect(undone.status).toBe(204);
    if (scan) one.admit(scan);
    await one.sync();
    expect(await checkedInCount(api, door.event)).toBe(0);
    offline();
    expect((await one.scan(door.people[0]?.code ?? '')).outcome).toBe('checked-in');
  });
});

/** The device as a process of its own. */
async function startDevice({ event: { eventId } }: Door) {
  const child: ChildProcess = spawn(process.execPath, [bundleOf('test/stack/scanner-device.ts')], {
    env: {
      PATH: process.env['PATH'],
      API: network.url,
      TOKEN: await api.issuer.tokenFor('organizer'),
      EVENT: eventId,
      FOLDER: joinPath(folder, 'one'),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const send = (line: string) => void child.stdin?.write(`${line}\n`);
  child.stdin?.on('error', () => {});
  return {
    send,
    async ask(line: string): Promise<unknown> {
      send(line);
      const { value, done } = await lines.next();
      if (done) throw new Error('The device exited.');
      return JSON.parse(value);
    },
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
