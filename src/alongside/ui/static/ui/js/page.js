// Small courtesies of every page. Each page works without them.

// Closes the account menu on Escape and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Warns before a long form is left with changes in it.
const changed = new Set(document.querySelectorAll("form[data-keep]:has([data-stood])"));
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});

// Brings what needs another look into view, once, and says it.
document.querySelector("[data-focus]")?.focus();

// One press, one action: a second press on the same button waits for the first. Undone when the page comes back.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-words]") || event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A quiet clock: a line that fills, and minutes in words. It never blinks, calls or counts seconds. The server says what
// time it is; from there this page counts by itself, whatever the clock of this machine says.
const opened = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
let ahead = null;
function serverTime(clock) {
  ahead ??= (Date.parse(clock.dataset.now) || Date.now()) - opened;
  return ahead + performance.now();
}
function tell(clock) {
  const starts = Date.parse(clock.dataset.starts);
  const length = Number(clock.dataset.minutes) * 60000;
  if (!starts || !length) return;
  const passed = serverTime(clock) - starts;
  const over = passed > length + 3600000;
  const share = over ? 0 : Math.min(1, Math.max(0, passed / length));
  clock.querySelector("[data-clock-gone]").setAttribute("d", `M0 2H${(share * 100).toFixed(1)}`);
  const minutes = Math.ceil((passed < 0 ? -passed : length - passed) / 60000);
  const last = clock.dataset.last && minutes <= Number(clock.dataset.plan);
  const left = last ? clock.dataset.last : clock.dataset.left;
  const sentence = passed < 0 ? clock.dataset.soon : passed > length ? clock.dataset.over : left;
  const far = passed < -3600000 || over;
  clock.querySelector("[data-clock-left]").textContent = far ? "" : sentence.replace("#", minutes);
}
const tellAll = () => document.querySelectorAll("[data-clock]").forEach(tell);
tellAll();
setInterval(tellAll, 20000);
for (const event of ["htmx:load", "visibilitychange"]) document.addEventListener(event, tellAll);
document.addEventListener("clock:server", (event) => {
  ahead = event.detail - performance.now();
  tellAll();
});

// A section that is read as on paper shows what was written in its box, once that is folded again.
document.addEventListener("toggle", ({ target }) => {
  const paper = target.open ? null : target.closest?.(".paper-section")?.querySelector(".paper-text");
  const written = paper && target.querySelector("textarea")?.value.trim();
  if (!written) return;
  paper.replaceChildren(...written.split(/\n{2,}/).map((part) => {
    const paragraph = document.createElement("p");
    paragraph.append(...part.split("\n").flatMap((line, place) => (place ? [document.createElement("br"), line] : [line])));
    return paragraph;
  }));
}, true);
