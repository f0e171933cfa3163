// An editor that is ready gets a name, and a toolbar that says what is pressed.

// What the admin serves at jsi18n; `makemessages -d djangojs` finds the strings.
const gettext = globalThis.gettext ?? ((text) => text)

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  nameTheText(editor, textarea)
  // The menu is made when the editor tells that it was created, which is after this.
  editor.on("create", () => nameTheToolbar(editor))
})

function nameTheText(editor, textarea) {
  const text = editor.view.dom
  text.setAttribute("role", "textbox")
  text.setAttribute("aria-multiline", "true")
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  if (!label) return
  label.id ||= `${textarea.id}-label`
  text.setAttribute("aria-labelledby", label.id)
  label.addEventListener("click", () => editor.commands.focus())
  const help = textarea.getAttribute("aria-describedby")
  if (help) text.setAttribute("aria-describedby", help)
}

function nameTheToolbar(editor) {
  const toolbar = editor.view.dom.parentElement.querySelector(".prose-menubar")
  if (!toolbar) return
  toolbar.setAttribute("role", "toolbar")
  toolbar.setAttribute("aria-label", gettext("Formatting"))
  const buttons = [...toolbar.querySelectorAll("button")]
  const isAct = (button) => /^(history|table|remove)/.test(button.dataset.name)
  const tell = () => {
    for (const button of buttons) {
      button.setAttribute("aria-disabled", button.classList.contains("disabled"))
      if (!isAct(button)) button.setAttribute("aria-pressed", button.classList.contains("active"))
    }
  }
  editor.on("transaction", tell)
  tell()
  toolbar.addEventListener("keydown", (event) => walk(event, toolbar))
}

/** The arrow keys go along the toolbar, as in any toolbar. */
function walk(event, toolbar) {
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!way || event.target.tagName !== "BUTTON") return
  event.preventDefault()
  const shown = [...toolbar.querySelectorAll("button")].filter((button) => button.offsetParent)
  const next = shown.indexOf(event.target) + way
  shown.at(next % shown.length)?.focus()
}
