// Going through long lists by keyboard: arrows from row to row once one is in the list, or down into it from the field
// above. Enter opens, as for every link. Nothing listens while one is elsewhere on the page.
const links = () => [...document.querySelectorAll("[data-rows] .entry-title > a")].filter((link) => link.offsetParent);

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest?.("[data-rows] li.entry");
  const field = event.target.closest?.("[data-rows-from]");
  if (!step || event.altKey || event.ctrlKey || event.metaKey || !(row || (field && step === 1))) return;
  const all = links();
  const here = row ? all.indexOf(row.querySelector(".entry-title > a")) : -1;
  const next = all[here + step] ?? (here + step < 0 ? document.querySelector("[data-rows-from]") : null);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
