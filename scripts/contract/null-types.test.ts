import { besideNull, nullsAsTypes } from './null-types.ts';

const nothing = { type: 'null' };
const schemas = {
  Name: { type: 'string', maxLength: 3, description: 'A name.' },
  Size: { type: 'string', enum: ['s', 'm'] },
  Kind: { type: 'string', const: 'k' },
  Count: { type: ['integer', 'null'], minimum: 1 },
  Pet: { type: 'object', oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: 'is' } },
  Either: { type: 'object', oneOf: [{}, {}] },
  Anything: { description: 'Anything.' },
  Both: { type: 'string', allOf: [{}] },
  Cat: { type: 'object' },
};
const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });

/** A member of an object of a document with these schemas, as it is converted. */
function converted(member: object): unknown {
  const document = { components: { schemas: { ...schemas, Change: { properties: { member } } } } };
  return nullsAsTypes(document).components.schemas.Change.properties.member;
}

describe('A schema or null', () => {
  it.each<[string, object, object]>([
    [
      'the schema with null among its types',
      { anyOf: [ref('Name'), nothing] },
      { type: ['string', 'null'], maxLength: 3, description: 'A name.' },
    ],
    [
      'the same if null comes first, and as oneOf',
      { oneOf: [nothing, ref('Name')] },
      { type: ['string', 'null'], maxLength: 3, description: 'A name.' },
    ],
    [
      'described by its own description',
      { anyOf: [ref('Name'), nothing], description: 'A name; null removes it.' },
      { type: ['string', 'null'], maxLength: 3, description: 'A name; null removes it.' },
    ],
    ['the same for a schema in place', { anyOf: [{ type: 'integer' }, nothing] }, { type: ['integer', 'null'] }],
    ['no second null', { anyOf: [ref('Count'), nothing] }, { type: ['integer', 'null'], minimum: 1 }],
    [
      'null among the values too',
      { anyOf: [ref('Size'), nothing] },
      { type: ['string', 'null'], enum: ['s', 'm', null] },
    ],
    ['null beside the only value', { anyOf: [ref('Kind'), nothing] }, { type: ['string', 'null'], enum: ['k', null] }],
    [
      'the alternatives that a discriminator chooses from, with their references',
      { anyOf: [ref('Pet'), nothing] },
      { type: ['object', 'null'], oneOf: [ref('Cat')], discriminator: { propertyName: 'is' } },
    ],
  ])('becomes %s', (_title, member, expected) => {
    expect(converted(member)).toEqual(expected);
  });

  it.each<[string, object]>([
    ['a union of more', { anyOf: [ref('Name'), ref('Size'), nothing] }],
    ['a union without null', { anyOf: [ref('Name'), ref('Size')] }],
    ['alternatives without a discriminator, which would all see the null', { anyOf: [ref('Either'), nothing] }],
    ['a schema without a type', { anyOf: [ref('Anything'), nothing] }],
    ['a schema with parts that would see the null', { anyOf: [ref('Both'), nothing] }],
    ['a list of types', { type: ['string', 'null'] }],
  ])('stays as it is if it is %s', (_title, member) => {
    expect(converted(member)).toEqual(member);
  });

  it('is converted wherever it is, also below webhooks', () => {
    const schema = { anyOf: [ref('Cat'), nothing] };
    const webhooks = { 'cat.left': { post: { requestBody: { content: { 'application/json': { schema } } } } } };
    expect(JSON.stringify(nullsAsTypes({ webhooks, components: { schemas } }).webhooks)).toContain(
      '"schema":{"type":["object","null"]}',
    );
  });
});

describe('besideNull', () => {
  it('is the schema that is not null', () => {
    expect(besideNull({ anyOf: [ref('Name'), nothing] })).toEqual(ref('Name'));
    expect(besideNull({ anyOf: [nothing, nothing] })).toBeUndefined();
    expect(besideNull({ type: 'string' })).toBeUndefined();
  });
});
