/** What the guides show without a test of their own. */
import { createEventsClient } from '@event-management/client';
import { examples, fakeFetch, type FakeSteps } from '@event-management/client/testing';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { followForm } from './plain-form';
import { MyPlace } from './MyPlace';
import { PublicEvents } from './PublicEvents';
import { RegisterForm } from './RegisterForm';
import { RegisterTanStackForm } from './RegisterTanStackForm';
import { renderWith } from './render';

const event = examples.getEvent.published;
const clientOf = (steps: FakeSteps) => {
  const fake = fakeFetch(steps);
  return {
    fake,
    api: createEventsClient({ baseUrl: 'https://api.example.com', token: 'a-token', fetch: fake, maxRetries: 0 }),
  };
};

const steps: FakeSteps = {
  registerForEvent: [
    'registration-closed',
    ({ body }) => ({ ...examples.registerForEvent.confirmed, ...(body as object), number: 7 }),
  ],
};

/** Fills in a form: it shows the error of a field, then one of the API, and then it is done. */
async function useForm(place: HTMLElement, calls: () => readonly { body: unknown }[], done: () => Promise<unknown>) {
  const user = userEvent.setup();
  const register = () => user.click(screen.getByRole('button', { name: 'Register' }));
  await user.type(screen.getByLabelText('Email (optional)'), 'mira');
  await register();
  await vi.waitFor(() => expect(place.querySelectorAll('[aria-invalid=true]')).toHaveLength(2));
  for (const field of place.querySelectorAll('[aria-invalid=true]'))
    expect(place.querySelector(`[id="${field.getAttribute('aria-describedby')}"]`)?.textContent).not.toBe('');
  expect(calls()).toEqual([]);
  await user.type(screen.getByLabelText('Name'), 'Mira Novak');
  await user.clear(screen.getByLabelText('Email (optional)'));
  await register();
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/\w/));
  await register();
  await done();
  expect(calls().map(({ body }) => body)).toEqual([{ name: 'Mira Novak' }, { name: 'Mira Novak' }]);
}

it('a plain form shows errors beside its fields', async () => {
  const { fake, api } = clientOf(steps);
  document.body.innerHTML = `<form novalidate>
    <label>Name <input name="name"></label> <span id="name-error"></span>
    <label>Email (optional) <input name="email"></label> <span id="email-error"></span>
    <p role="alert"></p> <button>Register</button></form>`;
  const form = document.querySelector('form') as HTMLFormElement;
  const done = vi.fn();
  followForm(form, api, event.eventId, done);
  await useForm(
    form,
    () => fake.calls,
    () => vi.waitFor(() => expect(done).toHaveBeenCalledOnce()),
  );
  document.body.innerHTML = '';
});

it('a form of react-hook-form does', async () => {
  const fake = renderWith(steps, (queries) => <RegisterForm queries={queries} event={event} />);
  await useForm(
    document.body,
    () => fake.calls.filter(({ operation }) => operation === 'registerForEvent'),
    () => screen.findByText('Your number is 7.'),
  );
});

it('a form of TanStack Form does', async () => {
  const { fake, api } = clientOf(steps);
  render(<RegisterTanStackForm api={api} event={event} />);
  await useForm(
    document.body,
    () => fake.calls,
    () => screen.findByText('Your number is 7.'),
  );
});

it('the list without TanStack Query shows events, or the error', async () => {
  const { api } = clientOf({});
  const { rerender } = render(<PublicEvents client={api} tag="music" />);
  await screen.findByText(examples.listEvents.firstPage.items[0]?.name ?? '');
  rerender(<PublicEvents client={clientOf({ listEvents: 'network-error' }).api} tag="music" />);
  expect((await screen.findByRole('alert')).textContent).toContain('offline');
});

it('shows the form until there is a place, and keeps its input when the API rejects it', async () => {
  const fake = renderWith(
    {
      // The second one is on its way for as long as the test takes.
      getMyRegistration: ['registration-not-found', () => new Promise(() => {})],
      registerForEvent: ['event-full', examples.registerForEvent.waitlisted],
    },
    (queries) => <MyPlace queries={queries} event={event} />,
  );
  const reads = () => fake.calls.filter(({ operation }) => operation === 'getMyRegistration');
  await userEvent.type(await screen.findByLabelText('Name'), 'Mira Novak');
  await userEvent.click(screen.getByRole('button', { name: 'Register' }));
  await screen.findByRole('alert');
  await vi.waitFor(() => expect(reads()).toHaveLength(2));
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Mira Novak');
  await userEvent.click(screen.getByRole('button', { name: 'Register' }));
  await screen.findByText(/on the waitlist/, { selector: '[role=status]' });
  expect(screen.queryByLabelText('Name')).toBeNull();
});
