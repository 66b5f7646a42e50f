// Comfort only; every page works without it. Nothing is stored, nothing is sent.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
