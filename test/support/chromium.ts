/** A real browser for the tests of pages; not every machine has one. */
import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './programs.ts';

/** Where Chromium is, or another browser made of it; undefined where there is none. `CHROMIUM` names one elsewhere. */
export const chromiumPath = process.env['CHROMIUM'] ?? findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** Starts the browser without anything that would go to the network by itself. */
export function startChromium(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'];
  // As root, in a container, Chromium has no sandbox to use.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ ...(chromiumPath ? { executablePath: chromiumPath } : {}), args: ['--disable-gpu', ...quiet, ...asRoot] });
}
