/* Days chosen on the histogram by dragging, or with keys on its two edges; always whole bins.
   Without this module the bars are links, and the date boxes take any days. */

const MOVED = 5; // pixels: less is a click
const BACK = "demarche.range-before";

const clamp = (n, low, high) => Math.min(Math.max(n, low), high);

function setUp(chart) {
  const plot = chart.querySelector(".chart__plot");
  const bins = [...plot.querySelectorAll("[data-from]")];
  const brush = chart.querySelector(".brush");
  const range = brush.querySelector(".brush__range");
  const edges = [...brush.querySelectorAll("[role=slider]")];
  const bar = chart.querySelector(".brush__bar");
  const start = chart.querySelector("[data-brush-start]");
  let chosen = null; // [first bin, last bin], both inside

  const binAt = (x) => {
    const box = plot.getBoundingClientRect();
    return clamp(Math.floor(((x - box.left) / box.width) * bins.length), 0, bins.length - 1);
  };

  function draw() {
    brush.hidden = bar.hidden = !chosen;
    if (!chosen) return;
    const [a, b] = chosen;
    const percent = (n) => `${(100 * n) / bins.length}%`;
    range.style.left = percent(a);
    range.style.width = percent(b + 1 - a);
    edges.forEach((edge, which) => {
      edge.style.left = percent(which ? b + 1 : a);
      edge.setAttribute("aria-valuemin", which ? a : 0);
      edge.setAttribute("aria-valuemax", which ? bins.length - 1 : b);
      edge.setAttribute("aria-valuenow", chosen[which]);
      edge.setAttribute("aria-valuetext", bins[chosen[which]].dataset.label);
    });
    const labels = [...new Set([bins[a].dataset.label, bins[b].dataset.label])];
    const events = bins.slice(a, b + 1).reduce((sum, bin) => sum + Number(bin.dataset.count), 0);
    bar.querySelector("output").textContent = `${labels.join(" – ")}: ${events} in its bars`;
  }

  function choose(a, b) {
    chosen = [Math.min(a, b), Math.max(a, b)];
    draw();
  }

  function move(which, to) {
    const [a, b] = chosen;
    chosen = which ? [a, clamp(to, a, bins.length - 1)] : [clamp(to, 0, b), b];
    draw();
  }

  function cancel() {
    chosen = null;
    draw();
    start.focus({ preventScroll: true });
  }

  function show() {
    const [from, to] = [bins[chosen[0]].dataset.from, bins[chosen[1]].dataset.to];
    remember(from, to);
    const form = document.querySelector("#filters");
    if (!form) return location.assign(address(chart.dataset.base, from, to));
    form.elements.from.value = from;
    form.elements.to.value = to;
    returning = true;
    form.requestSubmit();
  }

  function follow(moved, done) {
    const end = (event) => {
      document.removeEventListener("pointermove", moved);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      done?.(event);
    };
    document.addEventListener("pointermove", moved);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }

  plot.addEventListener("dragstart", (drag) => drag.preventDefault());
  plot.addEventListener("pointerdown", (press) => {
    if (press.button || !press.isPrimary) return;
    let dragging = false;
    const from = binAt(press.clientX);
    follow(
      (event) => {
        dragging ||= Math.abs(event.clientX - press.clientX) > MOVED;
        if (dragging) choose(from, binAt(event.clientX));
      },
      () => {
        if (!dragging) return;
        const swallow = (click) => {
          click.preventDefault();
          click.stopPropagation();
        };
        plot.addEventListener("click", swallow, { capture: true, once: true });
        setTimeout(() => plot.removeEventListener("click", swallow, { capture: true }));
      },
    );
  });
  edges.forEach((edge, which) => {
    edge.addEventListener("pointerdown", (press) => {
      press.preventDefault();
      edge.focus({ preventScroll: true });
      follow((event) => move(which, binAt(event.clientX + (which ? -1 : 1))));
    });
    edge.addEventListener("keydown", (press) => {
      const step = press.shiftKey ? 5 : 1;
      const to = {
        ArrowLeft: chosen[which] - step,
        ArrowDown: chosen[which] - step,
        ArrowRight: chosen[which] + step,
        ArrowUp: chosen[which] + step,
        Home: 0,
        End: bins.length - 1,
      }[press.key];
      if (to !== undefined) move(which, to);
      else if (press.key === "Enter") show();
      else if (press.key === "Escape") cancel();
      else return;
      press.preventDefault();
    });
  });
  brush.addEventListener("dblclick", show);
  bar.querySelector("[data-brush-show]").addEventListener("click", show);
  bar.querySelector("[data-brush-cancel]").addEventListener("click", cancel);
  start.addEventListener("click", () => {
    choose(0, bins.length - 1);
    edges[0].focus({ preventScroll: true });
  });
  plot.addEventListener("click", (click) => {
    const link = click.target.closest("a");
    if (!link) return;
    const query = new URL(link.href.baseVal, location.href).searchParams;
    remember(query.get("from"), query.get("to"));
  });
  chart.classList.add("chart--brushed");
}

/* ---------- back to the previous range */

let returning = false; // the days were chosen here: the focus comes back to the new chart

function address(base, from, to) {
  const url = new URL(base, location.href);
  url.searchParams.set("from", from);
  url.searchParams.set("to", to);
  return url.href;
}

function remember(from, to) {
  sessionStorage.setItem(BACK, JSON.stringify({ from, to, href: location.href }));
}

function offerBack(chart) {
  const before = JSON.parse(sessionStorage.getItem(BACK) ?? "null");
  const now = new URLSearchParams(location.search);
  const link = chart.querySelector("[data-brush-back]");
  if (!before || before.from !== now.get("from") || before.to !== now.get("to")) return;
  link.href = before.href;
  link.hidden = false;
}

function ready() {
  const chart = document.querySelector(".chart[data-base]");
  if (!chart || chart.classList.contains("chart--brushed")) return;
  setUp(chart);
  offerBack(chart);
  if (returning) chart.querySelector("[data-brush-start]").focus({ preventScroll: true });
  returning = false;
}

ready();
document.addEventListener("htmx:afterSettle", ready);
