/** The feed of changes: an entry for each released version in CHANGELOG.md, in Atom (RFC 4287). */
import { releasesOf } from '../contract/diff/changelog.ts';
import type { DocumentedContract } from './contract.ts';
import { escapeHtml, toHtml } from './html.ts';
import { anchorOf } from './markdown.ts';

/** The page that readers see; its headings have the anchors. */
const page = 'guides/changelog.html';

/** The feed as XML. */
export function renderFeed({ title, url }: DocumentedContract, changelog: string): string {
  const releases = releasesOf(changelog);
  const entries = releases.map(({ version, date, changes }) => {
    const address = `${url}${page}#${anchorOf(`${version} - ${date}`)}`;
    const { html } = toHtml(changes, {
      link: (target) => url + target.replace(/\.md(?=#|$)/, '.html'),
      codeLink: () => undefined,
    });
    return `<entry>
<title>${escapeHtml(`${title} ${version}`)}</title>
<id>${address}</id>
<link href="${address}"/>
<updated>${date}T00:00:00Z</updated>
<content type="html">${escapeHtml(html)}</content>
</entry>
`;
  });
  // A feed must have a date: before the first version, it is the beginning of time.
  const updated = releases[0]?.date ?? '1970-01-01';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${escapeHtml(`${title}: changes`)}</title>
<id>${url}changelog.xml</id>
<link rel="self" href="${url}changelog.xml"/>
<link href="${url}${page}"/>
<updated>${updated}T00:00:00Z</updated>
<author><name>${escapeHtml(title)}</name></author>
${entries.join('')}</feed>
`;
}
