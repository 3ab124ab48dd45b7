import type { Parameter } from '../../src/openapi/document.ts';
import type { DocumentedContract, DocumentedOperation } from './contract.ts';
import { curlSample } from './samples/curl.ts';
import { goSample } from './samples/go.ts';
import { inSource, javaScript, json } from './samples/literal.ts';
import { preparationOf, type Program } from './samples/program.ts';
import { pythonSample } from './samples/python.ts';
import { sdkSample } from './samples/sdk.ts';

const parameter = (name: string, place: Parameter['in'], example: string | string[], schema = {}) =>
  ({ name, in: place, schema, example }) as Parameter;

const operation = (changes: Partial<DocumentedOperation>) =>
  ({
    operationId: 'listEvents',
    method: 'get',
    path: '/events',
    parameters: [],
    examples: [],
    acceptsToken: true,
    result: 'Event',
    ...changes,
  }) as DocumentedOperation;

const api = 'http://api.test';

const program = (operation: DocumentedOperation, first: readonly DocumentedOperation[] = []): Program => ({
  operation,
  first,
  server: api,
});

describe('A literal', () => {
  it('writes a literal on one line if it fits, quoted as in JavaScript', () => {
    expect(inSource({ name: "It's \\ a\nfête", 'a-b': [1, true, null] }, javaScript)).toBe(
      "{ name: 'It\\'s \\\\ a\\nfête', 'a-b': [1, true, null] }",
    );
  });

  it('has a line for each member where it does not', () => {
    const long = { first: 'x'.repeat(40), second: { third: 'y'.repeat(40) } };
    expect(inSource(long, javaScript)).toBe(
      `{\n  first: '${long.first}',\n  second: { third: '${long.second.third}' },\n}`,
    );
  });

  it('writes a literal that evaluates to the value', () => {
    const value = { a: ["'", '\\', '"', '\n'], b: { 'c d': -1.5, e: {} } };
    expect((0, eval)(`(${inSource(value, javaScript)})`)).toEqual(value);
    expect(JSON.parse(inSource(value, json))).toEqual(value);
  });
});

describe('A sample of curl', () => {
  it('quotes what a shell would read, and encodes what a query would', () => {
    const parameters = [
      parameter('tag', 'query', "rock'n roll"),
      parameter('at', 'query', '2030-06-01T00:00:00+02:00'),
      { ...parameter('If-Match', 'header', '"1"'), required: true },
    ];
    expect(curlSample(program(operation({ parameters })))).toBe(
      [
        `curl -s -G ${api}/events`,
        '-H "Authorization: Bearer $TOKEN"',
        `-H 'If-Match: "1"'`,
        `-d 'tag=rock'\\''n%20roll'`,
        '-d at=2030-06-01T00:00:00%2B02:00',
      ].join(' \\\n  '),
    );
  });

  it('names the method only where curl would take another', () => {
    const body = { exampleBody: { a: 1 } };
    expect(curlSample(program(operation({ method: 'post', ...body })))).toMatch(/^curl -s http/);
    expect(curlSample(program(operation({ method: 'post' })))).toMatch(/^curl -s -X POST http/);
    expect(curlSample(program(operation({ method: 'patch', ...body })))).toMatch(/^curl -s -X PATCH http/);
  });

  it('leaves out what has a default, the position in a list, times and optional headers', () => {
    const parameters = [
      parameter('limit', 'query', '25', { default: 25 }),
      parameter('cursor', 'query', 'abc'),
      parameter('startsFrom', 'query', '2030-06-01T00:00:00Z', { format: 'date-time' }),
      parameter('Idempotency-Key', 'header', 'abc'),
    ];
    expect(curlSample(program(operation({ parameters, acceptsToken: false })))).toBe(`curl -s ${api}/events`);
  });
});

describe('A sample that needs a resource', () => {
  const id = parameter('eventId', 'path', '5f0c');
  const creation = operation({ operationId: 'createEvent', method: 'post', exampleBody: { name: 'Jazz' } });
  const publish = operation({
    operationId: 'publishEvent',
    method: 'post',
    path: '/events/{eventId}/publish',
    parameters: [id],
  });
  const cancel = operation({
    operationId: 'cancelEvent',
    method: 'post',
    path: '/events/{eventId}/cancel',
    parameters: [id],
  });

  it('creates it with the client package, and hands it from call to call', () => {
    expect(
      sdkSample(program(cancel, [creation, publish]), 'sdk')
        .split('\n\n')
        .at(-1),
    ).toBe(
      [
        "const created = await api.createEvent({ name: 'Jazz' });",
        'const published = await api.publishEvent(created);',
        'const event = await api.cancelEvent(published);',
        'console.log(event);',
      ].join('\n'),
    );
  });

  it('takes its id from the response with curl', () => {
    expect(
      curlSample(program(cancel, [creation, publish]))
        .split('\n')
        .slice(-7),
    ).toEqual([
      `    -d '{ "name": "Jazz" }' |`,
      `  sed -n 's/.*"eventId":"\\([^"]*\\)".*/\\1/p'`,
      ')',
      `curl -s -o /dev/null -X POST ${api}/events/$EVENT_ID/publish \\`,
      '  -H "Authorization: Bearer $TOKEN"',
      `curl -s -X POST ${api}/events/$EVENT_ID/cancel \\`,
      '  -H "Authorization: Bearer $TOKEN"',
    ]);
  });

  it('creates only the fields that are needed, and reaches the state that is needed', () => {
    const full = { name: 'Jazz', location: 'Here', tags: ['music'] };
    const schemas = { EventCreate: { required: ['name'] } };
    const operations = [
      { ...creation, exampleBody: full, bodySchema: { $ref: '#/components/schemas/EventCreate' } },
      publish,
    ];
    const contract = { operations, schemas } as unknown as DocumentedContract;
    const bodies = (one: DocumentedOperation) =>
      preparationOf(one, contract).map(({ operationId, exampleBody }) => [operationId, exampleBody]);
    expect(bodies({ ...cancel, operationId: 'getEvent' })).toEqual([['createEvent', { name: 'Jazz' }]]);
    expect(bodies(publish)).toEqual([['createEvent', { name: 'Jazz', location: 'Here' }]]);
    expect(bodies(cancel)).toEqual([
      ['createEvent', { name: 'Jazz', location: 'Here' }],
      ['publishEvent', undefined],
    ]);
    expect(bodies(operation({}))).toEqual([]);
    const withAnswers = { name: 'answers', summary: 'With answers', value: { answers: {} } };
    const asking = operation({
      method: 'patch',
      path: '/events/{eventId}',
      examples: [{ ...withAnswers, value: { name: 'Other', questions: [1] } }],
    });
    const withQuestions = { ...contract, operations: [...operations, asking] };
    expect(preparationOf(publish, withQuestions, withAnswers)[0]?.exampleBody).toEqual({
      name: 'Jazz',
      location: 'Here',
      questions: [1],
    });
    expect(() => preparationOf(cancel, { ...contract, operations: [operations[0] as DocumentedOperation] })).toThrow(
      'needs publishEvent, which does not exist',
    );
  });
});

describe('A sample for Python', () => {
  it('sends the query and the body as literals of Python, and prints the items of a page', () => {
    const parameters = [parameter('status', 'query', ['a', 'b'])];
    expect(
      pythonSample(program(operation({ parameters, item: 'Event' })))
        .split('\n')
        .slice(-3),
    ).toEqual([
      'page = call("GET", "/events", params={"status": ["a", "b"]}).json()',
      'for item in page["items"]:',
      '    print(item)',
    ]);
    const body = { exampleBody: { online: true, capacity: null, name: '"Jazz"' } };
    expect(pythonSample(program(operation({ method: 'patch', ...body })))).toContain(
      'json={\n    "online": True,\n    "capacity": None,\n    "name": "\\"Jazz\\"",\n}',
    );
  });

  it('reads no token for an operation that accepts none', () => {
    expect(pythonSample(program(operation({ acceptsToken: false })))).not.toContain('TOKEN');
  });
});

describe('A sample for Go', () => {
  it('aligns the values of a query, and imports what it uses', () => {
    const parameters = [parameter('checkedIn', 'query', ['false']), parameter('q', 'query', ['a', 'b'])];
    const source = goSample(program(operation({ parameters })));
    expect(source).toContain('\t\t"checkedIn": {"false"},\n\t\t"q":         {"a", "b"},\n');
    expect(source).toContain('\t"net/url"\n');
    expect(goSample(program(operation({ acceptsToken: false })))).not.toMatch(/net\/url|"os"|TOKEN/);
  });

  it('refuses what it cannot write', () => {
    const header = { ...parameter('If-Match', 'header', '"1"'), required: true };
    expect(() => goSample(program(operation({ parameters: [header] })))).toThrow('cannot send the headers');
    expect(() => goSample(program(operation({ exampleBody: { name: '`' } })))).toThrow('backquote');
  });
});

describe('A sample of the client package', () => {
  const id = parameter('eventId', 'path', '5f0c');
  const lastOf = (changes: Partial<DocumentedOperation>) =>
    sdkSample(program(operation(changes)), 'sdk')
      .split('\n\n')
      .at(-1);

  it('takes the example of an id where nothing can be created', () => {
    expect(lastOf({ operationId: 'getEvent', parameters: [id] })).toBe(
      "const event = await api.getEvent('5f0c');\nconsole.log(event);",
    );
  });

  it('iterates over a list, and only awaits an operation without a response body', () => {
    expect(lastOf({ result: 'EventPage', item: 'Event' })).toBe(
      'for await (const event of api.listEvents()) {\n  console.log(event);\n}',
    );
    const { result: _result, ...nothing } = operation({ operationId: 'deleteEvent', parameters: [id] });
    expect(sdkSample(program(nothing), 'sdk').split('\n\n').at(-1)).toBe("await api.deleteEvent('5f0c');");
  });
});
