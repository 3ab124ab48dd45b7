/** A camera for Chromium that shows a QR code: a video file, which is read each time the camera starts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'uqr';

const [width, height] = [640, 480];

/** One picture: gray, with a QR code in its middle if there is a text. Each is a brightness for each pixel, then the colors, which are none. */
function pictureOf(text: string | undefined): Buffer {
  const picture = Buffer.alloc((width * height * 3) / 2, 128);
  if (text === undefined) return picture;
  const { size, data } = encode(text, { ecc: 'Q', border: 4 });
  const scale = Math.floor((height * 0.8) / size);
  const [left, top] = [(width - size * scale) >> 1, (height - size * scale) >> 1];
  for (let y = 0; y < size * scale; y += 1)
    for (let x = 0; x < size * scale; x += 1)
      picture[(top + y) * width + left + x] = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? 20 : 235;
  return picture;
}

/** The flag for a device without a camera, even if this machine has one. */
export const noCamera = '--use-fake-device-for-media-stream=device-count=0';

/** Creates the file; the flags make Chromium use it. */
export function createFakeCamera() {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'));
  const file = join(folder, 'camera.y4m');
  /** What the camera sees, from its next start on: each text for a second, and then from the start again; without a text, no code. */
  function show(...texts: readonly (string | undefined)[]): void {
    const frames = texts.flatMap((text) => Array.from({ length: 5 }, () => pictureOf(text)));
    const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420jpeg\n`);
    writeFileSync(file, Buffer.concat([header, ...frames.flatMap((frame) => [Buffer.from('FRAME\n'), frame])]));
  }
  show(undefined);
  const flags = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
  return {
    /** With these, pages need a permission, which a test grants and takes away. */
    flags,
    /** With these, all pages may use it. */
    allowingFlags: [...flags, '--use-fake-ui-for-media-stream'],
    show,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
