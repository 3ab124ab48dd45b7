import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** The violations that axe finds, one line each. */
export async function violations(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const options: RunOptions = { ...(runOnly ? { runOnly } : {}), resultTypes: ['violations'] };
  const { violations: found, passes } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 5)
        .map(({ html }) => html.slice(0, 120))
        .join('; ')}`,
  );
}
