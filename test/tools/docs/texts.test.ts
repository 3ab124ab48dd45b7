/** Compares what the documentation says about the contract with the contract itself, or with text written by hand. */
import { readFileSync } from 'node:fs';
import { renderCatalogue } from '../../../scripts/docs/codes.ts';
import { type DocumentedOperation, readDocumentedContract, textOf } from '../../../scripts/docs/contract.ts';
import { readGuides } from '../../../scripts/docs/guides.ts';
import { pageDocument } from '../../../scripts/docs/page.ts';
import { renderOperation, renderSchemas, typeOf } from '../../../scripts/docs/reference.ts';
import { samplesOf } from '../../../scripts/docs/samples.ts';
import { asObject } from '../../../src/openapi/document.ts';
import { nameOf } from '../../../src/openapi/refs.ts';

const contract = readDocumentedContract();
const guides = readGuides(contract);
const operation = (id: string) =>
  contract.operations.find(({ operationId }) => operationId === id) as DocumentedOperation;

describe('the catalogue of codes', () => {
  const catalogue = renderCatalogue(contract);
  const entries = catalogue.split(/^(?=##)/m);
  const entryOf = (code: string) => entries.filter((entry) => entry.startsWith(`### ${code}\n`));

  it('has an entry for each code of the contract, with its meaning, remedy and operations', () => {
    const problems = Object.entries(asObject(contract.tree['x-problems'])) as [
      string,
      { title: string; detail: string; remedy: string },
    ][];
    expect(catalogue.match(/^### /gm)).toHaveLength(problems.length);
    for (const [code, { title, detail, remedy }] of problems) {
      const [entry] = entryOf(code);
      expect(entry).toContain(` ${title}.** ${detail.replaceAll('<', '&lt;')}\n`);
      expect(entry).toContain(`**What to do:** ${remedy}\n`);
      expect(entry).toMatch(/\*\*Operations:\*\* .{3,}\./);
    }
  });

  it.each([
    ['malformed-request', 400],
    ['unauthenticated', 401],
    ['not-event-organizer', 403],
    ['event-not-found', 404],
    ['route-not-found', 404],
    ['method-not-allowed', 405],
    ['event-cancelled', 409],
    ['precondition-failed', 412],
    ['too-many-requests', 429],
    ['headers-too-large', 431],
    ['internal-error', 500],
    ['service-unavailable', 503],
  ])('says that %s comes with %d', (code, status) => {
    expect(entryOf(code)).toEqual([expect.stringContaining(`\n**${status} `)]);
  });

  it.each([
    ['route-not-found', 'none; the request matches no operation.'],
    ['not-publishable', '[`publishEvent`](operations/publishEvent.md).'],
    ['internal-error', 'all.'],
  ])('says which operations respond with %s', (code, text) => {
    expect(entryOf(code)).toEqual([expect.stringContaining(`**Operations:** ${text}`)]);
  });

  it('lists each field error code of the contract', () => {
    const codes = contract.schemas['FieldErrorCode']?.['enum'] as string[];
    const rows = catalogue.slice(catalogue.indexOf('## Field error codes')).match(/^\| `.*$/gm) ?? [];
    expect(rows.map((row) => /^\| `(.+?)` \| .{5,} \|$/.exec(row)?.[1])).toEqual(codes);
  });
});

describe('The type of a schema', () => {
  const name = { $ref: '#/components/schemas/EventName' };

  it.each([
    [name, '[EventName](schemas.md#eventname)'],
    [{ anyOf: [name, { type: 'null' }], description: 'It.' }, '[EventName](schemas.md#eventname) or null'],
    [{ type: ['string', 'null'], maxLength: 3 }, 'string or null, maxLength `3`'],
    [{ type: ['string', 'integer'] }, 'string or integer'],
    [{ type: 'null' }, 'null'],
    [{ type: 'string', const: 'ok' }, '`ok`'],
    [{ type: 'string', enum: ['a', 'b'], default: 'a' }, '`a`, `b`, default `a`'],
    [
      { type: ['array', 'null'], items: name, maxItems: 2 },
      'array of [EventName](schemas.md#eventname) or null, maxItems `2`',
    ],
    [{ type: 'number', exclusiveMinimum: 0 }, 'number, exclusiveMinimum `0`'],
    [{}, 'object'],
  ])('of %j is %s', (schema, text) => {
    expect(typeOf(schema)).toBe(text);
  });
});

describe('The page', () => {
  const member = (name: string) => {
    const { schemas } = asObject(page['components']);
    return asObject(asObject(asObject(schemas)['EventUpdate'])['properties'])[name];
  };
  const page = pageDocument(contract, [], 'sdk');

  it('shows a schema or null as one schema, with the limits of the schema', () => {
    expect(member('description')).toEqual({
      type: ['string', 'null'],
      maxLength: 1000,
      'x-text': 'multi-line',
      pattern: expect.any(String),
      description: expect.stringContaining('`null` removes it.'),
      example: expect.any(String),
    });
    expect(member('location')).toMatchObject({ type: ['object', 'null'], oneOf: expect.any(Array) });
    expect(contract.tree).not.toHaveProperty('components.schemas.EventUpdate.properties.description.type');
  });

  it('says the meaning of a code also where it is the only one', () => {
    const codes = JSON.stringify(page).match(/"code":\{"type":"string","minLength":1,[^}]*\}/g) ?? [];
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !code.includes('"x-enumDescriptions":{'))).toEqual([]);
  });

  it('has all examples of each body, as many as samples in a language', () => {
    const { paths } = pageDocument(contract, [], 'sdk') as unknown as {
      paths: Record<string, Record<string, unknown>>;
    };
    for (const { path, method, requestBody } of contract.operations) {
      const all = Object.values(asObject(requestBody?.content['application/json']?.['examples'])).map(asObject);
      const body = asObject(asObject(paths[path]?.[method])['requestBody']);
      const shown = asObject(asObject(asObject(body['content'])['application/json'])['examples']);
      expect(Object.values(shown)).toEqual(all);
    }
  });

  it('has each regular expression at the end of a description, after the meaning', () => {
    const schemas = asObject(asObject(page['components'])['schemas']);
    const { description, pattern } = asObject(schemas['DateTime']);
    expect(description).toBe(
      `${textOf(asObject(contract.schemas['DateTime'])['description'])}\n\nPattern: \`${textOf(pattern)}\``,
    );
    const { ListStartsFrom } = asObject(asObject(page['components'])['parameters']);
    expect(asObject(ListStartsFrom)['description']).toContain(`\n\nPattern: \`${textOf(pattern)}\``);
  });

  it('has examples of the times of an event that fit together', () => {
    const schemas = asObject(asObject(page['components'])['schemas']);
    for (const name of ['Event', 'EventCreate', 'EventUpdate', 'EventDuplicate']) {
      const { startsAt, endsAt } = asObject(asObject(schemas[name])['properties']);
      const exampleOf = (schema: unknown) =>
        textOf(asObject(schema)['example'] ?? asObject(schemas[nameOf(asObject(schema), 'schemas') ?? ''])['example']);
      expect(Date.parse(exampleOf(endsAt))).toBeGreaterThan(Date.parse(exampleOf(startsAt)));
    }
  });

  it('has the rate limit of each operation, as its page has', () => {
    const { paths } = page as unknown as { paths: Record<string, Record<string, unknown>> };
    const throttles = asObject(contract.tree['x-throttles']);
    for (const one of contract.operations) {
      const { rate, burst } = asObject(one.source['x-throttle'] ?? throttles[one.secured ? 'secured' : 'open']);
      const limit = `: ${textOf(rate)} requests per second, with bursts of ${textOf(burst)}, for all callers together.`;
      expect(asObject(paths[one.path]?.[one.method])['description']).toContain(`requests.html#rate-limits)${limit}`);
      expect(renderOperation(one, contract, 'sdk')).toContain(`requests.md#rate-limits)${limit}`);
    }
  });

  it('has one example of each parameter in a query', () => {
    const { parameters } = asObject(page['components']);
    const status = asObject(asObject(parameters)['ListStatus']);
    expect(status['example']).toEqual(['draft', 'published']);
    expect(status['schema']).not.toHaveProperty('example');
    expect(contract.tree).toHaveProperty('components.parameters.ListStatus.schema.example');
  });

  it('has webhooks where the document has some', () => {
    const webhooks = { 'event.published': { post: { operationId: 'onEventPublished', responses: {} } } };
    expect(pageDocument(readDocumentedContract({ ...contract.tree, webhooks }), [], 'sdk')['webhooks']).toEqual(
      webhooks,
    );
  });
});

it('no text promises a notification, because the API sends none', () => {
  const texts = [
    readFileSync('openapi/openapi.yaml', 'utf8'),
    ...['README.md', 'client/README.md', 'client/examples/club/README.md'].map((file) => readFileSync(file, 'utf8')),
    ...guides.map((guide) => guide.text),
  ];
  const sentences = texts.flatMap((text) => text.replace(/\s+/g, ' ').split(/(?<=[.!?]) /));
  const promises = sentences.filter((sentence) =>
    /\b(notif(y|ies|ied|ications?)|informs?|tells? (everybody|everyone|those|attendees))\b/i.test(sentence),
  );
  expect(promises).toEqual(['No one is notified.']);
});

it('no problem only refers to another place: its detail is a sentence that says what is wrong', () => {
  const details = Object.values(contract.problems).map(({ detail }) => detail);
  expect(details.flatMap((detail) => detail.split(/(?<=[.!?]) /)).filter((one) => one.startsWith('See '))).toEqual([]);
});

it('the guide of the client says first that the package is not on npm', () => {
  for (const text of [
    guides.find(({ name }) => name === 'getting-started')?.text ?? '',
    readFileSync('client/README.md', 'utf8'),
  ]) {
    const place = text.search(/not (yet )?(published )?on npm/);
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(text.indexOf('npm install'));
    expect(text).not.toMatch(/npm install @event-management/);
  }
});

it('the table of roles says who can call each operation', () => {
  const text = guides.map((guide) => guide.text).join('\n');
  for (const [id, who] of [
    ['getHealth', 'anyone, without a token'],
    ['listEvents', 'any signed-in user'],
    ['getEvent', 'anyone, with or without a token'],
    ['createEvent', 'organizers'],
    ['updateEvent', "the event's organizer"],
    ['deleteEvent', "the event's organizer"],
  ])
    expect(text).toContain(`| \`${id}\` | ${who} |`);
  for (const { operationId } of contract.operations) expect(text).toContain(`| \`${operationId}\` | `);
});

describe('the reference', () => {
  it('marks required parameters and fields, and lists limits', () => {
    const update = renderOperation(operation('updateEvent'), contract, 'sdk');
    expect(update).toMatch(/^\| `eventId` \(required\) \| path \|/m);
    expect(update).toMatch(/^\| `If-Match` \| header \|/m);
    const list = renderOperation(operation('listEvents'), contract, 'sdk');
    expect(list).toMatch(/^\| `limit` \| query \| Maximum .* \| integer, minimum `1`, maximum `100`, default `25` \|/m);
    const create = /^## EventCreate\n.*?(?=^## )/ms.exec(renderSchemas(contract))?.[0];
    expect(create).toMatch(/^\| `name` \(required\) \|/m);
    expect(create).toMatch(/^\| `description` \|/m);
  });

  it('lists each response of an operation', () => {
    for (const one of contract.operations) {
      const text = renderOperation(one, contract, 'sdk');
      for (const status of Object.keys(one.responses)) expect(text).toMatch(new RegExp(`^\\| ${status} \\| `, 'm'));
    }
  });

  it.each([
    ['updateEvent', 200, 'Event', []],
    [
      'updateEvent',
      409,
      'Problem',
      ['capacity-below-registrations', 'concurrent-change', 'event-cancelled', 'location-required'],
    ],
    ['updateEvent', 429, 'GatewayError', ['too-many-requests']],
    ['listEvents', 200, 'EventPage', []],
    ['deleteEvent', 204, '', []],
    ['createEvent', 422, 'Problem', ['idempotency-key-reused', 'invalid-event']],
  ])('lists body and codes of a response of %s (%d)', (id, status, schema, codes) => {
    const body = schema === '' ? '' : `[${schema}](schemas.md#${schema.toLowerCase()})`;
    const links = codes.map((code) => `[\`${code}\`](errors.md#${code})`).join(', ');
    expect(renderOperation(operation(id), contract, 'sdk')).toContain(`\n| ${status} | ${body} | ${links} | `);
  });

  it('has the meaning of a parameter before its type, and the parameters of all operations last', () => {
    for (const one of contract.operations) {
      const [, rows = ''] =
        /\n\| name \| in \| meaning \| type \|\n(.*?)\n\n/s.exec(renderOperation(one, contract, 'sdk')) ?? [];
      expect(rows.split('\n').at(-1)).toMatch(/^\| `Client-Version` \| header \| The name .* \| string, /);
    }
    expect(typeOf({ type: 'string', pattern: '^a$', default: 'a' })).toBe('string, default `a`, pattern `^a$`');
  });

  it('has every example of a body, and one of the response', () => {
    for (const one of contract.operations) {
      const text = renderOperation(one, contract, 'sdk');
      for (const { summary, value } of Object.values(
        asObject(one.requestBody?.content['application/json']?.['examples']),
      ).map(asObject))
        expect(text).toContain(`${summary as string}:\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`);
      expect(text.includes('\n### Example response\n')).toBe(one.result !== undefined);
    }
  });
});

it('the page has a sample of each example in each language with each operation, in the order of the switch', () => {
  const { paths } = pageDocument(contract, guides, 'sdk') as { paths: Record<string, Record<string, unknown>> };
  for (const one of contract.operations) {
    const samples = samplesOf(one, contract, 'sdk');
    expect(samples.map(({ language }) => language.label)).toEqual(
      ['SDK', 'curl', 'Python', 'Go'].flatMap((label) => Array<string>(one.examples.length || 1).fill(label)),
    );
    expect(asObject(paths[one.path]?.[one.method])['x-codeSamples']).toEqual(
      samples.map(({ language: { lang, label }, source }) => ({ lang, label, source })),
    );
  }
});

it('the page shows the meaning of each code with every list of codes', () => {
  const lists: { enum: string[]; 'x-enumDescriptions'?: Record<string, string> }[] = [];
  function collect(tree: unknown): void {
    if (tree === null || typeof tree !== 'object') return;
    const code = asObject(asObject(asObject(tree)['properties'])['code']);
    if (Array.isArray(code['enum'])) lists.push(code as unknown as (typeof lists)[number]);
    Object.values(tree).forEach(collect);
  }
  collect(pageDocument(contract, guides, 'sdk'));
  expect(lists.length).toBeGreaterThan(contract.operations.length);
  for (const list of lists) expect(Object.keys(list['x-enumDescriptions'] ?? {})).toEqual(list.enum);
});
