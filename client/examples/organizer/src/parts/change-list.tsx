import type { Change } from '../form/changes.ts';

/** A list of changes, one line each. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul>
      {changes.map(({ label, from, to }) => (
        <li key={label}>
          <strong>{label}:</strong> <del>{from || 'nothing'}</del> → <ins>{to || 'nothing'}</ins>
        </li>
      ))}
    </ul>
  );
}
