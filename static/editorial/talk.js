// Comments without leaving the form: what is typed there and not saved yet stays as it is.

// What the admin serves at jsi18n; `makemessages -d djangojs` finds the strings.
const gettext = globalThis.gettext ?? ((text) => text)

const talk = document.getElementById("talk")
const threads = document.getElementById("talk-threads")
const said = document.getElementById("talk-said")
const writing = document.getElementById("talk-new")
const LONGEST_QUOTE = 1000

/** Send one of the forms of the comments, and show the comments as they are then. */
async function send(form, button) {
  button.disabled = true
  said.textContent = ""
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
    })
    const isForm = response.headers.get("Content-Type")?.startsWith("text/html")
    if (response.status === 409) return tell(await response.text(), true)
    if (!response.ok || response.redirected || !isForm) throw new Error(response.statusText)
    threads.innerHTML = await response.text()
    tell(threads.querySelector("[data-done]").dataset.done)
    if (form === writing) form.reset()
    said.focus()
  } catch {
    tell(gettext("It was not sent. What you wrote is still here: try again, or sign in in another tab."), true)
  } finally {
    button.disabled = false
  }
}

function tell(text, isRefusal = false) {
  said.textContent = text
  said.classList.toggle("is-refusal", isRefusal)
  said.scrollIntoView({ block: "nearest" })
}

if (threads) {
  said.tabIndex = -1
  talk.addEventListener("submit", (event) => {
    event.preventDefault()
    send(event.target, event.submitter ?? event.target.querySelector("[type=submit]"))
  })
}

// --- passages -----------------------------------------------------------------------------------

const source = document.getElementById("content-main")
const offer = document.getElementById("talk-on-this")
const take = document.getElementById("talk-take")
let passage = ""

/** The words selected in the text of the version, without the marks of citations. */
function selected() {
  const field = document.activeElement
  if (source?.contains(field) && field.matches("textarea, input[type=text]")) {
    return field.value.slice(field.selectionStart, field.selectionEnd)
  }
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return ""
  const range = selection.getRangeAt(0)
  if (!source?.contains(range.commonAncestorContainer)) return ""
  const copy = range.cloneContents()
  for (const mark of copy.querySelectorAll("cite, .cited")) mark.remove()
  return [...copy.childNodes].map((node) => node.textContent).join("\n")
}

function quote() {
  if (!passage) return
  document.getElementById("talk-passage").open = true
  document.getElementById("talk-quote").value = passage
  document.getElementById("talk-text").focus()
  offer.hidden = true
}

if (offer) {
  take.hidden = false
  document.addEventListener("selectionchange", () => {
    const words = selected().trim().slice(0, LONGEST_QUOTE)
    if (words) passage = words
    offer.hidden = !words
  })
  // Pressing a button would take the selection away before it is read.
  offer.addEventListener("pointerdown", (event) => event.preventDefault())
  offer.addEventListener("click", quote)
  take.addEventListener("click", quote)
}

// --- preview links ------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break
  button.hidden = false
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = gettext("Copied")
  })
}
