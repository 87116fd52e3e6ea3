// Dragging a line to another place among its own. The buttons do the same without it.
let held = null;

const lineAt = (event) => event.target.closest?.("[data-places] > li");
const alike = (one, other) => one && other && one !== other && one.parentElement === other.parentElement;

for (const line of document.querySelectorAll("[data-places] > li")) {
  if (line.parentElement.children.length > 1) line.draggable = true;
}
document.addEventListener("dragstart", (event) => {
  held = lineAt(event);
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.id);
  held.classList.add("is-held");
});
document.addEventListener("dragover", (event) => {
  let over = lineAt(event);
  while (over && held && !alike(held, over)) over = over.parentElement.closest("[data-places] > li");
  document.querySelector(".is-over")?.classList.remove("is-over");
  if (!over || !held) return;
  event.preventDefault();
  over.classList.add("is-over");
});
document.addEventListener("drop", (event) => {
  const over = document.querySelector(".is-over");
  if (!held || !over) return;
  event.preventDefault();
  const form = held.querySelector("form");
  const place = document.createElement("input");
  Object.assign(place, { type: "hidden", name: "place", value: over.dataset.place });
  form.append(place);
  form.submit();
});
document.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  document.querySelector(".is-over")?.classList.remove("is-over");
  held = null;
});
