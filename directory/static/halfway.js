// Comfort only: a half-filled form survives a reload and the back button. It stays in this tab's own history entry, is
// sent nowhere, written to no storage, and gone with the tab.
const form = document.querySelector("#plan");
const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
const said = (field) => (field.type === "checkbox" ? field.checked : field.value);
const sent = JSON.stringify(fields().map(said)); // as the server made it

const held = history.state?.plan;
if (held && held.sent === sent) {
  fields().forEach((field, place) => {
    if (field.type === "checkbox") field.checked = held.now[place];
    else field.value = held.now[place];
  });
}
form.addEventListener("input", () => history.replaceState({ plan: { sent, now: fields().map(said) } }, ""));
