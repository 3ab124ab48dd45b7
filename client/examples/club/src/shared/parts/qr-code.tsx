import { useMemo } from 'react';
import { encode } from 'uqr';

/** The margin that readers need, in modules (ISO/IEC 18004). */
const margin = 4;

/** The dark modules as the path of an SVG, one rectangle for each run in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      [...row.map(Number).join('').matchAll(/1+/g)].map(
        ({ 0: { length }, index: x }) => `M${x} ${y}h${length}v1h-${length}z`,
      ),
    )
    .join('');
}

interface QrCodeProps {
  readonly text: string;
  /** The text alternative: what the code is for, without what it says. */
  readonly label: string;
}

/** A QR code, dark on white in every color scheme, because many readers cannot read it inverted. A quarter of it may be damaged. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = useMemo(() => encode(text, { ecc: 'Q', border: margin }), [text]);
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path fill="#000" d={pathOf(data)} />
    </svg>
  );
}
