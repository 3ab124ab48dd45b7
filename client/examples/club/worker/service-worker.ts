/**
 * Keeps the files of a page on the device, so that the page starts without a network. It keeps nothing else: no response of the API, and
 * nothing that is not in the list of the build.
 */
declare const self: ServiceWorkerGlobalScope;

/** The files of this version, relative to this script, and what identifies the version; `plugin.ts` puts them into this script. */
declare const files: readonly string[];
declare const version: string;

const patienceMs = 2_500;
const { scope } = self.registration;
const assets = new URL('../assets/', scope).href;
const config = new URL('config.json', scope).href;

/** Both pages have the same origin, and thus the same caches. */
const cacheName = `${scope} ${version}`;

/** Keeps all files of this version, or none. Open pages stay as they are, and the next one that is opened has this version. */
async function install(): Promise<void> {
  try {
    // A version that is back is the latest one again.
    await caches.delete(cacheName);
    const cache = await caches.open(cacheName);
    await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })));
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
  await self.skipWaiting();
}

/**
 * Removes old versions. The previous one stays: a page that is still open may not have loaded all of its files. So that it gets them from the device, this
 * version serves all pages that are open, also those of the first visit.
 */
async function activate(): Promise<void> {
  const versions = (await caches.keys()).filter((name) => name.startsWith(`${scope} `));
  await Promise.all(versions.slice(0, -2).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A file that never changes, as its name contains its digest: from the device, else from the network. */
const unchanging = async (request: Request) => (await caches.match(request)) ?? fetch(request);

/** The page or its configuration: from the network, unless that fails or takes too long. */
async function current(request: Request, key: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const fetched = fetch(request);
  const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patienceMs));
  const response = await Promise.race([fetched.catch(() => undefined), patience]);
  if (response && response.status < 500) {
    // The page itself is only replaced together with all of its files.
    if (key === config && response.ok) await cache.put(key, response.clone());
    return response;
  }
  return (await cache.match(key)) ?? fetched;
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const [url = ''] = request.url.split(/[?#]/);
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' ? url === scope : url === config) event.respondWith(current(request, url));
  else if (url.startsWith(assets)) event.respondWith(unchanging(request));
});
