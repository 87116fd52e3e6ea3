// The page as it stands, laid over the page that is open: only what differs is changed. A field one has changed and not
// sent, a box with unsent words, an opened fold, the place of the caret and of the page stay as they are.
/* global Idiomorph */

export const table = () => document.querySelector("[data-watch]");

const undelivered = new Map();
let kept = false;

const formsOfWords = (root) => (root.matches?.("form[data-words]") ? [root] : [...root.querySelectorAll("form[data-words]")]);
const boxAt = (url) => formsOfWords(table()).find((form) => form.getAttribute("action") === url);

// Brings words to the box they belong to. False: there is no such box here. What can't go in now waits.
export function bring({ url, text, version }) {
  const form = boxAt(url);
  if (!form) return false;
  const event = new CustomEvent("words:came", { bubbles: true, cancelable: true, detail: { text, version } });
  if (form.dispatchEvent(event)) undelivered.set(url, { url, text, version });
  else undelivered.delete(url);
  return true;
}

export function waiting() {
  for (const box of [...undelivered.values()]) if (!bring(box)) undelivered.delete(box.url);
}

export const isChanged = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.value !== (field.querySelector("option[selected]") ?? field.options[0])?.value;
  return field.type !== "hidden" && field.type !== "submit" && "defaultValue" in field && field.value !== field.defaultValue;
};

const isAtWork = (root) => [...root.querySelectorAll("input, select, textarea")].some(isChanged);
const hasUnsent = (form) => !form.dispatchEvent(new CustomEvent("words:leave", { bubbles: true, cancelable: true }));

// What must not go though the page goes on without it: what one is writing in, and what was not sent yet.
function isHeld(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type=hidden]), select")) return true;
  if (formsOfWords(node).some(hasUnsent)) return true;
  return [...(node.matches("form") ? [node] : node.querySelectorAll("form"))].some((form) => !form.matches("[data-words]") && isAtWork(form));
}

// Whether something was kept that could go by now; asked once.
export function leaveOff() {
  const could = kept && !formsOfWords(table()).some(hasUnsent);
  if (could) kept = false;
  return could;
}

// One unit of the review, or a whole form: what one is at work on is left alone.
function isLeftAlone(node, own) {
  if (node.matches("form[data-words], #review-said, [data-live-said], [data-live-news], [data-clock-left], [data-clock-gone], #alone")) return true;
  if (node === own) return false;
  if (node.matches("form") && node.id !== "review-form") return isAtWork(node);
  return node.closest("#review-form") && node.matches("fieldset, li, input, select") && (isChanged(node) || isAtWork(node));
}

const WAYS = {
  morphStyle: "outerHTML",
  ignoreActiveValue: true,
};

function callbacks(own, news) {
  return {
    beforeNodeMorphed: (old) => !(old.nodeType === Node.ELEMENT_NODE && isLeftAlone(old, own)),
    beforeNodeRemoved: (node) => {
      const held = isHeld(node);
      kept ||= held;
      return !held;
    },
    beforeNodeAdded: (node) => !(node.id && formsOfWords(table()).some((form) => form.id === node.id && form !== node)),
    afterNodeAdded: (node) => {
      if (news && node.nodeType === Node.ELEMENT_NODE && node.matches("li")) node.classList.add("is-new");
    },
    beforeAttributeUpdated: (name, _node, how) => {
      if (name === "open") return how !== "remove";
      return !["data-away", "data-live", "data-token"].includes(name);
    },
  };
}

// Said to whoever listens to the page; said anew each time.
function tellNews(place) {
  place.textContent = "";
  setTimeout(() => {
    place.textContent = place.dataset.words;
  }, 100);
}

function renewTokens(fresh) {
  const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  for (const held of document.querySelectorAll("[name=csrfmiddlewaretoken]")) held.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

// A box that is to be read only from now on gives its place up to what is read there, unless something in it is unsent.
function makeRoom(fresh) {
  for (const form of formsOfWords(table())) {
    const instead = form.id && fresh.querySelector(`[id="${form.id}"]`);
    if (instead && !instead.matches("form") && !isHeld(form)) form.removeAttribute("id");
  }
}

// Lays a fetched page over this one. `own`: the form it answers. False: what was fetched is another page.
export function lay(html, { own = null, news = false } = {}) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-watch]");
  if (!fresh) return false;
  // a page drawn with a mistake knows no token: the one at hand holds on
  const token = fresh.dataset.token || table().dataset.token;
  for (const form of formsOfWords(fresh)) {
    const text = form.querySelector("textarea").defaultValue;
    bring({ url: form.getAttribute("action"), text, version: form.querySelector("[name=version]").value });
  }
  makeRoom(fresh);
  Idiomorph.morph(table(), fresh, { ...WAYS, callbacks: callbacks(own, news) });
  table().dataset.token = token;
  renewTokens(page);
  const messages = page.getElementById("messages");
  if (messages?.childElementCount) document.getElementById("messages")?.replaceChildren(...messages.children);
  if (news) tellNews(table().querySelector("[data-live-news]"));
  window.htmx?.process(table());
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: table() } }));
  return true;
}
