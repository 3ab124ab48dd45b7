import { locationText, registrationText } from './event-text.ts';

it.each([
  [{ registeredCount: 12, capacity: 400, waitlistedCount: 0 }, '12 of 400 registered'],
  [{ registeredCount: 12, capacity: 12, waitlistedCount: 3 }, '12 of 12 registered, 3 waiting'],
  [{ registeredCount: 1200, capacity: 1200, waitlistedCount: 1500 }, '1,200 of 1,200 registered, 1,500 waiting'],
  [{ registeredCount: 1200 }, '1,200 registered'],
  [{ registeredCount: 12, waitlistedCount: 0, checkedInCount: 5 }, '12 registered, 5 checked in'],
  // Only the organizer of an event gets the number of people who wait.
  [{ registeredCount: 400, capacity: 400 }, '400 of 400 registered'],
])('registrations %j are shown as %s', (event, text) => {
  expect(registrationText(event)).toBe(text);
});

it('a place is on one line, even if its address has several', () => {
  expect(locationText({ kind: 'venue', name: 'Clubhouse', address: 'Hafenstraße 3 \r\n20459 Hamburg' })).toBe(
    'Clubhouse, Hafenstraße 3, 20459 Hamburg',
  );
});
