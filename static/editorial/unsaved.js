// Whoever leaves a form with unsaved changes is asked first, unless what they typed is kept.

const form = document.querySelector(".change-form #content-main form")
let isChanged = false

const note = () => {
  isChanged = true
}

if (form?.querySelector("[name=_save]")) {
  form.addEventListener("input", note)
  form.addEventListener("change", note)
  document.addEventListener("formset:added", note)
  // On the window, behind whoever may still stop it.
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isChanged = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && form.dataset.kept !== "yes") event.preventDefault()
  })
}
