import { deeper, table } from './markdown.ts';

describe('Markdown', () => {
  it('has tables whose cells stay cells', () => {
    expect(table(['a', 'b'], [['x|y', 'one\n  two']])).toBe('| a | b |\n|---|---|\n| x\\|y | one two |');
  });

  it('moves headings down, but no comments of a shell', () => {
    expect(deeper('# A\n```sh\n# no heading\n```\n## B', 1)).toBe('## A\n```sh\n# no heading\n```\n### B');
  });
});
