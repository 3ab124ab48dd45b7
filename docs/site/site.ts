/** The script of the static pages: a button that copies each block of code, choosers of samples, and the search. All are absent without it. */
import type MiniSearch from 'minisearch';
import type { SearchResult } from 'minisearch';
import { addSampleChoosers } from './samples.ts';
import { createIndex, searchIn, type SearchEntry } from './search.ts';

const root = document.currentScript?.dataset['root'] ?? '';

addCopyButtons();
addSampleChoosers();
showCurrentPage();
const search = document.querySelector('search');
if (search) startSearch(search);

function addCopyButtons(): void {
  // Absent from pages of another host without TLS.
  if (!('clipboard' in navigator)) return;
  for (const block of document.querySelectorAll('.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '').then(() => {
        button.textContent = 'Copied';
        setTimeout(() => (button.textContent = 'Copy'), 2_000);
      });
    });
    block.append(button);
  }
}

/** Scrolls the list of all pages, where it scrolls by itself, to the page that is shown. */
function showCurrentPage(): void {
  const list = document.querySelector('.contents nav');
  const current = list?.querySelector('[aria-current]');
  if (!list || !current) return;
  const below = current.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
  if (below > 0) list.scrollTop = below + list.clientHeight / 2;
}

/** The index, made when it is used first. */
let loading: Promise<MiniSearch<SearchEntry>> | undefined;

async function load(): Promise<MiniSearch<SearchEntry>> {
  const response = await fetch(`${root}search.json`);
  return createIndex((await response.json()) as SearchEntry[]);
}

function startSearch(box: Element): void {
  const [input, results, status] = ['input', '.results', '.status'].map((one) => box.querySelector<HTMLElement>(one));
  if (!(input instanceof HTMLInputElement) || !results || !status) return;
  box.removeAttribute('hidden');
  const links = () => [...results.querySelectorAll('a')];

  function close(): void {
    results?.replaceChildren();
    results?.setAttribute('hidden', '');
  }

  async function show(): Promise<void> {
    const query = input instanceof HTMLInputElement ? input.value.trim() : '';
    if (query === '') {
      status?.replaceChildren();
      return close();
    }
    loading ??= load();
    const index = await loading.catch(() => {
      loading = undefined;
      return undefined;
    });
    // Another letter was typed while the index was loading.
    if (input instanceof HTMLInputElement && input.value.trim() !== query) return;
    const found = index ? searchIn(index, query, 12) : [];
    const count = index === undefined ? 'The search could not be loaded' : `${found.length || 'No'} results`;
    results?.replaceChildren(...(found.length === 0 ? [paragraph(count)] : found.map((one) => resultLink(one))));
    results?.removeAttribute('hidden');
    status?.replaceChildren(found.length === 1 ? '1 result' : count);
  }

  input.addEventListener('input', () => void show());
  input.addEventListener('focus', () => void (loading ??= load()).catch(() => (loading = undefined)));
  box.addEventListener('keydown', (event) => {
    const { key } = event as KeyboardEvent;
    const stops = [input, ...links()];
    const at = stops.findIndex((one) => one === document.activeElement);
    if (key === 'Escape') {
      close();
      input.focus();
    } else if (key === 'Enter' && at === 0) links()[0]?.click();
    else if (key === 'ArrowDown') stops[at + 1]?.focus();
    else if (key === 'ArrowUp') stops[at - 1]?.focus();
    else return;
    event.preventDefault();
  });
  for (const name of ['focusin', 'pointerdown'])
    document.addEventListener(name, ({ target }) => {
      if (!box.contains(target as Node)) close();
    });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
    const wanted = (event.key === '/' && !typing) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
}

function resultLink({ id, page, title, text, terms }: SearchResult): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `${root}${id as string}`;
  const heading = document.createElement('strong');
  heading.textContent = title === '' ? (page as string) : `${page as string} › ${title as string}`;
  link.append(heading, paragraph(excerpt(text as string, terms)));
  return link;
}

/** The part of a text with the first term that it has. */
function excerpt(text: string, terms: readonly string[]): string {
  const places = terms.map((term) => text.toLowerCase().indexOf(term)).filter((at) => at >= 0);
  const start = Math.max(0, text.lastIndexOf(' ', Math.min(...places, text.length) - 40) + 1);
  const from = places.length === 0 ? 0 : start;
  const part = text.slice(from, from + 140);
  const isLast = text.length <= from + 140;
  return `${from > 0 ? '… ' : ''}${isLast ? part : `${part.replace(/\s\S*$/, '')} …`}`;
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
