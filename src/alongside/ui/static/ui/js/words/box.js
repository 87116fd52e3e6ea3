// One [data-words] form, saved as one types. Nothing typed is ever lost: the words stay in the box, and sealed in this
// browser, until the server has said that it has them.
//
// What makes it hold:
//  - one request at a time; `pending` is the letter that was sent and not yet answered, and is sent again exactly as it
//    was until it is answered. Each letter bears a mark, so that the server takes one that comes twice once;
//  - `base` is the text last in step with the server, so that the server can merge what somebody else wrote.

import { Draft, mark, stillTheSame } from "./drafts.js";

const PAUSE = 700;
const LONGEST_WAIT = 3000;
const LONGEST_RETRY = 30000;
const LONGEST_REST = 60;
const PATIENCE = 20000;
const KEEPALIVE_LIMIT = 60000;
const LOOK_AGAIN_AFTER = 30000;

export const same = (text) => text.replace(/\r\n?/g, "\n");

export const isJson = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("application/json");

export function post(url, letter, token) {
  const body = new URLSearchParams(letter);
  return fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    keepalive: body.toString().length < KEEPALIVE_LIMIT,
    signal: AbortSignal.timeout(PATIENCE),
  });
}

export class Words {
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
    this.mark = mark();
    this.draft = new Draft();
    this.inFlight = null;
    this.failures = 0;
    this.restUntil = 0;
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
    // what came back after signing in again is sent when its author goes on, not by itself
    if (this.text !== this.base) "stood" in this.area.dataset ? this.keep() : this.typed();
  }

  get text() {
    return same(this.area.value);
  }

  get unsent() {
    return this.pending !== null || this.text !== this.base;
  }

  // What was typed since the last letter, as the next one.
  get letter() {
    return { text: this.text, base: this.pending?.text ?? this.base, version: this.version, letter: this.mark };
  }

  // Everything that is not acknowledged yet, in the order in which it has to be sent.
  keep() {
    const letters = this.pending ? [this.pending] : [];
    if (this.text !== (this.pending?.text ?? this.base)) letters.push(this.letter);
    const label = this.form.querySelector("label").textContent.trim();
    const where = { url: this.form.getAttribute("action"), page: location.pathname, label };
    this.draft.put(letters.length ? { ...where, at: Date.now(), letters } : null);
  }

  typed() {
    this.refused = false;
    this.keep();
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
    if (Date.now() < this.restUntil) {
      this.later(this.restUntil - Date.now());
      return Promise.resolve();
    }
    clearTimeout(this.timer);
    if (!this.pending) {
      this.pending = this.letter;
      this.mark = mark();
    }
    const flight = this.deliver(this.pending).finally(() => {
      if (this.inFlight === flight) this.inFlight = null;
      if (this.unsent && !this.refused) this.later(this.failures ? this.backoff() : PAUSE);
    });
    this.inFlight = flight;
    return flight;
  }

  backoff() {
    const wait = Math.min(LONGEST_RETRY, 1000 * 2 ** Math.min(this.failures, 6)) * (0.8 + Math.random() * 0.4);
    return Math.max(wait, this.restUntil - Date.now());
  }

  async deliver(letter) {
    const slow = setTimeout(() => this.show("saving"), 600);
    try {
      let answer = await this.post(letter);
      if (answer.status === 403 && !isJson(answer)) {
        if (!(await this.renewToken())) return this.refuse({ status: 401 });
        answer = await this.post(letter);
      }
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
        // The server itself says that nothing was kept: the next try may carry newer words.
        if ([429, 500, 503].includes(answer.status) && this.pending === letter) this.pending = null;
        if (answer.status === 429) return this.rest(answer);
        return this.failed();
      }
      // one that is cut short throws, and the letter goes again
      const reply = isJson(answer) ? await answer.json() : null;
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
    return post(this.form.action, letter, this.form.querySelector("[name=csrfmiddlewaretoken]").value);
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
    this.keep();
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

  failed(sentence = "") {
    this.failures += 1;
    this.show("offline", sentence, this.failures === 1);
  }

  // Too often: the words stay and go again by themselves when the server says they may.
  async rest(answer) {
    this.restUntil = Date.now() + 1000 * Math.min(Number(answer.headers.get("Retry-After")) || 1, LONGEST_REST);
    const reply = isJson(answer) ? await answer.json().catch(() => null) : null;
    this.failed(reply?.sentence);
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
    this.keep();
    const out = this.draft.isKept && this.sentences.signedOutKept ? "signedOutKept" : "signedOut";
    this.show(signedOut ? out : "refused", signedOut ? "" : reply?.sentence, true);
  }

  // After signing in again, on another tab, the page's own token is stale: read a fresh one from the page itself.
  // Whoever else signed in there meanwhile must not send these words as their own.
  async renewToken() {
    if (!(await stillTheSame())) return false;
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
    const letter = { text: this.base, base: this.base, version: this.version, letter: "" };
    try {
      const answer = await this.post(letter);
      const reply = answer.ok ? await answer.json() : null;
      if (!reply || this.inFlight || this.pending || this.base !== letter.base) return;
      if (reply.text !== letter.text) this.arrived(letter, reply);
    } catch {
      // Nothing was typed, so nothing is at stake.
    }
  }

  // The page is going: one last letter that outlives it, with all that isn't acknowledged. What is under way may
  // arrive before it, after it or never; the server finds the same words in both and writes them once.
  lastWords() {
    if (this.refused || this.text === (this.pending?.text ?? this.base)) return;
    this.post({ ...this.letter, base: this.base }).catch(() => {});
  }

  // Words of this box that an earlier page had left behind have been put in by the server.
  takeIn(reply) {
    if (this.unsent || this.inFlight) return;
    this.putIn(same(reply.text));
    this.base = this.text;
    this.version = String(reply.version);
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
    this.shown.dataset.state = ["offline", "refused", "signedOut", "signedOutKept"].includes(state) ? "trouble" : state;
    if (this.shown.textContent !== words) this.shown.textContent = words;
    if (aloud) this.said.textContent = words;
    if (state === "saved" || state === "merged") this.form.dataset.live = "";
  }
}
