import type { Event, Registration } from '../../src/contract/generated/types.ts';
import { createLogger } from '../../src/lib/log.ts';
import { fetchToken } from './identity/tokens.ts';
import { loadSamples } from './samples.ts';
import { startStack, type Stack } from './stack.ts';

let stack: Stack;
const load = () => loadSamples({ apiUrl: stack.url, issuer: stack.issuer, now: new Date() });

beforeAll(async () => {
  stack = await startStack(createLogger({ write: () => {} }));
  await load();
}, 60_000);
afterAll(() => stack.stop());

/** The items of a list, as this user gets them. */
async function list<Item>(path: string, user: string): Promise<Item[]> {
  const headers = { authorization: `Bearer ${await fetchToken(stack.issuer, user)}` };
  const response = await fetch(`${stack.url}${path}`, { headers });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Item[] }).items;
}

const events = () => list<Event>('/events?organizerId=me', 'organizer');
const byName = (all: readonly Event[], name: string) => all.find((event) => event.name === name) as Event;

describe('the samples', () => {
  it('are events with registrations, one of them full and with a waitlist', async () => {
    const all = await events();
    expect(byName(all, 'Riverside Jazz Night')).toMatchObject({
      registeredCount: 4,
      seatsLeft: 396,
      waitlistedCount: 0,
    });
    expect(byName(all, 'Contract-First Workshop')).toMatchObject({
      registeredCount: 5,
      seatsLeft: 0,
      waitlistedCount: 3,
    });
    expect(byName(all, 'Summer Festival')).toMatchObject({ status: 'draft', registeredCount: 0 });
  });

  it('have people in every status, in the same order each time', async () => {
    const all = await events();
    const peopleOf = async (name: string) =>
      (await list<Registration>(`/events/${byName(all, name).eventId}/registrations`, 'organizer')).map(
        (one) => `${one.number} ${one.name} ${one.status}`,
      );
    expect(await peopleOf('Riverside Jazz Night')).toEqual([
      '1 Mira Novak confirmed',
      '2 Jonas Weber confirmed',
      '3 Amara Okafor confirmed',
      '4 Leo Martin cancelled',
      '5 Ada Fischer confirmed',
    ]);
    expect((await peopleOf('Contract-First Workshop')).slice(4)).toEqual([
      '5 Sofia Rossi confirmed',
      '6 Noah Lindqvist waitlisted',
      '7 Mira Novak waitlisted',
      '8 Priya Sharma waitlisted',
    ]);
  });

  it('have answers to the questions of one event', async () => {
    const { eventId } = byName(await events(), 'Riverside Jazz Night');
    const all = await list<Registration>(`/events/${eventId}/registrations`, 'organizer');
    for (const { answers } of all) expect(answers).toEqual({ meal: 'Vegetarian', rules: true });
  });

  it('let the attendee wait for one event, and have a seat at others', async () => {
    const mine = await list<Registration>('/registrations', 'attendee');
    expect(mine.map(({ event, status, ahead }) => [event?.name, status, ahead]).sort()).toEqual([
      ['City Cycling Meetup', 'confirmed', undefined],
      ['Contract-First Workshop', 'waitlisted', 1],
      ['Riverside Jazz Night', 'confirmed', undefined],
    ]);
  });

  it('are not created twice', async () => {
    const before = await events();
    await load();
    expect(await events()).toEqual(before);
  });
});
