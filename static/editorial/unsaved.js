// Whoever leaves a form with unsaved changes is asked first.

const form = document.querySelector(".change-form #content-main form")
let isChanged = false

const note = () => {
  isChanged = true
}

if (form?.querySelector("[name=_save]")) {
  form.addEventListener("input", note)
  form.addEventListener("change", note)
  document.addEventListener("formset:added", note)
  form.addEventListener("submit", () => {
    isChanged = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault()
  })
}
