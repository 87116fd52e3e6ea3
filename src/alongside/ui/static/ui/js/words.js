// Every [data-words] form of a page, saved as one types: `words/box.js` is one of them, `words/drafts.js` what this
// browser keeps of it, `words/found.js` what it finds again. Other forms and links of the page wait for the last words
// to arrive before they go ahead.

import { Words, same } from "./words/box.js";
import { beginLines } from "./words/lines.js";
import { whoWrites } from "./words/drafts.js";
import { putBack } from "./words/found.js";

const boxes = new Set();
const known = new WeakSet();

function begin(root) {
  const forms = root.matches?.("form[data-words]") ? [root] : root.querySelectorAll?.("form[data-words]") ?? [];
  if (root.querySelectorAll) beginLines(root);
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

// An action done on the page comes after the words written before it.
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
addEventListener("online", () => {
  unsent().forEach((box) => box.send());
  putBack(boxes);
});
document.addEventListener("visibilitychange", () => {
  for (const box of boxes) {
    if (document.visibilityState === "hidden") box.send();
    else box.look();
  }
});

// A page that is live (`live.js`) asks before it takes a box away, and brings what the other wrote to the box it belongs to.
// What can't go in yet, because something here is unsent, is left with it: it brings it again. A box that begins anew, at
// version 0, held words that were marked as entered in error: they go from here too.
const boxOf = (event) => [...boxes].find((box) => box.form === event.target);
document.addEventListener("words:leave", (event) => {
  if (boxOf(event)?.unsent) event.preventDefault();
});
document.addEventListener("words:came", (event) => {
  const { text, version } = event.detail;
  const box = boxOf(event);
  if (!box || ((box.unsent || box.inFlight) && Number(version) > Number(box.version))) return;
  const gone = version === "0" && box.version !== "0" && !box.unsent && !box.inFlight;
  event.preventDefault();
  if (Number(version) <= Number(box.version) && !gone) return;
  box.putIn(same(text));
  box.base = box.text;
  box.version = String(version);
});

document.addEventListener("htmx:load", (event) => begin(event.detail?.elt ?? event.target));
document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes) if (!box.form.isConnected && !box.unsent) boxes.delete(box);
});
begin(document);
if (boxes.size) whoWrites();
putBack(boxes);
