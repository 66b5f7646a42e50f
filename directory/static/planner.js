// Comfort only: drags an entry of the week to another of its times. A drop sends the same form its buttons send.
const goalsOf = (entry) =>
  new Map(entry.dataset.goals.split(";").map((pair) => pair.split(/=(.*)/s).slice(0, 2)));

for (const week of document.querySelectorAll("[data-week]")) {
  const form = week.closest("form");
  if (!form) continue;
  const cells = [...week.querySelectorAll("[data-cell]")];
  let goals = new Map();

  /** Marks where it may go; the empty map takes the marks away. */
  function mark(found) {
    goals = found;
    for (const cell of cells) {
      cell.classList.toggle("goal", goals.has(cell.dataset.cell));
      cell.classList.remove("over");
    }
  }

  for (const entry of week.querySelectorAll("[data-goals]")) {
    entry.draggable = true;
    entry.addEventListener("dragstart", (event) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", ""); // Firefox drags nothing without data; ours goes to no other page
      setTimeout(() => mark(goalsOf(entry))); // not before the picture of the entry is taken
    });
    entry.addEventListener("dragend", () => mark(new Map()));
  }

  for (const cell of cells) {
    cell.addEventListener("dragover", (event) => {
      if (!goals.has(cell.dataset.cell)) return;
      event.preventDefault();
      cell.classList.add("over");
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("over"));
    cell.addEventListener("drop", (event) => {
      const value = goals.get(cell.dataset.cell);
      if (!value) return;
      event.preventDefault();
      const button = document.createElement("button");
      Object.assign(button, { name: "week_do", value, hidden: true });
      form.append(button);
      form.requestSubmit(button);
    });
  }
}
