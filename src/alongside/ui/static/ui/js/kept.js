// Forms that came back filled in after signing in again: what the server put into a field looks to every other script as
// if it had been typed just now, and `data-stood` is what stood there. Runs before them.
for (const field of document.querySelectorAll("[data-stood]")) {
  const { stood } = field.dataset;
  if (field.type === "checkbox" || field.type === "radio") {
    const ticked = field.checked;
    field.defaultChecked = stood === "checked";
    field.checked = ticked;
  } else if (field.tagName === "SELECT") {
    const chosen = [...field.options].map((option) => option.selected);
    const before = stood.split("\n");
    for (const option of field.options) option.defaultSelected = before.includes(option.value);
    [...field.options].forEach((option, place) => (option.selected = chosen[place]));
  } else {
    const typed = field.value;
    field.defaultValue = stood;
    field.value = typed;
  }
}
