/** Reads QR codes with the camera of the device. */

/** Why the camera cannot be used. */
export type CameraProblem = 'denied' | 'missing' | 'busy' | 'unsupported' | 'decoder';

/** A camera that is running. */
export interface Camera {
  /** Switches the light of the device; undefined where it has none. */
  readonly setLight: ((on: boolean) => Promise<void>) | undefined;
  stop(): void;
}

/** What reads codes: a part of the browser, or a library with the same interface (https://wicg.github.io/shape-detection-api/). */
interface Detector {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: ['qr_code'] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const pauseMs = 120;
/** A code that is held before the camera counts once; after it was away for so long, it counts again. */
const forgetMs = 2_500;
/** The library needs no more, and its time grows with the picture. */
const maxPixels = 640;

/** The camera cannot be used, for one of these reasons. */
export class CameraError extends Error {
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem) {
    super(problem);
    this.problem = problem;
  }
}

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** The detector of the browser. Some have the class without what it needs: it lists no formats, or rejects each picture. */
async function nativeDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = globalThis as { readonly BarcodeDetector?: DetectorClass };
  try {
    if (!BarcodeDetector || !(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return undefined;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    await detector.detect(new ImageData(64, 64));
    return detector;
  } catch {
    return undefined;
  }
}

async function loadDetector(): Promise<Detector> {
  const native = await nativeDetector();
  if (native) return native;
  const library = await import('qr/decode.js').catch(() => {
    throw new CameraError('decoder');
  });
  return new library.BarcodeDetector({ formats: ['qr_code'] });
}

async function openStream(): Promise<MediaStream> {
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!mediaDevices) throw new CameraError('unsupported');
  try {
    return await mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    throw new CameraError(problems[(error as DOMException).name] ?? 'busy');
  }
}

/** Whether the visitor has allowed the camera before, so that it can start by itself. */
export async function isCameraAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted';
  } catch {
    return false;
  }
}

/**
 * Starts the camera.
 *
 * @param found called with the text of each code, once for the time that it is held before the camera
 * @param ended called when the camera stops by itself, such as during a phone call
 * @throws CameraError if it cannot be used
 */
export async function startCamera(
  video: HTMLVideoElement,
  found: (text: string) => Promise<void>,
  ended: () => void,
): Promise<Camera> {
  // First what may fail without a camera, so that none stays on.
  const detector = await loadDetector();
  const stream = await openStream();
  const [track] = stream.getVideoTracks();
  let isRunning = true;
  track?.addEventListener('ended', () => isRunning && ended());
  video.srcObject = stream;
  await video.play().catch(() => {});
  void readCodes(video, detector, found, () => isRunning);

  const { torch } = (track?.getCapabilities?.() ?? {}) as { readonly torch?: boolean };
  return {
    setLight: torch && track ? (on) => track.applyConstraints({ advanced: [{ torch: on } as object] }) : undefined,
    stop() {
      isRunning = false;
      for (const one of stream.getTracks()) one.stop();
      video.srcObject = null;
    },
  };
}

async function readCodes(
  video: HTMLVideoElement,
  detector: Detector,
  found: (text: string) => Promise<void>,
  isRunning: () => boolean,
): Promise<void> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let last: { readonly text: string; seenAt: number } | undefined;
  for (; isRunning(); await new Promise((resolve) => setTimeout(resolve, pauseMs))) {
    if (!context || video.videoWidth === 0) continue;
    const scale = Math.min(1, maxPixels / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const [code] = await detector.detect(canvas).catch(() => []);
    const now = performance.now();
    if (last && now - last.seenAt > forgetMs) last = undefined;
    if (!code || !isRunning()) continue;
    if (code.rawValue !== last?.text) await found(code.rawValue);
    last = { text: code.rawValue, seenAt: performance.now() };
  }
}
