/** The tables on warm programs. */
import { medianOf, ratiosOf, table, times } from './numbers.ts';
import {
  buildOwn,
  buildOwnServer,
  buildPeer,
  buildPeerServer,
  own,
  ownWithoutCache,
  type Peer,
  peers,
  type Program,
} from './programs.ts';
import { warmPython } from './python.ts';
import { interleave } from './interleave.ts';
import { type Load, loadOf, soak } from './server.ts';
import type { Settings } from './tables-cold.ts';
import { type Cost, repeatAll, startWarm, type WarmProgram } from './warm.ts';
import { eventOf, newEvent } from './fixture.ts';

const cpuOf = (series: readonly Cost[] = []) => series.map(({ cpu }) => cpu);

/** Processor time of a request: a read, a write, and one that is rejected without a call to the database. */
export async function warmTables({ fixture, rounds, python }: Settings, sameWork: boolean): Promise<string> {
  const programs: Record<string, WarmProgram> = {};
  for (const peer of Object.keys(peers) as Peer[])
    programs[peers[peer]] = await startWarm(await buildPeer(peer, { sameWork }), fixture);
  programs[own] = await startWarm(await buildOwn({ tokens: sameWork }), fixture);
  if (sameWork) {
    const withoutCache = await buildOwn({ tokens: true, cache: false, name: ownWithoutCache });
    programs[ownWithoutCache] = await startWarm(withoutCache, fixture);
  }

  const authorization = `Bearer ${fixture.token}`;
  const post = (body: object) =>
    eventOf({ method: 'POST', path: '/events', authorization, body: JSON.stringify(body) });
  const requests = {
    'a read': {
      event: eventOf({ method: 'GET', path: `/events/${fixture.eventId}`, authorization }),
      status: 200,
      base: peers.bare,
    },
    'a write': { event: post(newEvent), status: 201, base: peers.bare },
    'a rejected body, without the database': {
      event: post({ ...newEvent, name: '' }),
      status: 400,
      base: peers.fastify,
    },
  };
  const tables: string[] = [];
  for (const [what, { base, ...request }] of Object.entries(requests)) {
    // The bare handler alone rejects nothing.
    const chosen = Object.fromEntries(
      Object.entries(programs).filter(([name]) => request.status !== 400 || name !== peers.bare || sameWork),
    );
    const series = await repeatAll(chosen, request, { rounds, count: 300 }, (round) =>
      console.error(`  ${what}: round ${round + 1} of ${rounds}`),
    );
    const rows = Object.entries(series).map(([name, costs]) => [
      name,
      Math.round(medianOf(cpuOf(costs))),
      times(ratiosOf(cpuOf(costs), cpuOf(series[base]))),
    ]);
    if (python && !sameWork && what === 'a read') {
      const cost = await warmPython(fixture);
      rows.push(['FastAPI + Mangum + boto3', Math.round(cost), (cost / medianOf(cpuOf(series[base]))).toFixed(2)]);
    }
    tables.push(`${what[0]?.toUpperCase()}${what.slice(1)}:\n\n${table(['', 'CPU (µs)', `× ${base}`], rows)}`);
  }
  for (const program of Object.values(programs)) program.stop();
  return `### Warm requests, ${sameWork ? 'the same work' : 'the operations alone'}\n\n${tables.join('\n\n')}`;
}

const serverRounds = 5;
const serverSeconds = 4;

/** Fifty connections that read one event. */
export async function serverTable({ fixture }: Settings): Promise<string> {
  const programs: Record<string, Program> = {};
  for (const peer of Object.keys(peers) as Peer[]) programs[peers[peer]] = await buildPeerServer(peer);
  programs[own] = await buildOwnServer({ cache: true });
  programs[ownWithoutCache] = await buildOwnServer({ cache: false });
  const loads = await interleave<string, Load>(
    Object.keys(programs),
    serverRounds,
    (name) => loadOf(programs[name] as Program, fixture, serverSeconds),
    (round) => console.error(`  round ${round + 1} of ${serverRounds}`),
  );
  const rates = (name: string) => (loads[name] ?? []).map(({ rate }) => rate);
  const rows = Object.entries(loads).map(([name, all]) => [
    name,
    Math.round(medianOf(rates(name))),
    times(ratiosOf(rates(name), rates(peers.bare))),
    Math.round(medianOf(all.map(({ median }) => median))),
    Math.round(medianOf(all.map(({ p99 }) => p99))),
  ]);
  const method = `${serverRounds} rounds of ${serverSeconds} s for each server:`;
  return `### The Node.js server under 50 connections\n\n${method}\n\n${table(['', 'requests/s', '× bare', 'median (ms)', 'p99 (ms)'], rows)}`;
}

const total = 100_000;

/** A long run of our function. */
export async function soakText({ fixture }: Settings): Promise<string> {
  const { heap, types } = await soak(await buildOwn({ tokens: true }), fixture, total);
  const megabytes = heap.map((bytes) => (bytes / 1e6).toFixed(1)).join(' · ');
  const [first = 0, last = 0] = [medianOf(types.slice(0, 3)), medianOf(types.slice(-3))];
  return [
    `### Over ${total.toLocaleString('en')} requests`,
    `The heap in use after a collection, at the beginning and after each tenth, in MB: ${megabytes}. No two requests had the same Content-Type.`,
    `10,000 requests that differ in nothing but an unknown Content-Type: ${Math.round(first)} µs for each of the first ones, ${Math.round(last)} µs for each of the last ones.`,
  ].join('\n\n');
}
