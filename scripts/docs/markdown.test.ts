import { anchorOf, deeper, table, toRoot, withTargets } from './markdown.ts';

describe('Markdown', () => {
  it('has tables whose cells stay cells', () => {
    expect(table(['a', 'b'], [['x|y', 'one\n  two']])).toBe('| a | b |\n|---|---|\n| x\\|y | one two |');
  });

  it('moves headings down, but no comments of a shell', () => {
    expect(deeper('# A\n```sh\n# no heading\n```\n## B', 1)).toBe('## A\n```sh\n# no heading\n```\n### B');
  });

  it('moves headings up again', () => {
    expect(deeper('## A\n```sh\n# no heading\n```\n### B', -1)).toBe('# A\n```sh\n# no heading\n```\n## B');
  });

  it('has targets that depend on the page, except in code, to other hosts and within the page', () => {
    const text = '[a](b.md#c) [d](#e) [f](https://g.test) `[0]([1]\\d|2)`\n```\n[h](i.md)\n```';
    expect(withTargets(text, (target) => toRoot('guides/x') + target)).toBe(text.replace('b.md', '../b.md'));
    expect([toRoot('x'), toRoot('a/b/x')]).toEqual(['', '../../']);
  });

  it('has the anchors of GitHub', () => {
    expect(['Rate limits', 'event-not-found', 'What’s `new`, café?'].map(anchorOf)).toEqual([
      'rate-limits',
      'event-not-found',
      'whats-new-café',
    ]);
  });
});
