import { createHash } from 'node:crypto';
import { ticketCode, ticketDigest, ticketText } from '../src/tickets.ts';

const code = 'AV8Mj34tW0wan2R8C3ofLjEAAAARjD8nodkLTmXxwnoI';

describe('the text of a ticket', () => {
  it('is the code of the registration', () => {
    expect(ticketText({ code })).toBe(code);
  });

  it('is missing for a registration without a code', () => {
    expect(ticketText({})).toBeUndefined();
  });
});

describe('the code in what was scanned', () => {
  it.each([code, `${code}\r\n`, ` ${code}\t`, '_'.repeat(44), '-'.repeat(44)])('%j is a ticket', (scanned) => {
    expect(ticketCode(scanned)).toBe(scanned.trim());
  });

  it.each([
    '',
    code.slice(1),
    `${code}A`,
    `+${code.slice(1)}`,
    `${code.slice(1)}=`,
    `https://example.com/${code}`,
    `${code.slice(0, 22)}\n${code.slice(22)}`,
    `é${code.slice(1)}`,
  ])('%j is not a ticket', (scanned) => {
    expect(ticketCode(scanned)).toBeUndefined();
  });
});

describe('the digest of a code', () => {
  it('is a known one', async () => {
    expect(await ticketDigest(code)).toBe('-H0JdRU67vi0iDH220MfU-wid5MLaVxPphfT17BdAqQ');
  });

  it('is the SHA-256 of its characters in base64url, with - and _ and without padding', async () => {
    for (let index = 0; index < 100; index += 1) {
      const one = `${code.slice(0, 40)}${String(index).padStart(4, 'A')}`;
      expect(await ticketDigest(one)).toBe(createHash('sha256').update(one).digest('base64url'));
    }
  });
});
