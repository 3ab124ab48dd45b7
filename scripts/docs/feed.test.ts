import type { DocumentedContract } from './contract.ts';
import { releasesOf } from '../contract/diff/changelog.ts';
import { renderFeed } from './feed.ts';
import { anchorOf } from './markdown.ts';

const contract = { title: 'An API', url: 'https://docs.test/' } as DocumentedContract;
const changelog = `# Changelog

## [Unreleased]

- Later.

## [0.2.0] - 2030-06-21

### Added

- \`a\` & <b>, [c](errors.md)

## [0.1.0] - 2030-01-02

- First.

[0.2.0]: https://example.com/2
[0.1.0]: https://example.com/1
`;

describe('the feed of changes', () => {
  it('has the released versions of a changelog, newest first', () => {
    expect(releasesOf(changelog)).toEqual([
      { version: '0.2.0', date: '2030-06-21', changes: '### Added\n\n- `a` & <b>, [c](errors.md)' },
      { version: '0.1.0', date: '2030-01-02', changes: '- First.' },
    ]);
  });

  it('has an entry for each version that leads to its heading', () => {
    const feed = renderFeed(contract, changelog);
    const texts = (element: string) =>
      [...feed.matchAll(new RegExp(`<${element}\\b[^>]*>([^<]*)</${element}>`, 'g'))].map(([, text]) => text);
    expect(texts('title')).toEqual(['An API: changes', 'An API 0.2.0', 'An API 0.1.0']);
    expect(texts('updated')).toEqual(['2030-06-21', '2030-06-21', '2030-01-02'].map((date) => `${date}T00:00:00Z`));
    expect(texts('id')).toEqual([
      'https://docs.test/changelog.xml',
      ...['0.2.0 - 2030-06-21', '0.1.0 - 2030-01-02'].map(
        (heading) => `https://docs.test/guides/changelog.html#${anchorOf(heading)}`,
      ),
    ]);
    const link = '&lt;a href=&quot;https://docs.test/errors.html&quot;&gt;c&lt;/a&gt;';
    expect(texts('content')[0]).toContain(`&lt;code&gt;a&lt;/code&gt; &amp;amp; &amp;lt;b&amp;gt;, ${link}`);
  });

  it('has no entry before the first version', () => {
    const feed = renderFeed(contract, '# Changelog\n\n## [Unreleased]\n\n- First.\n');
    expect(feed).not.toContain('<entry>');
    expect(feed).toContain('<updated>1970-01-01T00:00:00Z</updated>');
  });
});
