import { texts } from '../texts.ts';
import type { Change } from './changes.ts';

/** A list of changes, one line each. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul>
      {changes.map(({ label, from, to }) => (
        <li key={label}>
          <strong>{label}:</strong> <del dir="auto">{from || texts.nothing}</del> →{' '}
          <ins dir="auto">{to || texts.nothing}</ins>
        </li>
      ))}
    </ul>
  );
}
