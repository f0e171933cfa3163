// The dialogs of the editor: a form with fields and buttons, and one that finds something by name.

import { crel } from "django-prose-editor/editor"

// What the admin serves at jsi18n; `makemessages -d djangojs` finds the strings.
const gettext = globalThis.gettext ?? ((text) => text)

const PAUSE_IN_TYPING = 150 // milliseconds
let made = 0

/** A labelled input: {row, input}. `attributes` are properties of the input. */
export function makeField(label, attributes = {}, help = "") {
  const id = `editor-field-${++made}`
  const input = crel("input", { id, type: "text", autocomplete: "off", ...attributes })
  const row = crel("div", { className: "editor-field" }, [
    crel("label", { htmlFor: id, textContent: label }),
    input,
  ])
  if (help) {
    row.append(crel("p", { id: `${id}-help`, className: "help", textContent: help }))
    input.setAttribute("aria-describedby", `${id}-help`)
  }
  return { row, input }
}

/**
 * Open a dialog over the page; the editor has the focus again when it closes.
 *
 * `actions` are [{text, run, kind}] in the order of their buttons; `kind` is "main", which Enter
 * presses as well, or "danger". A `run` that returns false keeps the dialog open.
 */
export function openDialog(editor, { title, rows, actions = [], cancel: stay = gettext("Cancel") }) {
  const heading = crel("h2", { id: `editor-dialog-${++made}`, textContent: title })
  const main = actions.find((action) => action.kind === "main")
  const act = (action) => action.run() !== false && dialog.close()
  const buttons = actions.map((action) => {
    const type = action === main ? "submit" : "button"
    const button = crel("button", { type, textContent: action.text })
    button.className = `editor-button editor-button-${action.kind || "plain"}`
    if (action !== main) button.addEventListener("click", () => act(action))
    return button
  })
  const cancel = crel("button", { type: "button", textContent: stay })
  cancel.className = "editor-button"
  cancel.addEventListener("click", () => dialog.close())
  const form = crel("form", { noValidate: true }, [
    heading,
    ...rows,
    crel("div", { className: "editor-buttons" }, [...buttons, cancel]),
  ])
  const dialog = crel("dialog", { className: "editor-dialog" }, [form])
  dialog.setAttribute("aria-labelledby", heading.id)

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (main) act(main)
  })
  dialog.addEventListener("close", () => {
    dialog.remove()
    editor.commands.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  dialog.querySelector("input")?.select()
  return dialog
}

/**
 * A dialog that searches as one types and acts on the result that is pressed.
 *
 * `pickUrl` answers `?q=` with {"results": […]}; `describe(result)` gives {label, detail};
 * `onPick(result)` runs before the dialog closes; `rows` stand between the search and the results.
 */
export function openPicker(editor, options) {
  const { title, label, pickUrl, describe, onPick, rows = [], actions } = options
  const search = makeField(label, { type: "search", enterKeyHint: "search" })
  const status = crel("p", { className: "help", role: "status" })
  const list = crel("ul", { className: "editor-results" })
  const dialog = openDialog(editor, { title, rows: [search.row, ...rows, status, list], actions })
  let asked = new AbortController()
  let waiting = 0

  const choose = (result) => {
    onPick(result)
    dialog.close()
  }
  const show = (results) => {
    list.replaceChildren(...results.map((result) => resultRow(describe(result), () => choose(result))))
    status.textContent = results.length ? gettext("%s found").replace("%s", results.length) : gettext("Nothing found: try other words.")
  }
  const find = async () => {
    asked.abort()
    asked = new AbortController()
    const address = new URL(pickUrl, location.href)
    address.searchParams.set("q", search.input.value)
    try {
      const response = await fetch(address, { signal: asked.signal })
      if (!response.ok) throw new Error(response.statusText)
      show((await response.json()).results)
    } catch (error) {
      if (error.name === "AbortError") return
      list.replaceChildren()
      status.textContent = gettext("The search did not answer. Try again, or sign in again in another tab.")
    }
  }

  search.input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(find, PAUSE_IN_TYPING)
  })
  search.input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return
    event.preventDefault()
    list.querySelector("button")?.focus()
  })
  list.addEventListener("keydown", (event) => step(event, list, search.input))
  dialog.addEventListener("close", () => asked.abort())
  search.input.focus()
  find()
  return dialog
}

function resultRow({ label, detail }, press) {
  const button = crel("button", { type: "button" }, [
    crel("strong", { textContent: label }),
    crel("small", { textContent: detail }),
  ])
  button.addEventListener("click", press)
  return crel("li", {}, [button])
}

/** The arrow keys go from result to result, and from the first back to the search. */
function step(event, list, search) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!way) return
  event.preventDefault()
  const buttons = [...list.querySelectorAll("button")]
  const next = buttons.indexOf(document.activeElement) + way
  const target = next < 0 ? search : buttons[next]
  target?.focus()
}
