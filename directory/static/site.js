// Comfort only; every page works without it. Nothing is sent, and nothing is stored before somebody asks for it.
const all = (what, within = document) => [...within.querySelectorAll(what)];
const one = (what) => document.querySelector(what);

/** Shows a control that needs script, and runs `act` with it at a tap. */
function tap(what, act) {
  for (const button of all(what)) {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

tap("[data-print]", () => window.print());

// Leave this page: the button, or Escape twice within a second.
// A page cannot take earlier pages out of the tab's history, but a new entry takes away all that lie ahead of it. So we
// go back to our first entry, give that one the address /leave (which sends on to the neutral page), and leave from
// there: neither back nor forward comes to a search again. Where the browser does not say how far back we began, /leave
// empties our cache instead, and the pages of a search cannot be shown again without sending the form again.
// What stays: the browser's list of visited addresses (after a form, ours hold no words and no place), other tabs, and pages
// of ours that lie before another site in this tab: /leave is met first on the way back to them.
const way = one("[data-exit]");
const LEAVING = "leaving"; // written into the history entry we leave, gone with it: our first page reads it there

function leave() {
  clear();
  const back = window.navigation?.currentEntry?.index;
  if (back === undefined) return location.replace(way.href);
  if (back === 0) return gone();
  navigation.updateCurrentEntry({ state: LEAVING });
  history.go(-back);
  setTimeout(() => location.replace(way.href), 1500); // our first page does not come: no longer before a blank one
}

function clear() {
  document.title = "…";
  document.body?.remove();
}

function gone() {
  history.replaceState(null, "", way.pathname);
  history.pushState(null, "", way.pathname);
  location.replace(way.dataset.exit);
}

function stillLeaving() {
  if (!window.navigation?.entries().some((entry) => entry.getState() === LEAVING)) return;
  clear();
  gone();
}

let escaped = -Infinity;
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - escaped < 1000) leave();
  escaped = event.timeStamp;
});
way.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("pageshow", stillLeaving); // a page the browser had kept whole
stillLeaving();

// Use where I am: asked at a tap only, rounded before it is put anywhere, and sent by nobody but the person.
tap("[data-near]", (button) => {
  const { wait, done, refused, failed } = button.dataset;
  const say = (words) => (one("#near-said").textContent = words);
  if (!navigator.geolocation) return say(failed);
  say(wait);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      one("#place").value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
      say(done);
    },
    (error) => say(error.code === error.PERMISSION_DENIED ? refused : failed),
    { timeout: 10000, maximumAge: 600000 },
  );
});

// Share: the words of the text message, through whatever the phone offers.
if (navigator.share) {
  tap("[data-share]", (button) => navigator.share({ text: button.dataset.share }).catch(() => {}));
}

// Keep this on my phone: worker.js stores one page and the files it needs.
const box = one("[data-keeping]");
const copy = "copy" in document.documentElement.dataset;

function show(state) {
  for (const part of all("[data-on]", box)) part.hidden = !part.dataset.on.split(" ").includes(state);
}

function toKeep() {
  const page = document.cloneNode(true);
  page.documentElement.dataset.copy = "";
  for (const name of all("button.name", page)) name.replaceWith(...name.childNodes);
  for (const part of all(".no-print, .top, .back, .ways, form.panel, input, select, [data-keep], main form button", page)) part.remove();
  const files = all('link[href^="/"], script', page).map((part) => part.href || part.src);
  return { page: `<!doctype html>${page.documentElement.outerHTML}`, files };
}

async function keep() {
  const { installing, waiting, active } = await navigator.serviceWorker.register("/worker.js");
  const worker = installing ?? waiting ?? active; // not of `ready`: after a wipe that is the one wiped
  while (worker.state !== "activated") await new Promise((done) => worker.addEventListener("statechange", done));
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done) => (port1.onmessage = (message) => done(message.data)));
  worker.postMessage(toKeep(), [port2]);
  show((await answer) ? "kept" : "failed");
}

async function wipe() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await Promise.all((await navigator.serviceWorker.getRegistrations()).map((worker) => worker.unregister()));
  if (copy) for (const part of [...one("main").children]) if (part !== box) part.remove();
  show("wiped");
}

if (box && navigator.serviceWorker && window.caches) {
  tap("[data-keep]", () => keep().catch(() => show("failed")));
  tap("[data-wipe]", wipe);
  caches.has("kept").then((kept) => show(kept ? "kept" : "none"));
}
