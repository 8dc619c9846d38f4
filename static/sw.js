// Keeps the page in the browser, so that it opens without its server. `cargo xtask build` writes the files and the
// version, a hash of their names and contents, into the two lines below and the whole into dist/sw.js.
const VERSION = "";
const FILES = [];

// Several copies of the page may live under one host: each keeps to its own path.
const OURS = `twopath ${self.registration.scope} `;
const NAME = OURS + VERSION;

self.addEventListener("install", event => {
  // Past the browser's own cache, which may hold files of an older version under the names that don't change.
  const wanted = FILES.map(file => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then(cache => cache.addAll(wanted)));
});

self.addEventListener("activate", event => {
  event.waitUntil((async () => {
    const names = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== NAME);
    // The version before this one stays: a page of it may still be open in another tab. Names come in order of age.
    await Promise.all(names.slice(0, -1).map(name => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("message", event => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", event => {
  const { request } = event;
  const path = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (request.method !== "GET" || path.origin !== scope.origin || !path.pathname.startsWith(scope.pathname)) return;
  // Plans travel behind "#", which no request carries; what stands behind "?" says nothing to the page.
  const start = path.pathname === scope.pathname || path.pathname === `${scope.pathname}index.html`;
  event.respondWith((async () => {
    const cache = await caches.open(NAME);
    const kept = await cache.match(start ? "./" : request, { ignoreSearch: true })
      ?? await older(request);
    return kept ?? fetch(request);
  })());
});

// A file of the version before, for a tab that still runs it. Built files carry their content's hash in their names.
async function older(request) {
  for (const name of await caches.keys()) {
    const kept = name.startsWith(OURS) && await (await caches.open(name)).match(request);
    if (kept) return kept;
  }
  return undefined;
}
