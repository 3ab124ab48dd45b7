import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Sha256 } from './signing-hash.ts';

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 });

/** The digest that Node.js computes. */
function expected(stream: { update(data: Uint8Array): unknown; digest(): Buffer }, all: Uint8Array[]): string {
  for (const part of all) stream.update(part);
  return stream.digest().toString('hex');
}

async function digest(sha256: Sha256, all: Uint8Array[]): Promise<string> {
  for (const part of all) sha256.update(part);
  return Buffer.from(await sha256.digest()).toString('hex');
}

it('Sha256 computes the same digests as Node.js, from any number of parts', async () => {
  await fc.assert(
    fc.asyncProperty(parts, async (all) =>
      expect(await digest(new Sha256(), all)).toBe(expected(createHash('sha256'), all)),
    ),
  );
});

it('Sha256 computes the same HMACs as Node.js, with any type of key', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.uint8Array({ minLength: 1, maxLength: 80 }), async (all, key) => {
      const wanted = expected(createHmac('sha256', key), all);
      const { buffer, byteOffset } = Buffer.concat([Buffer.from('x'), key]);
      for (const secret of [key, key.slice().buffer, new DataView(buffer, byteOffset + 1, key.length)])
        expect(await digest(new Sha256(secret), all)).toBe(wanted);
    }),
  );
  expect(await digest(new Sha256('AWS4secret'), [Buffer.from('20300621')])).toBe(
    createHmac('sha256', 'AWS4secret').update('20300621').digest('hex'),
  );
});

it('Sha256 returns the same digest twice, and starts again after a reset', async () => {
  const sha256 = new Sha256();
  sha256.update(Buffer.from('a'));
  const first = await sha256.digest();
  expect(await sha256.digest()).toEqual(first);
  sha256.reset();
  expect(await digest(sha256, [Buffer.from('b')])).toBe(createHash('sha256').update('b').digest('hex'));
});
