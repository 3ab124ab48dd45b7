/** The schemas of inputs as forms use them. That they agree with the server is tested in schemas-agreement.test.ts. */
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { FieldApi, FormApi } from '@tanstack/react-form';
import { createFormControl } from 'react-hook-form';
import {
  cancelEventInput,
  createCheckInsInput,
  createEventInput,
  errorsByField,
  errorsIn,
  eventPhases,
  limits,
  listEventsInput,
  publishEventInput,
  registerForEventInput,
  updateEventInput,
  withEvent,
} from '../src/schemas.ts';
import type { CreateEventInput, Problem } from '../src/index.ts';

const night = {
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
} satisfies CreateEventInput;
const inverted = {
  ...night,
  name: ' ',
  endsAt: night.startsAt,
  location: { kind: 'online', url: 'http://a' },
} as const;
const expected = {
  name: 'must have at least 3 characters',
  endsAt: 'The end must be after the start.',
  'location.url': 'must be an https URL with a host, such as https://meet.example.com/riverside',
};

describe('A schema', () => {
  it('returns the input in the normal form in which the API would store it', () => {
    const sent = {
      ...night,
      name: ' Riverside Jazz Night\u3000',
      imageUrl: 'HTTPS://Pictures.Example.com',
      tags: undefined,
    };
    const value = { ...night, imageUrl: 'https://pictures.example.com/' };
    expect(createEventInput['~standard'].validate(sent)).toEqual({ value });
    expect(sent.name).toBe(' Riverside Jazz Night\u3000');
  });

  it('returns the errors of the schema and those of its rules at once', () => {
    expect(errorsIn(createEventInput, inverted)).toEqual([
      {
        pointer: '/name',
        code: 'too-short',
        detail: 'must have at least 3 characters',
        message: 'must have at least 3 characters',
        path: ['name'],
      },
      expect.objectContaining({ pointer: '/location/url', code: 'invalid-format', path: ['location', 'url'] }),
      expect.objectContaining({ pointer: '/endsAt', code: 'ends-before-start', path: ['endsAt'] }),
    ]);
  });

  it('leads to items by their indexes, and to members by their names', () => {
    const scan = { scanId: 'x', scannedAt: night.startsAt };
    expect(errorsIn(createCheckInsInput, { scans: [scan] })[0]?.path).toEqual(['scans', 0, 'scanId']);
    expect(errorsIn(registerForEventInput, { name: 'a', answers: { 0: 5 } })[0]?.path).toEqual(['answers', '0']);
    expect(errorsIn(createEventInput, { ...night, 'a/b~c': 1 })[0]).toMatchObject({
      pointer: '/a~1b~0c',
      path: ['a/b~c'],
    });
  });

  it('names the parameter of an error in a filter', () => {
    expect(errorsIn(listEventsInput, { limit: 0, status: ['draft'] })).toEqual([
      expect.objectContaining({ parameter: 'limit', code: 'too-small', path: ['limit'] }),
      expect.objectContaining({ parameter: 'status', code: 'status-needs-own-organizer', path: ['status'] }),
    ]);
  });

  it('takes a date and a URL for their texts, as the client does', () => {
    const startsAt = new Date(night.startsAt);
    expect(
      createEventInput['~standard'].validate({ ...night, startsAt, imageUrl: new URL('https://a.example') }),
    ).toEqual({
      value: { ...night, startsAt: '2030-06-21T18:00:00.000Z', imageUrl: 'https://a.example/' },
    });
  });

  it.each([
    ['a day that does not exist', { ...night, startsAt: '2030-02-29T00:00:00Z' }, ['/startsAt']],
    ['a leap day', { ...night, startsAt: '2028-02-29T00:00:00Z', endsAt: '2028-02-29T01:00:00Z' }, []],
    ['nothing', undefined, ['']],
    ['null', null, ['']],
    ['an array', [night], ['']],
  ])('checks %s', (_title, input, pointers) => {
    expect(errorsIn(createEventInput, input).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('takes nothing for an input that can be omitted, and rejects what the client cannot send', () => {
    for (const schema of [cancelEventInput, publishEventInput, listEventsInput])
      expect(schema['~standard'].validate(undefined)).toEqual({ value: undefined });
    expect(errorsIn(listEventsInput, 'upcoming')).toMatchObject([{ pointer: '', code: 'invalid-type' }]);
    expect(errorsIn(listEventsInput, { tag: null, status: [], q: {} })).toMatchObject([
      { parameter: 'tag', code: 'invalid-type' },
      { parameter: 'status', code: 'required' },
      { parameter: 'q', code: 'invalid-type' },
    ]);
  });

  it('compares a new time with those of the event, if it knows it', () => {
    expect(errorsIn(updateEventInput, { endsAt: night.startsAt })).toEqual([]);
    expect(errorsIn(withEvent(updateEventInput, night), { endsAt: night.startsAt })).toMatchObject([
      { pointer: '/endsAt', code: 'ends-before-start' },
    ]);
  });
});

describe('errorsByField', () => {
  it('names the fields of the errors that a schema finds', () => {
    const fields = errorsByField(errorsIn(createEventInput, inverted));
    expect(Object.fromEntries(Object.entries(fields).map(([name, { detail }]) => [name, detail]))).toEqual(expected);
  });

  it('names the fields of the errors that the API returns, and the first error of each', () => {
    const errors = [
      { pointer: '/tags/0', code: 'too-long', detail: 'must have at most 50 characters' },
      { pointer: '/tags/0', code: 'duplicate-item', detail: 'is the same' },
      { parameter: 'dryRun', code: 'invalid-type', detail: 'must be true or false' },
      { pointer: '', code: 'invalid-type', detail: 'must be an object' },
    ] as const satisfies Problem['errors'];
    expect(errorsByField(errors)).toEqual({ 'tags.0': errors[0], dryRun: errors[2], '': errors[3] });
    expect(errorsByField(undefined)).toEqual({});
  });
});

describe('A form', () => {
  it('of react-hook-form has the errors beside its fields, and submits the normal form', async () => {
    const form = createFormControl<CreateEventInput>({
      defaultValues: inverted,
      resolver: standardSchemaResolver(createEventInput),
    });
    const submit = jest.fn();
    const rejected = jest.fn();
    for (const name of ['name', 'endsAt', 'location.url'] as const) form.register(name);
    await form.handleSubmit(submit, rejected)();
    const [[errors]] = rejected.mock.calls;
    expect(errors.name.message).toBe(expected.name);
    expect(errors.endsAt.message).toBe(expected.endsAt);
    expect(errors.location.url.message).toBe(expected['location.url']);
    form.reset({ ...night, name: ' Jazz ' });
    await form.handleSubmit(submit, rejected)();
    expect(submit.mock.calls[0][0]).toEqual({ ...night, name: 'Jazz' });
  });

  it('of TanStack Form has the errors beside its fields', async () => {
    const submit = jest.fn();
    const defaultValues: CreateEventInput = inverted;
    const form = new FormApi({ defaultValues, validators: { onSubmit: createEventInput }, onSubmit: submit });
    const unmount = form.mount();
    const fields = (['name', 'endsAt', 'location.url'] as const).map((name) => new FieldApi({ form, name }));
    for (const field of fields) field.mount();
    await form.handleSubmit();
    const messages = fields.map(({ name, state }) => [name, (state.meta.errors[0] as { message: string }).message]);
    expect(Object.fromEntries(messages)).toEqual(expected);
    expect(submit).not.toHaveBeenCalled();
    unmount();
  });
});

it('limits are those of the fields, and enums have all values', () => {
  expect(limits.EventCreate.capacity).toEqual({ required: false, minimum: 1, maximum: 1_000_000 });
  expect(limits.ChoiceQuestion.options).toEqual({
    required: true,
    minItems: 1,
    maxItems: 20,
    items: { minLength: 1, maxLength: 100 },
  });
  expect(eventPhases).toEqual(['upcoming', 'ongoing', 'ended']);
});
