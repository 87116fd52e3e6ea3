// Saves what is typed in every [data-words] form. Nothing typed is ever lost:
// the words stay in the box until the server has said that it has them.
//
// What makes it hold:
//  - one request at a time; `pending` is what was sent and not yet answered, and is sent again exactly as it
//    was until it is answered, so that a lost answer can't make the server take one sentence for two;
//  - `base` is the text last in step with the server, so that the server can merge what somebody else wrote;
//  - other forms and links of the page wait for the last words to arrive before they go ahead.

const PAUSE = 700;
const LONGEST_WAIT = 3000;
const LONGEST_RETRY = 30000;
const PATIENCE = 20000;
const KEEPALIVE_LIMIT = 60000;
const LOOK_AGAIN_AFTER = 30000;

const boxes = new Set();
const known = new WeakSet();

const same = (text) => text.replace(/\r\n?/g, "\n");

class Words {
  constructor(form) {
    this.form = form;
    this.area = form.querySelector("textarea");
    this.shown = form.querySelector("[data-words-status]");
    this.said = form.querySelector("[data-words-said]");
    // Where a page has many boxes, one of them says for all what is said about saving.
    this.sentences = this.shown.dataset.saved ? this.shown.dataset : document.querySelector("[data-words-status][data-saved]").dataset;
    this.base = same(this.area.defaultValue);
    this.version = form.querySelector("[name=version]").defaultValue;
    this.pending = null;
    this.inFlight = null;
    this.failures = 0;
    this.refused = false;
    this.everSaved = false;
    this.timer = 0;
    this.unsavedSince = 0;
    this.lookedAt = Date.now();
    form.dataset.live = "";
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.flush());
    this.area.addEventListener("focus", () => this.look());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.refused = false;
      this.flush();
    });
    if (this.text !== this.base) this.typed();
  }

  get text() {
    return same(this.area.value);
  }

  get unsent() {
    return this.pending !== null || this.text !== this.base;
  }

  typed() {
    this.refused = false;
    if (!this.unsent) {
      if (!this.failures) this.show("saved", this.everSaved ? this.savedAt() : " ");
      return;
    }
    const now = Date.now();
    this.unsavedSince ||= now;
    if (!this.failures) this.show("typing");
    const wait = Math.min(PAUSE, Math.max(0, this.unsavedSince + LONGEST_WAIT - now));
    if (!this.failures) this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  // Sends now and answers when everything typed so far is safe, or can't be made safe now.
  async flush() {
    for (let round = 0; round < 5 && this.unsent && !this.refused; round += 1) {
      await this.send();
      if (this.failures) return;
    }
  }

  send() {
    if (this.inFlight) return this.inFlight;
    if (!this.unsent || this.refused) return Promise.resolve();
    clearTimeout(this.timer);
    this.pending ??= { text: this.text, base: this.base, version: this.version };
    const flight = this.deliver(this.pending).finally(() => {
      if (this.inFlight === flight) this.inFlight = null;
      if (this.unsent && !this.refused) this.later(this.failures ? this.backoff() : PAUSE);
    });
    this.inFlight = flight;
    return flight;
  }

  backoff() {
    return Math.min(LONGEST_RETRY, 1000 * 2 ** Math.min(this.failures, 6)) * (0.8 + Math.random() * 0.4);
  }

  async deliver(letter) {
    const slow = setTimeout(() => this.show("saving"), 600);
    try {
      let answer = await this.post(letter);
      if (answer.status === 403 && (await this.renewToken())) answer = await this.post(letter);
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
        // The server itself says that nothing was kept: the next try may carry newer words.
        if ([429, 500, 503].includes(answer.status) && this.pending === letter) this.pending = null;
        return this.failed();
      }
      const reply = await answer.json().catch(() => null);
      if (this.pending !== letter) return undefined;
      if (answer.ok && reply && typeof reply.text === "string") return this.arrived(letter, reply);
      return this.refuse(answer, reply);
    } catch {
      return this.failed();
    } finally {
      clearTimeout(slow);
    }
  }

  post(letter) {
    const body = new URLSearchParams(letter);
    return fetch(this.form.action, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      keepalive: body.toString().length < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  arrived(letter, reply) {
    const theirs = same(reply.text);
    const recovered = this.failures > 0;
    this.pending = null;
    this.failures = 0;
    this.version = String(reply.version);
    this.lookedAt = Date.now();
    if (this.text === letter.text) {
      if (theirs !== letter.text) this.putIn(theirs);
      this.base = theirs;
    } else {
      this.base = letter.text;
    }
    this.unsavedSince = this.unsent ? Date.now() : 0;
    if (reply.merged) this.show("merged", reply.sentence, true);
    else if (!this.unsent) this.show("saved", this.savedAt(), recovered || !this.everSaved);
    this.everSaved = true;
  }

  // Changes only the part that differs, so that the caret stays with the words it stood by.
  putIn(text) {
    const old = this.text;
    const shorter = Math.min(old.length, text.length);
    let start = 0;
    while (start < shorter && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    this.area.setRangeText(text.slice(start, text.length - end), start, old.length - end, "preserve");
  }

  failed() {
    this.failures += 1;
    this.show("offline", "", this.failures === 1);
  }

  // The server won't take it. The words stay; sending goes on when the person types on or presses Save.
  refuse(answer, reply) {
    this.pending = null;
    const signedOut = answer.status === 401 || answer.redirected;
    if (signedOut) {
      this.failures = Math.max(this.failures, 4);
    } else {
      this.refused = true;
    }
    delete this.form.dataset.live;
    this.show(signedOut ? "signedOut" : "refused", signedOut ? "" : reply?.sentence, true);
  }

  // After signing in again, on another tab, the page's own token is stale: read a fresh one from the page itself.
  async renewToken() {
    const held = this.form.querySelector("[name=csrfmiddlewaretoken]");
    const page = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById(this.form.id);
    const token = fresh?.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return false;
    held.value = token;
    return true;
  }

  // What the other wrote meanwhile comes in when one returns to a box that both can write in.
  async look() {
    if (this.form.dataset.words !== "shared" || this.unsent || this.inFlight) return;
    if (this.version === "0" || Date.now() - this.lookedAt < LOOK_AGAIN_AFTER) return;
    this.lookedAt = Date.now();
    const letter = { text: this.base, base: this.base, version: this.version };
    try {
      const answer = await this.post(letter);
      const reply = answer.ok ? await answer.json() : null;
      if (!reply || this.inFlight || this.pending || this.base !== letter.base) return;
      if (reply.text !== letter.text) this.arrived(letter, reply);
    } catch {
      // Nothing was typed, so nothing is at stake.
    }
  }

  // The page is going: one last letter that outlives it. What is under way counts as arrived before it.
  lastWords() {
    if (this.refused || this.text === (this.pending?.text ?? this.base)) return;
    this.pending = { text: this.text, base: this.pending?.text ?? this.base, version: this.version };
    this.post(this.pending).catch(() => {});
  }

  // Back from the browser's memory: whatever was not answered is sent again.
  wake() {
    this.inFlight = null;
    if (this.unsent) this.later(0);
    else this.look();
  }

  savedAt() {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    return `${this.sentences.savedAt} ${time}`;
  }

  show(state, sentence = "", aloud = false) {
    const words = sentence || this.sentences[state];
    this.shown.dataset.state = ["offline", "refused", "signedOut"].includes(state) ? "trouble" : state;
    if (this.shown.textContent !== words) this.shown.textContent = words;
    if (aloud) this.said.textContent = words;
    if (state === "saved" || state === "merged") this.form.dataset.live = "";
  }
}

function begin(root) {
  const forms = root.matches?.("form[data-words]") ? [root] : root.querySelectorAll?.("form[data-words]") ?? [];
  for (const form of forms) {
    if (known.has(form)) continue;
    known.add(form);
    boxes.add(new Words(form));
  }
}

const unsent = () => [...boxes].filter((box) => box.unsent);

function everythingSafe(longest) {
  const flushed = Promise.all(unsent().map((box) => box.flush()));
  return Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, longest))]);
}

// A deed done on the page comes after the words written before it.
document.addEventListener(
  "submit",
  async (event) => {
    const { target, submitter } = event;
    if (target.matches("[data-words]") || !unsent().some((box) => !box.refused && !box.failures)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await everythingSafe(5000);
    for (const box of unsent()) box.failures ||= 1;
    target.requestSubmit(submitter?.form === target ? submitter : undefined);
  },
  true,
);

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || (link.pathname === location.pathname && link.hash)) return;
  if (!unsent().some((box) => !box.refused && !box.failures)) return;
  event.preventDefault();
  await everythingSafe(3000);
  location.assign(link.href);
});

addEventListener("beforeunload", (event) => {
  for (const box of unsent()) {
    box.send();
    event.preventDefault();
  }
});
addEventListener("pagehide", () => unsent().forEach((box) => box.lastWords()));
addEventListener("pageshow", (event) => {
  if (event.persisted) boxes.forEach((box) => box.wake());
});
addEventListener("online", () => unsent().forEach((box) => box.send()));
document.addEventListener("visibilitychange", () => {
  for (const box of boxes) {
    if (document.visibilityState === "hidden") box.send();
    else box.look();
  }
});

// A page that is live (`live.js`) asks before it takes a box away, and brings what the other wrote to the box it belongs to.
// What can't go in yet, because something here is unsent, is left with it: it brings it again.
const boxOf = (event) => [...boxes].find((box) => box.form === event.target);
document.addEventListener("words:leave", (event) => {
  if (boxOf(event)?.unsent) event.preventDefault();
});
document.addEventListener("words:came", (event) => {
  const { text, version } = event.detail;
  const box = boxOf(event);
  if (!box || ((box.unsent || box.inFlight) && Number(version) > Number(box.version))) return;
  event.preventDefault();
  if (Number(version) <= Number(box.version)) return;
  box.putIn(same(text));
  box.base = box.text;
  box.version = String(version);
});

document.addEventListener("htmx:load", (event) => begin(event.detail?.elt ?? event.target));
document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes) if (!box.form.isConnected && !box.unsent) boxes.delete(box);
});
begin(document);
