import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { operations } from '../../contract/operations.ts';
import { createBodyReader, maxBodyBytes } from './read-body.ts';
import { sampled } from '../../../test/support/sample.ts';

const readBody = createBodyReader(operations.find(({ operationId }) => operationId === 'createEvent')!);

/** Reads a body that is sent with a length, as JSON. */
function read(text: string): ReturnType<typeof readBody> {
  const bytes = Buffer.from(text);
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) };
  return readBody(Object.assign(Readable.from([bytes]), { headers }) as unknown as Request, {} as Response);
}

/** A UTF-16 unit as JSON in ASCII has it. */
const escape = (unit: number, upper = false) => {
  const digits = unit.toString(16).padStart(4, '0');
  return `\\u${upper ? digits.toUpperCase() : digits}`;
};
const escapeAll = (text: string, upper: boolean) =>
  Array.from({ length: text.length }, (_, at) => escape(text.charCodeAt(at), upper)).join('');

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

describe('a body that is too large', () => {
  it('is read up to its first byte above the maximum size, and no further', async () => {
    const [part, many] = [1_024, 1_000];
    let parts = 0;
    const body = new Readable({
      highWaterMark: part,
      read() {
        parts += 1;
        this.push(parts > many ? null : Buffer.alloc(part, ' '));
      },
    });
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const result = await readBody(Object.assign(body, { headers }) as unknown as Request, {} as Response);
    expect(result).toMatchObject({ problem: 'body-too-large' });
    await new Promise((resolve) => setImmediate(resolve));
    // One part is above the size, and one may be in the buffer of the stream.
    expect(parts).toBeLessThanOrEqual(maxBodyBytes / part + 2);
    body.destroy();
  });
});

describe('a body in ASCII', () => {
  const perBody = 5_000;
  const firsts = sampled(Array.from({ length: Math.ceil(0x110000 / perBody) }, (_, index) => index * perBody));

  it.each([false, true])(
    'may escape every code point, as JSON libraries do (digits in upper case: %s)',
    async (upper) => {
      for (const first of firsts) {
        const points = Array.from({ length: perBody }, (_, at) => first + at);
        const text = points
          .filter((point) => point <= 0x10ffff && !isSurrogate(point))
          .map((point) => String.fromCodePoint(point))
          .join('');
        const result = await read(JSON.stringify([]).replace('[]', `["${escapeAll(text, upper)}"]`));
        // A comparison by Jest would describe 5,000 characters.
        if (!('body' in result) || (result.body as string[])[0] !== text)
          throw new Error(`Refused between U+${first.toString(16)} and U+${(first + perBody).toString(16)}.`);
      }
    },
  );

  it('is refused if it escapes one half of a surrogate pair without the other', async () => {
    const [high, low] = [0xd83d, 0xde00];
    const halves = Array.from({ length: 0x800 }, (_, at) => 0xd800 + at);
    const texts = [
      ...halves.map((unit) => escape(unit)),
      ...halves.map((unit) => `${escape(unit)}a`),
      escape(low) + escape(high),
      escape(high) + escape(high) + escape(low),
      escape(high) + escape(low) + escape(low),
      `${escape(high)}\\n${escape(low)}`,
      `${escape(high)}\\\\u${low.toString(16)}`,
      `\\\\${escape(high)}`,
    ];
    const accepted: string[] = [];
    for (const text of texts) if (!('problem' in (await read(`["${text}"]`)))) accepted.push(text);
    expect(accepted).toEqual([]);
  });

  it.each(['\\\\ud83d', '\\\\\\\\ud83d', 'ud83d', '\\"\\\\ud83d'])(
    'may contain text that only looks like an escape: %s',
    async (text) => {
      expect(await read(`["${text}"]`)).toEqual({ body: [JSON.parse(`"${text}"`)] });
    },
  );
});
