/**
 * Choosers above the samples of an operation: of the language, which all pages remember, and of the example. Without this script, all
 * samples are shown, each below its headings.
 */

/** Where the browser keeps the language. */
const storageKey = 'sample-language';

interface Sample {
  readonly language: string;
  readonly example: string;
  readonly block: HTMLElement;
}

/** What the page has below the heading of the samples. */
interface Section {
  readonly samples: readonly Sample[];
  /** The samples that a heading has below it, by its id. */
  readonly byHeading: ReadonlyMap<string, Sample>;
}

/** Adds the choosers to the samples of this page, if it has any. */
export function addSampleChoosers(): void {
  const title = document.querySelector('main.operation > h2#samples');
  if (!(title instanceof HTMLElement)) return;
  const { samples, byHeading } = readSection(title);
  const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== '');
  const languages = distinct(samples.map(({ language }) => language));
  const examples = distinct(samples.map(({ example }) => example));
  const radios = languages.map(radio);
  const select = selectOf(examples);

  function show(language: string, example: string): void {
    for (const one of samples) one.block.hidden = one.language !== language || one.example !== example;
    for (const input of radios) input.checked = input.value === language;
    select.value = example;
  }
  const chosen = () => radios.find(({ checked }) => checked)?.value ?? '';

  /** Follows a link to a heading that is hidden now. */
  function followHash(): void {
    const target = byHeading.get(location.hash.slice(1));
    if (!target) return;
    show(target.language, target.example);
    title?.scrollIntoView();
  }

  title.after(toolbar(radios, examples.length > 1 ? select : undefined));
  for (const input of radios)
    input.addEventListener('change', () => {
      show(input.value, select.value);
      remember(input.value);
    });
  select.addEventListener('change', () => show(chosen(), select.value));
  addEventListener('hashchange', followHash);
  const known = remembered();
  show(languages.find((one) => one === known) ?? languages[0] ?? '', examples[0] ?? '');
  followHash();
}

/** Reads what follows the title, and hides the headings that the choosers replace. */
function readSection(title: HTMLElement): Section {
  const samples: Sample[] = [];
  const byHeading = new Map<string, Sample>();
  let headings: HTMLElement[] = [];
  for (let next = title.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    if (next.matches('h3')) headings = [];
    if (next.matches('h3, h4')) {
      headings = [...headings.slice(0, 1), next];
      next.hidden = true;
    } else if (next.matches('.code')) {
      const [language = '', example = ''] = headings.map(textOf);
      const sample = { language, example, block: next };
      samples.push(sample);
      for (const { id } of headings) if (!byHeading.has(id)) byHeading.set(id, sample);
    }
  }
  return { samples, byHeading };
}

/** The text of a heading, without the link to itself. */
const textOf = (heading: HTMLElement) => heading.firstChild?.textContent?.trim() ?? '';

function radio(language: string): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'language';
  input.value = language;
  return input;
}

function selectOf(examples: readonly string[]): HTMLSelectElement {
  const select = document.createElement('select');
  select.append(...examples.map((example) => new Option(example)));
  return select;
}

function toolbar(radios: readonly HTMLInputElement[], select: HTMLSelectElement | undefined): HTMLElement {
  const languages = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = 'Language';
  languages.append(legend, ...radios.map((input) => labelOf(input, input.value)));
  const bar = document.createElement('div');
  bar.className = 'choosers';
  bar.append(languages, ...(select ? [labelOf('Example ', select)] : []));
  return bar;
}

function labelOf(...content: readonly (string | HTMLElement)[]): HTMLLabelElement {
  const label = document.createElement('label');
  label.append(...content);
  return label;
}

/** Storage may be forbidden; then each page begins with the first language. */
function remembered(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(language: string): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // The choice then holds for this page.
  }
}
