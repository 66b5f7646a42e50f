// Registered by a tap on "Keep this on my phone", gone with "Wipe it from this phone". It holds one page and the style
// and script that page needs. It stores only what that tap hands it: never a search, never what is looked at.
const STORE = "kept";
const KEPT = "/kept";
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; " +
    "form-action 'self'; base-uri 'none'",
  "Referrer-Policy": "no-referrer",
};

async function keep({ page, files }) {
  await caches.delete(STORE);
  const store = await caches.open(STORE);
  await store.addAll(files);
  await store.put(KEPT, new Response(page, { headers: HEADERS }));
}

addEventListener("message", (event) => {
  const answer = (well) => event.ports[0].postMessage(well);
  event.waitUntil(keep(event.data).then(() => answer(true), () => answer(false)));
});

/** The kept page at its own address, and at every other while there is no network. */
async function page(request) {
  const kept = await caches.match(KEPT);
  if (kept && new URL(request.url).pathname === KEPT) return kept;
  return fetch(request).catch((fault) => kept ?? Promise.reject(fault));
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (origin !== location.origin || pathname === "/leave") return;
  // A form that passed through here is not in the browser's own cache: the back button could not show its answer again.
  const ours = method === "GET" || !navigator.onLine;
  if (mode === "navigate") ours && event.respondWith(page(event.request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event.request));
});
