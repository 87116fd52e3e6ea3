// What is done on a page that is live: a form is sent, and the page that comes back is laid over this one. Without a
// connection the action waits, with what was typed, and is sent again as it was until it is answered: each form carries a
// mark by which the server knows an action that came twice.
import { isChanged, lay, table } from "./table.js";

const PATIENCE = 20000;
const AGAIN = [502, 503, 504, 408, 429];

const pending = new Map();
let reviewWaits = false;
let settled = () => {};

const say = (form, words) => {
  let place = form.querySelector("[data-action-said]");
  if (!place && words) {
    place = document.createElement("p");
    place.dataset.actionSaid = "";
    place.className = "action-said";
    place.setAttribute("role", "status");
    form.append(place);
  }
  if (place) place.textContent = words;
};

function letterOf(form, submitter) {
  const fields = new FormData(form);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  return new URLSearchParams([...fields].filter(([, value]) => typeof value === "string"));
}

const post = ({ action, body }) =>
  fetch(action, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "HX-Request": "true", "HX-Target": "table" },
    signal: AbortSignal.timeout(PATIENCE),
  });

async function send(form) {
  const action = pending.get(form);
  if (!action || action.underWay) return;
  action.underWay = true;
  try {
    let answer = await post(action);
    if (answer.status === 403 && (await renewed(action.body))) answer = await post(action);
    if (AGAIN.includes(answer.status)) throw new Error(String(answer.status));
    // an answer that is cut short is none: only a whole one ends the waiting
    const html = await answer.text();
    pending.delete(form);
    // signed out: the form is kept, and comes back with the page after signing in
    if (answer.headers.has("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
    take(form, answer, html);
  } catch {
    action.underWay = false;
    say(form, table().querySelector("[data-live-said]").dataset.actionWaits);
    setTimeout(() => send(form), 2000 + Math.random() * 1000);
  }
}

// After signing in again the token of this page is stale: a fresh one comes with the page.
async function renewed(body) {
  const answer = await fetch(location.pathname, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || !lay(await answer.text())) return false;
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  return true;
}

function take(form, answer, html) {
  delete form.dataset.sent;
  const leads = new URL(answer.url).pathname !== location.pathname || !html.includes("data-watch");
  if (answer.ok && answer.redirected && leads) return location.assign(answer.url);
  say(form, "");
  const before = document.activeElement;
  if (answer.ok) form.reset();
  if (!lay(html, { own: form })) return refuse(form, html);
  if (answer.ok) history.replaceState(null, "", answer.url);
  if (answer.ok && form.matches("[data-takes-along]")) return beginAgain();
  look(form, before, answer.ok);
  return settled();
}

// The server's own sentence, at the form that was refused; and the page as it stands by now.
function refuse(form, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  say(form, page.querySelector("main p, main h1")?.textContent ?? table().querySelector("[data-live-said]").dataset.refused);
  settled();
}

// Where one goes on: at a mistake, at the line one has just added to, else where one was.
function look(form, before, well) {
  const wrong = table().querySelector("[data-focus]");
  if (!well && wrong) return wrong.focus();
  if (before?.isConnected && before !== document.body && !form.contains(before)) return before.focus();
  const line = form.isConnected && form.querySelector("input[name=text]");
  const place = line || form.closest("section")?.querySelector("h2") || table().querySelector("h1");
  if (!line) place?.setAttribute("tabindex", "-1");
  return place?.focus({ preventScroll: true });
}

// The page says something else from its first line on: one reads it from there.
function beginAgain() {
  const heading = table().querySelector("h1");
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  return settled();
}

// --- lines typed and not added: what closes the page takes them along -----------------------------------------------------

const lines = () => [...table().querySelectorAll("form[data-line]")];
const isTyped = (form) => form.querySelector("[data-line-text]").value.trim() !== "";

// Adds them one after the other. False: one of them can't be added as it is, and says why.
async function takeLinesAlong() {
  for (const form of lines().filter(isTyped)) {
    form.requestSubmit();
    while (pending.has(form)) await new Promise((resolve) => setTimeout(resolve, 100));
    if (form.isConnected && isTyped(form)) {
      form.querySelector("[data-line-text]").focus();
      return false;
    }
  }
  return true;
}

function isAction(form) {
  return form.method === "post" && form.closest(".meeting-page") && !form.matches("[data-words], [data-plain]");
}

// The connection is back: what waited goes.
export function retry() {
  for (const form of pending.keys()) send(form);
  if (reviewWaits) sendReview();
}

// --- the review, saved as one ticks: only what one has changed is sent, so that a tick of the other's stays ---------------

function units(form) {
  return [...form.querySelectorAll("fieldset, .readings li")].map((unit) => [...unit.querySelectorAll("input, select")]);
}

function prepareReview({ target, detail }) {
  if (target.id !== "review-form") return;
  for (const fields of units(target)) {
    // what was shown goes along from every row: its mark tells the server what this page knew
    const said = fields.filter((field) => field.type !== "hidden");
    if (!fields.some(isChanged)) for (const field of said) delete detail.parameters[field.name];
  }
  target.sentAs = units(target).flat().map((field) => [field, field.value, field.checked]);
}

function reviewAnswered({ target, detail }) {
  if (target.id !== "review-form") return;
  if (detail.xhr.getResponseHeader("HX-Redirect")) return;
  reviewWaits = !detail.successful;
  const place = document.getElementById("review-said");
  if (reviewWaits) {
    place.textContent = table().querySelector("[data-live-said]").dataset.actionWaits;
    const again = () => reviewWaits && sendReview();
    const ready = detail.xhr.status === 403 ? renewed(new URLSearchParams()).catch(() => {}) : Promise.resolve();
    ready.then(() => setTimeout(again, 2000 + Math.random() * 1000));
  }
  if (reviewWaits || detail.xhr.responseText.includes("field-error")) return;
  for (const [field, value, checked] of target.sentAs ?? []) {
    if (field.value !== value || field.checked !== checked) continue;
    if (field.tagName === "SELECT") for (const one of field.options) one.defaultSelected = one.selected;
    else if (field.type === "radio") field.defaultChecked = checked;
    else field.defaultValue = value;
  }
  settled();
}

function sendReview() {
  const form = document.getElementById("review-form");
  if (form) window.htmx?.trigger(form, "change");
}

export function begin(whenSettled) {
  settled = whenSettled;
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !isAction(form)) return;
    event.preventDefault();
    if (pending.has(form)) return;
    if (form.matches("[data-takes-along]") && lines().some(isTyped)) {
      delete form.dataset.sent;
      takeLinesAlong().then((all) => all && form.requestSubmit(submitter ?? undefined));
      return;
    }
    const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    pending.set(form, { action, body: letterOf(form, submitter), underWay: false });
    send(form);
  });
  addEventListener("beforeunload", (event) => {
    if (pending.size || reviewWaits) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", prepareReview);
  document.addEventListener("htmx:afterRequest", reviewAnswered);
}
