import type { Parameter } from '../../src/openapi/document.ts';
import type { DocumentedOperation } from './contract.ts';
import { curlSample, inSource, sdkSample } from './samples.ts';

const parameter = (name: string, place: Parameter['in'], example: string | string[], schema = {}) =>
  ({ name, in: place, schema, example }) as Parameter;

const operation = (changes: Partial<DocumentedOperation>) =>
  ({
    operationId: 'listEvents',
    method: 'get',
    path: '/events',
    parameters: [],
    secured: true,
    result: 'Event',
    ...changes,
  }) as DocumentedOperation;

const api = 'http://api.test';

describe('A literal', () => {
  it('writes a literal on one line if it fits, quoted as in JavaScript', () => {
    expect(inSource({ name: "It's \\ a\nfête", 'a-b': [1, true, null] })).toBe(
      "{ name: 'It\\'s \\\\ a\\nfête', 'a-b': [1, true, null] }",
    );
  });

  it('has a line for each member where it does not', () => {
    const long = { first: 'x'.repeat(40), second: { third: 'y'.repeat(40) } };
    expect(inSource(long)).toBe(`{\n  first: '${long.first}',\n  second: { third: '${long.second.third}' },\n}`);
  });

  it('writes a literal that evaluates to the value', () => {
    const value = { a: ["'", '\\', '"', '\n'], b: { 'c d': -1.5, e: {} } };
    expect((0, eval)(`(${inSource(value)})`)).toEqual(value);
    expect(JSON.parse(inSource(value, { quote: (text) => JSON.stringify(text) }))).toEqual(value);
  });
});

describe('A sample of curl', () => {
  it('quotes what a shell would read, and encodes what a query would', () => {
    const parameters = [
      parameter('tag', 'query', "rock'n roll"),
      parameter('at', 'query', '2030-06-01T00:00:00+02:00'),
      parameter('If-Match', 'header', '"1"'),
    ];
    expect(curlSample(operation({ parameters }), api)).toBe(
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
    expect(curlSample(operation({ method: 'post', ...body }), api)).toMatch(/^curl -s http/);
    expect(curlSample(operation({ method: 'post' }), api)).toMatch(/^curl -s -X POST http/);
    expect(curlSample(operation({ method: 'patch', ...body }), api)).toMatch(/^curl -s -X PATCH http/);
  });

  it('leaves out what has a default, and the position in a list', () => {
    const parameters = [parameter('limit', 'query', '25', { default: 25 }), parameter('cursor', 'query', 'abc')];
    expect(curlSample(operation({ parameters, secured: false }), api)).toBe(`curl -s ${api}/events`);
  });
});

describe('A sample of the client package', () => {
  const id = parameter('eventId', 'path', '5f0c');
  const lastOf = (changes: Partial<DocumentedOperation>) =>
    sdkSample(operation(changes), api, 'sdk').split('\n\n').at(-1);

  it('takes the id alone where nothing can be overwritten, and id and tag where it can', () => {
    expect(lastOf({ operationId: 'getEvent', parameters: [id] })).toBe(
      "const event = await api.getEvent('5f0c');\nconsole.log(event);",
    );
    expect(lastOf({ operationId: 'cancelEvent', parameters: [id, parameter('If-Match', 'header', '"1"')] })).toBe(
      `const event = await api.cancelEvent({ eventId: '5f0c', etag: '"1"' });\nconsole.log(event);`,
    );
  });

  it('iterates over a list, and only awaits an operation without a response body', () => {
    expect(lastOf({ result: 'EventPage', item: 'Event' })).toBe(
      'for await (const event of api.listEvents()) {\n  console.log(event);\n}',
    );
    const { result: _result, ...nothing } = operation({ operationId: 'deleteEvent', parameters: [id] });
    expect(sdkSample(nothing, api, 'sdk').split('\n\n').at(-1)).toBe("await api.deleteEvent('5f0c');");
  });
});
