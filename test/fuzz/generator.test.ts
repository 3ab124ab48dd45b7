import fc, { type Arbitrary } from 'fast-check';
import { createSchemaValidator } from '../conformance/schema-validator.ts';
import { createTree } from '../conformance/tree.ts';
import { operations } from '../contract/contract.ts';
import { anyCharacter } from '../support/characters.ts';
import { resourceOf } from '../support/domains.ts';
import { invalidRequestKinds, validRequests } from './requests.ts';
import { createGenerator } from './valid-values.ts';
import { invalidValueKinds } from './invalid-values.ts';
import { sampled } from '../support/sample.ts';

const word = { type: 'string', minLength: 2, maxLength: 4 };
const cat = {
  type: 'object',
  additionalProperties: false,
  required: ['is', 'lives'],
  properties: { is: { type: 'string', const: 'cat' }, lives: { type: 'integer', minimum: 1, maximum: 9 } },
};
const dog = {
  type: 'object',
  additionalProperties: false,
  required: ['is'],
  properties: {
    is: { type: 'string', enum: ['dog'] },
    tag: { type: ['string', 'null'], pattern: '^[a-z]+$', minLength: 1, maxLength: 3 },
  },
};
const schemas = {
  cat,
  dog,
  pet: {
    type: 'object',
    oneOf: [{ $ref: '#/components/schemas/cat' }, { $ref: '#/components/schemas/dog' }],
    discriminator: { propertyName: 'is', mapping: {} },
  },
  house: {
    type: 'object',
    additionalProperties: false,
    required: ['a/b'],
    properties: {
      'a/b': word,
      pet: { $ref: '#/components/schemas/pet' },
      rooms: { type: 'array', maxItems: 3, uniqueItems: true, items: word },
      since: { type: 'string', format: 'date-time' },
    },
  },
};
const tree = createTree({ components: { schemas } });
const validate = createSchemaValidator(tree);
const generator = createGenerator(tree, validate, anyCharacter);

/** The titles of all kinds of invalid values, with their codes. */
function kindsOf(schema: object): Record<string, string> {
  return Object.fromEntries(invalidValueKinds(generator, schema).map(({ title, code }) => [title, code]));
}
const sample = <T>(values: Arbitrary<T>): T[] => fc.sample(values, { numRuns: 100, seed: 1 });

describe('Generated valid values', () => {
  it.each(sampled(Object.entries(schemas)))('are valid: %s', (_name, schema) => {
    for (const value of sample(generator.valid(schema))) expect(validate(schema, value)).toBeUndefined();
  });

  it('include the minimum and maximum of lengths and numbers', () => {
    const lengths = new Set(sample(generator.valid(word)).map((value) => [...(value as string)].length));
    expect(lengths).toEqual(new Set([2, 3, 4]));
    expect(new Set(sample(generator.valid(cat.properties.lives)))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  it('include every oneOf branch, null if allowed, and the example of the contract', () => {
    expect(new Set(sample(generator.valid(schemas.pet)).map((value) => (value as { is: string }).is))).toEqual(
      new Set(['cat', 'dog']),
    );
    expect(sample(generator.valid(dog.properties.tag))).toContain(null);
    expect(sample(generator.valid({ ...word, example: 'cosy' }))).toContain('cosy');
  });

  it('include null and objects for a nullable reference', () => {
    const values = sample(generator.valid({ anyOf: [{ $ref: '#/components/schemas/cat' }, { type: 'null' }] }));
    expect(values).toContain(null);
    expect(values).toContainEqual({ is: 'cat', lives: expect.any(Number) });
  });

  it('throw for a keyword that the generator does not support', () => {
    expect(() => generator.valid({ anyOf: [word, cat] })).toThrow('anyOf');
    expect(() => generator.valid({ type: 'integer', multipleOf: 2 })).toThrow('multipleOf');
    expect(() => generator.valid({ type: 'string', format: 'hostname' })).toThrow('hostname');
  });
});

describe('Generated invalid values', () => {
  it('cover each kind of error, with its code in the contract', () => {
    expect(kindsOf(schemas.house)).toEqual({
      'wrong type': 'invalid-type',
      'a/b: missing': 'required',
      'unknown field': 'unknown-field',
      'a/b: wrong type': 'invalid-type',
      'a/b: too short': 'too-short',
      'a/b: too long': 'too-long',
      'pet: wrong type': 'invalid-type',
      'pet: (cat) is: missing': 'required',
      'pet: (cat) lives: missing': 'required',
      'pet: (cat) unknown field': 'unknown-field',
      'pet: (cat) is: wrong type': 'invalid-value',
      'pet: (cat) is: not allowed': 'invalid-value',
      'pet: (cat) lives: wrong type': 'invalid-type',
      'pet: (cat) lives: too small': 'too-small',
      'pet: (cat) lives: too large': 'too-large',
      'pet: (dog) is: missing': 'required',
      'pet: (dog) unknown field': 'unknown-field',
      'pet: (dog) is: wrong type': 'invalid-value',
      'pet: (dog) is: not allowed': 'invalid-value',
      'pet: (dog) tag: wrong type': 'invalid-type',
      'pet: (dog) tag: too short': 'invalid-format',
      'pet: (dog) tag: too long': 'invalid-format',
      'pet: (dog) tag: bad format': 'invalid-format',
      'rooms: wrong type': 'invalid-type',
      'rooms: too many': 'too-many',
      'rooms: duplicate': 'duplicate-item',
      'rooms: element: wrong type': 'invalid-type',
      'rooms: element: too short': 'too-short',
      'rooms: element: too long': 'too-long',
      'since: wrong type': 'invalid-type',
      'since: bad format': 'invalid-format',
    });
  });

  it.each(sampled(invalidValueKinds(generator, schemas.house)).map((kind) => [kind.title, kind] as const))(
    'are valid except at the given pointer: %s',
    (_title, { values, code }) => {
      for (const { value, pointer } of sample(values)) {
        expect(validate(schemas.house, value)).toBeDefined();
        expect(validate(schemas.house, corrected(value, pointer, code))).toBeUndefined();
      }
    },
  );

  /** The value with the part at the pointer removed or corrected; the result must be valid. */
  function corrected(value: unknown, pointer: string, code: string): unknown {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((text) => text.replaceAll('~1', '/').replaceAll('~0', '~'));
    const [first = '', second = ''] = steps;
    if (steps.length === 0) return { 'a/b': 'abc' };
    const { [first]: wrong, ...rest } = value as Record<string, any>;
    if (first === 'pet' && steps.length === 2 && code === 'unknown-field') {
      const { [second]: _, ...pet } = wrong;
      return { ...rest, pet };
    }
    if (first === 'pet' && steps.length === 2)
      return {
        ...rest,
        pet: {
          ...wrong,
          [second]: second === 'lives' ? 5 : second === 'tag' ? 'abc' : 'lives' in wrong ? 'cat' : 'dog',
        },
      };
    if (first === 'rooms' && steps.length === 2)
      return { ...rest, rooms: (wrong as unknown[]).toSpliced(Number(second), 1) };
    return { ...rest, 'a/b': 'abc' };
  }

  it.each([dog.properties.tag, { anyOf: [{ $ref: '#/components/schemas/pet' }, { type: 'null' }] }])(
    'are not null if the type is nullable: %j',
    (schema) => {
      const [wrongType] = invalidValueKinds(generator, schema);
      expect(sample(wrongType!.values).map(({ value }) => value)).not.toContain(null);
    },
  );

  it('have pointers with escaped names (RFC 6901)', () => {
    const [, missing, unknown] = invalidValueKinds(generator, schemas.house);
    expect(sample(missing!.values).map(({ pointer }) => pointer)).toContain('/a~1b');
    const names = sample(unknown!.values).map(({ value, pointer }) => [Object.keys(value as object), pointer] as const);
    for (const [known, pointer] of names)
      expect(known.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)).toContain(pointer);
  });
});

describe('Generated requests', () => {
  const titles = (operationId: string) =>
    operations
      .filter((one) => one.operationId === operationId)
      .flatMap(invalidRequestKinds)
      .map(({ title }) => title);

  it('include errors in the path, the query, the headers and the body', () => {
    expect(titles('updateEvent')).toEqual(
      expect.arrayContaining([
        'eventId: too short',
        'eventId: too long',
        'eventId: bad format',
        'If-Match: too short',
        'Client-Version: too long',
        'unknown parameter',
        'no body',
        'body: wrong type',
        'body: unknown field',
        'body: tags: duplicate',
        'body: location: (hybrid) url: bad format',
      ]),
    );
    expect(titles('listEvents')).toEqual(
      expect.arrayContaining([
        'limit: not a number',
        'limit: too large',
        'limit: given twice',
        'status: duplicate',
        'status: too many',
        'status: element: not allowed',
        'order: not allowed',
        'order: given twice',
        'cursor: too long',
        'unknown parameter',
      ]),
    );
    expect(titles('listEvents')).not.toContain('status: given twice');
    expect(titles('getHealth')).toContain('unknown parameter');
    expect(titles('getHealth').filter((title) => /body|eventId/.test(title))).toEqual([]);
    expect(titles('cancelEvent')).not.toContain('no body');
  });

  it('include invisible texts wherever a person has to read something', () => {
    const kind = /^(?:body: )?(.*?):? ?invisible$/;
    const places = operations.flatMap(invalidRequestKinds).flatMap(({ title }) => kind.exec(title)?.[1] ?? []);
    const answers = ['answers: member: (string)', 'answers: member: (array) element'];
    const locations = ['venue', 'hybrid'].flatMap((place) =>
      ['name', 'address'].map((member) => `location: (${place}) ${member}`),
    );
    const questions = [
      '(text,long-text,checkbox) label',
      '(choice,choices) label',
      '(choice,choices) options: element',
    ].map((member) => `questions: element: ${member}`);
    const members = ['name', 'organizerName', 'timeZone', 'reason', 'tags: element', ...locations, ...questions];
    expect(new Set(places)).toEqual(new Set(['q', 'tag', ...members, ...answers]));
  });

  it.each(sampled(operations).map((operation) => [operation.operationId, operation] as const))(
    'are the same for the same seed: %s',
    (_id, operation) => {
      const target = resourceOf(operation)?.missing ?? {};
      const all: Arbitrary<unknown>[] = [
        validRequests(operation, fc.constant(target)),
        ...invalidRequestKinds(operation).map(({ requests }) => requests(target)),
      ];
      for (const values of all)
        expect(fc.sample(values, { seed: 7, numRuns: 3 })).toEqual(fc.sample(values, { seed: 7, numRuns: 3 }));
    },
  );
});
