// A move acts on the text as it is saved: whoever typed more is asked before it is made.

import { clock, hasUnsaved, keepNow, openedAt } from "editorial/keeping"

// What the admin serves at jsi18n; `makemessages -d djangojs` finds the strings.
const gettext = globalThis.gettext ?? ((text) => text)

const form = document.querySelector(".change-form #content-main form[method=post]")

/** The links and buttons above the form that do something with the stored text, or show it. */
const LEADS_AWAY = '.object-tools a[href^="../"], .object-tools button[form^="move-"]'

async function ask(event) {
  const control = event.target.closest(LEADS_AWAY)
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0
  if (!control || opensElsewhere || !hasUnsaved()) return
  event.preventDefault()
  // Only here: a form that nobody may write in has no editor, from which dialogs are made.
  const { openDialog } = await import("editorial/dialog")
  openDialog({ commands: { focus: () => control.focus() } }, {
    title: gettext("What you typed since %s is not saved.").replace("%s", clock(openedAt)),
    rows: [explained()],
    actions: [
      { text: gettext("Save and go on"), kind: "main", run: () => save(control) },
      { text: gettext("Go on without it"), run: () => goOn(control) },
    ],
    cancel: gettext("Stay"),
  })
}

function explained() {
  const line = document.createElement("p")
  line.className = "help"
  line.textContent = gettext(
    "Without it, this uses the text as it was last saved. What you typed is kept, and offered when you open this form again.",
  )
  return line
}

/** The name of the button tells the server where to go once it is saved. */
function save(control) {
  const address = control.getAttribute("href") ?? control.form.getAttribute("action")
  const button = document.createElement("button")
  Object.assign(button, { type: "submit", name: "_then", hidden: true })
  button.value = address.replace("../", "").replace(/\/$/, "")
  form.append(button)
  form.requestSubmit(button)
}

async function goOn(control) {
  if (!(await keepNow())) return
  if (control.href) location.assign(control.href)
  else control.form.requestSubmit(control)
}

if (form) document.addEventListener("click", ask)
