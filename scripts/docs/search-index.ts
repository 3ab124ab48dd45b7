/** What the search of the static pages looks through. The browser makes its index of this. */
import type { SearchEntry } from '../../docs/site/search.ts';
import type { Section } from './html.ts';
import type { SitePage } from './site.ts';

/** The entries of one page: one for each section that is not empty. The home page has none: it only lists the others. */
export function searchEntries({ path, title, kind }: SitePage, sections: readonly Section[]): readonly SearchEntry[] {
  if (kind === 'home') return [];
  return sections
    .filter(({ level, text }) => level === 1 || text !== '')
    .map(({ level, id, title: section, text }) => ({
      url: `${path}.html${level === 1 ? '' : `#${id}`}`,
      page: level === 1 ? section : title,
      title: level === 1 ? '' : section,
      text,
    }));
}
