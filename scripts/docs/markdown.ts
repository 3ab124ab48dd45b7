/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A text without its line breaks. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/** Text for one cell: on one line, and without bars that would end the cell. */
const inCell = (text: string): string => oneLine(text).replaceAll('|', '\\|');

/** Moves all headings of a text down by `levels`, or up where that is negative; lines of code that begin with `#` stay as they are. */
export function deeper(text: string, levels: number): string {
  const move = (line: string) => (levels < 0 ? line.slice(-levels) : '#'.repeat(levels) + line);
  return changeOutsideCode(text, (line) => (/^#+ /.test(line) ? move(line) : line));
}

/** Changes the lines of a text that are not in a block of code. */
export function changeOutsideCode(text: string, change: (line: string) => string): string {
  let inCode = false;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) inCode = !inCode;
      return inCode ? line : change(line);
    })
    .join('\n');
}

/** Changes the targets of all links that lead to files of the site. Other hosts, anchors of the same text and patterns in code stay as they are. */
export function withTargets(text: string, change: (target: string) => string): string {
  return changeOutsideCode(text, (line) =>
    line.replace(/\]\(((?:[\w-]+\/)*[\w-]+\.\w+(?:#[^)\s]*)?)\)/g, (_, target: string) => `](${change(target)})`),
  );
}

/** The way from a page of the site to its root: empty there, or `../` for each folder. */
export const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1);

/**
 * The anchor of a heading, as GitHub makes it: lower case, hyphens for spaces, and no other punctuation.
 *
 * @param text without Markdown
 */
export function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
