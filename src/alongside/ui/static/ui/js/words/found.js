// Words that an earlier page of this person left behind: sent as they would have been, and then taken off the shelf.
// Those that lay there for days are offered first; those the server can't take any more are shown, to be copied.
// Nothing goes away unless it was taken by the server or let go by its author.

import { isJson, post } from "./box.js";
import { leftBehind, letGo, whoWrites } from "./drafts.js";
import { putLineIn } from "./lines.js";

const ASK_FIRST_AFTER = 2 * 24 * 60 * 60 * 1000;
const shown = new Set();
let busy = false;

export async function putBack(boxes) {
  if (busy) return;
  busy = true;
  try {
    for (const draft of await leftBehind()) {
      if (shown.has(draft.id)) continue;
      if (draft.letters && Date.now() - draft.at < ASK_FIRST_AFTER) await deliver(draft, boxes);
      else if (draft.line && putLineIn(draft)) await letGo(draft.id);
      else if (!draft.line || draft.page === location.pathname) await offer(draft, draft.letters ? "old" : "form", boxes);
    }
  } catch {
    // No shelf or no connection: what is there stays there for the next page.
  } finally {
    busy = false;
  }
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// Sends the letters in their order. What the server has taken once it does not take twice.
async function deliver(draft, boxes) {
  let reply = null;
  for (const letter of draft.letters) {
    const answer = await post(draft.url, letter, token());
    if (answer.status >= 500 || [401, 408, 429].includes(answer.status) || answer.redirected) return;
    reply = isJson(answer) ? await answer.json() : {};
    if (!answer.ok) {
      await offer({ ...draft, sentence: reply.sentence }, "refused", boxes);
      return;
    }
  }
  await letGo(draft.id);
  for (const box of boxes) if (box.form.getAttribute("action") === draft.url) box.takeIn(reply);
  await offer(draft, "put", boxes);
}

// --- what is said ------------------------------------------------------------------------------------------

function node(name, { text = "", ...facts } = {}, ...children) {
  const made = Object.assign(document.createElement(name), facts);
  made.append(text, ...children);
  return made;
}

function section(title) {
  const known = document.getElementById("found-words");
  if (known) return known.querySelector("ul");
  const list = node("ul", { className: "ruled" });
  const heading = node("h2", { id: "h-found", text: title });
  const made = node("section", { id: "found-words", className: "found-words no-print" }, heading, list);
  made.setAttribute("aria-labelledby", "h-found");
  document.getElementById("messages")?.after(made);
  return list;
}

function when(at) {
  const facts = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  return new Date(at).toLocaleString(document.documentElement.lang, facts);
}

async function offer(draft, how, boxes) {
  const { sentences } = await whoWrites();
  const list = section(sentences.title);
  if (shown.has(draft.id)) document.getElementById(`found-${draft.id}`)?.remove();
  shown.add(draft.id);
  const said = sentences[how].replace("#", when(draft.at)).replace("@", draft.label);
  const item = node("li", { id: `found-${draft.id}` }, node("p", { text: said }));
  if (draft.sentence) item.append(node("p", { className: "soft", text: draft.sentence }));
  if (how === "put") {
    if (draft.page !== location.pathname) {
      item.append(node("p", {}, node("a", { href: draft.page, text: sentences.goThere })));
    }
  } else {
    item.append(...choices(draft, how, boxes, sentences, item));
  }
  list.append(item);
}

function choices(draft, how, boxes, sentences, item) {
  const words = draft.letters ? draft.letters.at(-1).text : draft.text;
  const area = node("textarea", { className: "form-control form-words", rows: 4, readOnly: true, value: words });
  area.setAttribute("aria-label", draft.label);
  const button = (text, action) => {
    const made = node("button", { type: "button", className: "btn btn-quiet btn-sm", text });
    made.addEventListener("click", () => action(made));
    return made;
  };
  const copy = button(sentences.copy, async (pressed) => {
    area.select();
    await navigator.clipboard?.writeText(words).catch(() => {});
    pressed.textContent = sentences.copied;
  });
  const gone = button(sentences.letGo, async (pressed) => {
    if (pressed.textContent === sentences.letGo) {
      pressed.textContent = sentences.letGoNow;
      return;
    }
    await letGo(draft.id);
    const all = item.parentElement;
    item.remove();
    if (!all.children.length) all.parentElement.remove();
  });
  const row = node("div", { className: "row-acts" }, copy, gone);
  if (how === "old") row.prepend(button(sentences.putIn, () => deliver(draft, boxes).catch(() => {})));
  return [area, row];
}
