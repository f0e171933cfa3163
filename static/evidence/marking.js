// Words selected in a document go into the form; sources are suggested while their name is typed.

const words = document.getElementById("words")
const take = document.getElementById("take")
const quote = document.getElementById("id_typed")
const form = document.getElementById("check")
const known = document.getElementById("known-sources")
const QUIET = 250

// --- the selected words ---------------------------------------------------------------------------

// Without the notes that stand between them.
function selected() {
  const selection = document.getSelection()
  if (!selection.rangeCount || selection.isCollapsed) return ""
  const range = selection.getRangeAt(0)
  if (!words.contains(range.commonAncestorContainer)) return ""
  const copy = range.cloneContents()
  for (const note of copy.querySelectorAll("[data-note]")) note.remove()
  return copy.textContent.split(/\s+/).filter(Boolean).join(" ")
}

if (words && take && quote) {
  let chosen = ""
  document.addEventListener("selectionchange", () => {
    const text = selected()
    if (!text) return
    chosen = text
    take.hidden = false
  })
  // Tab ends a selection, and so does a press on the button on some phones: neither hides it.
  document.addEventListener("click", ({ target }) => {
    if (target !== take) take.hidden = !selected()
  })
  form.addEventListener("input", () => (take.hidden = true))
  take.addEventListener("click", () => {
    quote.value = chosen
    take.hidden = true
    form.scrollIntoView({ block: "start" })
    quote.focus({ preventScroll: true })
  })
}

// --- sources --------------------------------------------------------------------------------------

async function suggest(typed) {
  const answer = await fetch(`${known.dataset.pick}?${new URLSearchParams({ q: typed })}`)
  if (!answer.ok) return
  const { results } = await answer.json()
  known.replaceChildren(
    ...results.map(({ key, label, detail }) => {
      const option = document.createElement("option")
      option.value = key
      option.label = [label, detail].filter(Boolean).join(", ")
      // Browsers show what fits the typed words: the option must hold them.
      option.textContent = `${label} ${detail}`
      return option
    }),
  )
}

if (known) {
  let timer = 0
  for (const field of document.querySelectorAll('[list="known-sources"]')) {
    field.autocomplete = "off"
    field.addEventListener("input", () => {
      clearTimeout(timer)
      if (field.value.trim()) timer = setTimeout(() => suggest(field.value), QUIET)
    })
  }
}
