import type { JsonObject } from './document.ts';
import { deepResolver, lookUp, nameOf, refTo, shallowResolver } from './refs.ts';

const document = {
  paths: { '/a/{b}': { get: { parameters: [{ name: 'b' }] } } },
  schemas: { 'x/y~z': { type: 'string' }, Alias: { $ref: '#/schemas/Tree' }, Tree: {} as JsonObject },
};
document.schemas.Tree = { type: 'object', properties: { child: { $ref: '#/schemas/Tree' } } };

describe('lookUp', () => {
  it.each([
    ['#', document],
    ['#/paths/~1a~1{b}/get/parameters/0/name', 'b'],
    ['#/paths/~1a~1%7Bb%7D/get/parameters/0/name', 'b'],
    ['#/schemas/x~1y~0z', { type: 'string' }],
    ['#/schemas/Nothing', undefined],
    ['#/schemas/constructor', undefined],
    ['#/schemas/Tree/type/length', undefined],
    ['#/%', undefined],
    ['other.yaml#/schemas', undefined],
  ])('decodes the pointer %s', (ref, node) => {
    expect(lookUp(document, ref)).toEqual(node);
  });
});

describe('refTo', () => {
  it('encodes keys so that lookUp finds the node', () => {
    const ref = refTo(['schemas', 'x/y~z']);
    expect(ref).toBe('#/schemas/x~1y~0z');
    expect(lookUp(document, ref)).toBe(document.schemas['x/y~z']);
  });
});

describe('nameOf', () => {
  it('returns the name of the component to which a node refers', () => {
    expect(nameOf({ $ref: '#/components/schemas/Event' }, 'schemas')).toBe('Event');
  });

  it.each([
    { $ref: '#/components/headers/Event' },
    { $ref: '#/components/schemas/Event/properties/id' },
    { $ref: { type: 'string' } },
    { type: 'string' },
    undefined,
    'Event',
  ])('returns undefined for %j, which does not refer to a schema', (node) => {
    expect(nameOf(node, 'schemas')).toBeUndefined();
  });
});

describe('shallowResolver', () => {
  it('follows references to references, and keeps those below the target', () => {
    expect(shallowResolver(document)({ $ref: '#/schemas/Alias' })).toBe(document.schemas.Tree);
  });

  it('throws an error that names a reference without a target', () => {
    expect(() => shallowResolver(document)({ $ref: '#/b' })).toThrow('The document has no #/b, but refers to it.');
  });
});

describe('deepResolver', () => {
  const resolve = deepResolver(document);
  const tree = resolve({ $ref: '#/schemas/Alias' }) as { properties: { child: unknown } };

  it('resolves a schema that contains itself to a cycle', () => {
    expect(tree.properties.child).toBe(tree);
  });

  it('returns the same object for the same target, and for an object that it returned before', () => {
    expect(resolve(document.schemas.Tree)).toBe(tree);
    expect(resolve(tree as unknown as JsonObject)).toBe(tree);
  });

  it('applies what is written beside a reference in OpenAPI 3.1, and ignores it in OpenAPI 3.0', () => {
    const parts = { schemas: { Name: { type: 'string' } }, responses: { Found: { description: 'It.', headers: {} } } };
    const schema = { $ref: '#/components/schemas/Name', minLength: 1 };
    const response = { $ref: '#/components/responses/Found', description: 'The event.' };
    const [newer, older] = ['3.1.1', '3.0.3'].map((openapi) => deepResolver({ openapi, components: parts }));
    expect(newer?.(schema)).toEqual({ allOf: [{ type: 'string' }], minLength: 1 });
    expect(newer?.(response)).toEqual({ description: 'The event.', headers: {} });
    expect(older?.(schema)).toEqual({ type: 'string' });
    expect(older?.(response)).toEqual({ description: 'It.', headers: {} });
  });
});
