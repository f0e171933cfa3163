// The admin's searchable choices (select2) get the name of their field.

const CHOICE = "select.admin-autocomplete"

function nameChoice(select) {
  const box = select.parentElement.querySelector(".select2-selection")
  const label = document.querySelector(`label[for="${select.id}"]`)
  const name = select.getAttribute("aria-label") || label?.textContent.replace(/:\s*$/, "")
  if (!box || !name) return
  for (const part of [box, ...box.querySelectorAll("[role=textbox], [role=searchbox]")]) {
    // What is chosen is read from inside; the name must not depend on there being a choice.
    part.removeAttribute("aria-labelledby")
    part.setAttribute("aria-label", name)
  }
}

function nameChoices(root) {
  for (const select of root.querySelectorAll(CHOICE)) nameChoice(select)
}

// Select2 makes its boxes when jQuery says that the page is ready, and when a row is added.
window.django?.jQuery?.(() => setTimeout(() => nameChoices(document)))
document.addEventListener("formset:added", (event) => setTimeout(() => nameChoices(event.target)))
