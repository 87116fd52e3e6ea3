// One-line boxes that are typed in and then added, such as a next step: `form[data-line]`. What is typed and not added yet
// lies sealed in this browser, with whatever else was chosen in its form; the next page of the same person brings it back.

import { Draft } from "./drafts.js";

const known = new WeakSet();
const textOf = (form) => form.querySelector("[data-line-text]");
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden");

class Line {
  constructor(form) {
    this.form = form;
    this.draft = new Draft();
    form.addEventListener("input", () => this.keep());
    form.addEventListener("change", () => this.keep());
    form.addEventListener("reset", () => this.draft.put(null));
    // an ordinary page goes with it: what the server can't take it brings back itself
    form.addEventListener("submit", (event) => setTimeout(() => event.defaultPrevented || this.draft.put(null)));
    this.keep();
  }

  keep() {
    const text = textOf(this.form).value;
    const values = Object.fromEntries(fieldsOf(this.form).map((field) => [field.name, field.value]));
    const label = this.form.querySelector("label").textContent.trim();
    const where = { page: location.pathname, label, at: Date.now() };
    this.draft.put(text.trim() ? { ...where, line: this.form.id, text, values } : null);
  }
}

export function beginLines(root) {
  for (const form of root.querySelectorAll("form[data-line]")) {
    if (known.has(form)) continue;
    known.add(form);
    new Line(form);
  }
}

// Puts a line that an earlier page left behind into its box. False: its box is not here, or something else is in it.
export function putLineIn({ line, page, values }) {
  const form = document.getElementById(line);
  if (page !== location.pathname || !form || textOf(form).value.trim()) return false;
  for (const field of fieldsOf(form)) if (field.name in values) field.value = values[field.name];
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
