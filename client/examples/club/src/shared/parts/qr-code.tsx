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

/** The size of a QR code with its margin, in modules, and its dark modules. A quarter of it may be damaged. */
function qrCodeOf(text: string) {
  const { size, data } = encode(text, { ecc: 'Q', border: margin });
  return { size, path: pathOf(data) };
}

/** A QR code as an image file that can be printed in any size. */
export function qrCodeSvg(text: string): string {
  const { size, path } = qrCodeOf(text);
  const box = `viewBox="0 0 ${size} ${size}" width="${size * 8}" height="${size * 8}" shape-rendering="crispEdges"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}

/** A QR code as an image file for documents and posts, about 1,000 pixels wide. */
export function qrCodePng(text: string): Promise<Blob | null> {
  const { size, path } = qrCodeOf(text);
  const scale = Math.ceil(1_000 / size);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(scale, scale);
    context.fillStyle = '#000';
    context.fill(new Path2D(path));
  }
  return new Promise((resolve) => canvas.toBlob(resolve));
}

/** A QR code, dark on white in every color scheme, because many readers cannot read it inverted. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, path } = useMemo(() => qrCodeOf(text), [text]);
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path fill="#000" d={path} />
    </svg>
  );
}
