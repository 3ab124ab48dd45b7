/** What a visitor waits for: all that a page loads before it shows something, as a web server with gzip sends it. */
import { gzipSync } from 'node:zlib';
import { openPage } from './browser.ts';

const { stack, browser } = openPage();
const limit = 80_000;

it.each(['page', 'attend'] as const)('the first load of a page has at most 80 kB: %s', async (which) => {
  const page = await browser.visit({ page: stack[which] }, { user: 'signed-out' });
  await page.getByRole('button', { name: 'Sign in' }).first().waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const sizes = await Promise.all([stack[which], ...loaded].map(sizeOf));
  // The page, its configuration, a style sheet and two scripts at least.
  expect(sizes.length).toBeGreaterThan(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limit);
});

async function sizeOf(url: string): Promise<number> {
  const response = await fetch(url);
  return gzipSync(Buffer.from(await response.arrayBuffer())).length;
}
