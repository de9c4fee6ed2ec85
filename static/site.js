/* Comforts for pages that work without them: keys for the timeline, and their sheet. */

const typing = (element) => element.matches("input, select, textarea, [contenteditable]");
const events = () => [...document.querySelectorAll("[data-event]")];

function step(by) {
  const all = events();
  const here = all.findIndex((event) => event.contains(document.activeElement));
  const next = all[here < 0 ? (by > 0 ? 0 : -1) : Math.min(Math.max(here + by, 0), all.length - 1)];
  if (!next) return document.querySelector(".more a")?.focus();
  next.querySelector(".event__title a").focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

const sheet = () => document.querySelector("#keys");

const KEYS = {
  "/": () => document.querySelector("#q")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  "?": () => sheet().togglePopover(),
};

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey || typing(press.target)) return;
  const act = sheet() && KEYS[press.key];
  if (!act) return;
  press.preventDefault();
  act();
});

/* A card that is opened in place has an address; who follows it finds the card open. */
function openAddressed() {
  const more = document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"] > * .event__more`);
  if (more) more.open = true;
}
openAddressed();
addEventListener("hashchange", openAddressed);
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".event__more")) return;
    const here = `#${target.closest("[data-event]").id}`;
    if (target.open) history.replaceState(history.state, "", here);
    else if (location.hash === here) history.replaceState(history.state, "", location.href.split("#")[0]);
  },
  true,
);

/* An answer to what the filters said before they were changed again would undo that change: the next
   answer is on its way. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (form.id !== "filters") return;
  const asked = new URL(detail.pathInfo.finalRequestPath, location.href).searchParams;
  const now = new URLSearchParams(new FormData(form));
  if (asked.toString() !== now.toString()) detail.shouldSwap = false;
});

/* "Load more" goes away when it is followed; the first event that it brought takes the focus. */
let before = 0;
document.addEventListener("htmx:beforeSwap", () => {
  before = events().length;
});
document.addEventListener("htmx:afterSettle", (settled) => {
  if (settled.detail.requestConfig?.elt.matches(".more a")) {
    events()[before]?.querySelector(".event__title a").focus({ preventScroll: true });
  }
});
