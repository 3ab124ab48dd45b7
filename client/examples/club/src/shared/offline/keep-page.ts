/** Keeps the page on the device, so that it starts without a network from the second visit on (`worker/service-worker.ts`). */
const script = './service-worker.js';

/** The policy of the page (https://www.w3.org/TR/trusted-types/) allows this one script, and names no other. */
const policy = window.trustedTypes?.createPolicy('service-worker', { createScriptURL: (_url: string) => script });

/** Installs the service worker, or looks for a new version of it. Where none is allowed, such as in a private window, the page needs a network. */
export function keepPage(): void {
  const url = (policy?.createScriptURL(script) ?? script) as string;
  navigator.serviceWorker?.register(url, { updateViaCache: 'none' }).catch(() => {});
}
