/**
 * Lets the browser save texts or binary data, one after the other, as a file.
 *
 * @param name as the system proposes it to the visitor
 * @param type its media type
 */
export function download(parts: readonly BlobPart[], name: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([...parts], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name for a file of every system: without what separates folders, controls or reverses the direction of a text, and not too long. */
export function fileName(text: string, ending: string): string {
  const kept = text
    .replace(/[\\/:*?"<>|\p{C}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${[...kept]
    .slice(0, 100)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '')}${ending}`;
}
