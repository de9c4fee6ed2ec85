// The event's page in the admin. Without it the evidence's dates are links and actors are typed.

const box = document.getElementById("id_date");

function fill(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function add(name) {
  const actors = document.getElementById("id_actors");
  const names = actors.value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!names.includes(name)) actors.value = [...names, name].join("\n");
  fill(document.getElementById("find-actor"), "");
}

document.addEventListener("click", (event) => {
  const date = event.target.closest("[data-date]");
  const actor = event.target.closest("[data-actor]");
  if (date && box && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    fill(box, date.dataset.date);
  }
  if (actor) add(actor.dataset.actor);
});

for (const finder of document.querySelectorAll(".finder")) {
  finder.hidden = false;
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
}
