/** Reads QR codes from pictures with jsQR, which shares no code with the library that draws them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const jsQrSource = readFileSync(createRequire(join(process.cwd(), 'package.json')).resolve('jsqr'), 'utf8');

/** The function that the script defines. */
declare function jsQR(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  options: { readonly inversionAttempts: 'dontInvert' },
): { readonly data: string } | null;

/**
 * Returns the text of the QR code on a picture; undefined if none can be read. Codes that are light on dark are not read.
 *
 * @param page lends its browser: the picture is decoded in a new tab
 * @param picture a PNG
 */
export async function readQrCode(page: Page, picture: Buffer): Promise<string | undefined> {
  const tab = await page.context().newPage();
  try {
    await tab.addScriptTag({ content: jsQrSource });
    return await tab.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data;
      const found = pixels && jsQR(pixels, bitmap.width, bitmap.height, { inversionAttempts: 'dontInvert' });
      return found?.data;
    }, picture.toString('base64'));
  } finally {
    await tab.close();
  }
}
