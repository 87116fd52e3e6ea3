// Keeps a page that two people have open as things stand. The page asks every other second whether anything has
// changed; only then is it fetched, and only what differs is changed (`live/table.js`). What is done on it goes the
// same way (`live/actions.js`), so that nothing one is at work on is disturbed. Without it the page is ordinary forms.
import { begin as beginActions, retry } from "./live/actions.js";
import { bring, lay, leaveOff, table, waiting } from "./live/table.js";

const TOGETHER = 1000;
const ALONE = 1500;
const QUIET = 15000;
const LONGEST = 10000;
const PATIENCE = 10000;
const STAYS_AFTER_WRITING = 8000;

let timer = 0;
let asking = false;
let failures = 0;
let gone = false;
let left = Date.now();

const said = () => table().querySelector("[data-live-said]");

function every() {
  if (failures) return Math.min(LONGEST, 500 * 2 ** failures);
  if (!("goesOn" in table().dataset)) return QUIET;
  return "here" in table().dataset ? TOGETHER : ALONE;
}

function later(wait = every()) {
  clearTimeout(timer);
  if (!gone && !document.hidden) timer = setTimeout(ask, wait);
}

async function ask() {
  if (asking || gone || document.hidden) return;
  asking = true;
  try {
    const { watch, token } = table().dataset;
    const answer = await fetch(`${watch}?since=${encodeURIComponent(token)}`, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 200) await hear(await answer.json());
    else if (answer.status === 401) return away("signedOut");
    else if (answer.status < 500 && answer.status !== 204) return stop();
    else if (answer.status !== 204) throw new Error(String(answer.status));
    tellTime(answer);
    if (failures) back();
    await catchUp();
  } catch {
    away("offline");
  } finally {
    asking = false;
    later();
  }
}

async function hear(news) {
  showWho(news);
  const missing = news.boxes.filter((box) => !bring(box));
  if (news.page || missing.length) await refresh();
  else table().dataset.token = news.token;
}

// Fetches the page as it stands now and lays it over this one.
async function refresh() {
  const answer = await fetch(table().dataset.watch.replace(/now\/$/, ""), {
    credentials: "same-origin",
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.ok && lay(await answer.text(), { news: true })) return;
  if (answer.redirected) away("signedOut");
}

// Words that could not go in when they came, because something there was not sent yet; boxes that were kept though
// the page goes on without them.
async function catchUp() {
  waiting();
  const still = Date.now() - left > STAYS_AFTER_WRITING && !document.activeElement?.closest?.("[data-words]");
  if (still && leaveOff()) await refresh();
}

function showWho({ here, who }) {
  const place = table().querySelector("[data-who]");
  if (here) table().dataset.here = "";
  else delete table().dataset.here;
  if (place.textContent !== who) place.textContent = who;
}

function away(why) {
  failures += 1;
  if (failures > 1 || why === "signedOut") said().textContent = said().dataset[why];
  table().dataset.away = why;
}

function back() {
  failures = 0;
  said().textContent = said().dataset.back;
  setTimeout(() => {
    if (!failures) said().textContent = "";
  }, 5000);
  delete table().dataset.away;
  retry();
}

// There is no door here any more: the page stays as it is.
function stop() {
  gone = true;
}

// The server's time goes with each answer: the clock of the page follows it, whatever this machine's own says.
function tellTime(answer) {
  const now = Date.parse(answer.headers.get("Date") ?? "");
  if (now) document.dispatchEvent(new CustomEvent("clock:server", { detail: now }));
}

const atOnce = () => later(0);

if (table()) {
  beginActions(atOnce);
  document.addEventListener("visibilitychange", atOnce);
  document.addEventListener("focusout", () => {
    left = Date.now();
  });
  addEventListener("online", atOnce);
  addEventListener("pageshow", atOnce);
  later(300);
}
