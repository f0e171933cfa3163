// What the checks find, in step with the typing; and the way from a finding to its place.

const QUIET = 400
const NOT_TYPED = /__prefix__/

const panel = document.getElementById("findings")
const form = document.querySelector(".change-form #content-main form[method=post]")

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? ""

// --- in step ------------------------------------------------------------------------------------

function follow() {
  const list = panel.querySelector(".findings-list")
  const state = panel.querySelector(".findings-state")
  const said = panel.querySelector(".findings-said")
  let timer = 0
  let older = new AbortController()
  let shown = typed()

  function typed() {
    const fields = [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name))
    return new URLSearchParams(fields).toString()
  }

  async function update() {
    const text = typed()
    if (text === shown) return
    older.abort()
    older = new AbortController()
    const { signal } = older
    try {
      const answer = await fetch("../findings/", {
        method: "POST",
        headers: { "X-CSRFToken": csrf(), "Content-Type": "application/x-www-form-urlencoded" },
        body: text,
        signal,
      })
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText)
      show(await answer.text())
      shown = text
      state.hidden = true
    } catch (error) {
      if (error.name === "AbortError") return
      state.textContent = state.dataset.failed
      state.hidden = false
    }
  }

  function show(html) {
    const fresh = document.createElement("div")
    fresh.innerHTML = html
    // What is the same is left alone: whoever reads it keeps their place, and nothing is said.
    if (fresh.textContent === list.textContent) return
    const at = [...list.querySelectorAll("a, button")].indexOf(document.activeElement)
    list.replaceChildren(...fresh.childNodes)
    if (at >= 0) [...list.querySelectorAll("a, button")][at]?.focus()
    count()
    const words = sum()
    if (said.textContent !== words) said.textContent = words
  }

  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(update, QUIET)
  }

  // The tools of the editor tell of no input, so every key and click may have changed the text.
  for (const kind of ["input", "change", "keyup", "click"]) form.addEventListener(kind, soon)
  for (const kind of ["formset:added", "formset:removed"]) document.addEventListener(kind, soon)
  // An editor that has just been made may write its text anew: that is nobody's typing.
  document.addEventListener("prose-editor:ready", () => {
    setTimeout(() => (shown = form.dataset.touched ? shown : typed()))
  })
  if ("restored" in (document.getElementById("beside")?.dataset ?? {})) {
    shown = ""
    soon()
  }
}

const sum = () => panel.querySelector(".findings-sum")?.textContent.trim() ?? ""

const jump = document.createElement("a")
jump.className = "findings-jump"
jump.href = "#findings"

/** The sum stands in the line above the list, and beside the buttons that stay in sight. */
function count() {
  panel.querySelector(".findings-count").textContent = jump.textContent = sum()
}

// --- to the place -------------------------------------------------------------------------------

function go(event) {
  const link = event.target.closest(".finding-place[href]")
  if (!link?.hash) return
  const place = document.getElementById(link.hash.slice(1))
  if (!place) return
  event.preventDefault()
  const { text, start } = link.dataset
  const editor = place.closest(".field-body")?.querySelector(".ProseMirror")
  if (editor) return select(editor, text, Number(start))
  const fields = place.matches("input, textarea, select")
    ? [place]
    : [...place.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox]), select")]
  // A row may be folded away: the one that says it is unfolded.
  const says = (one) => text && one.value.includes(text)
  const field = fields.find(says) ?? fields.find((one) => one.offsetParent)
  for (const it of [place, field]) it?.closest("details")?.setAttribute("open", "")
  if (!field) return place.scrollIntoView({ block: "center" })
  field.focus()
  const at = text ? (field.value?.indexOf(text) ?? -1) : -1
  if (at >= 0 && field.setSelectionRange) field.setSelectionRange(at, at + text.length)
  field.scrollIntoView({ block: "center" })
}

/** Select the words in the body; of several places the one nearest to where the check saw it. */
function select(editor, text, start) {
  editor.focus({ preventScroll: true })
  const found = text && find(editor, text, start)
  if (!found) return editor.scrollIntoView({ block: "start" })
  const selection = getSelection()
  selection.removeAllRanges()
  selection.addRange(found)
  const at = found.startContainer.parentElement
  at.scrollIntoView({ block: "center" })
}

function find(editor, text, start) {
  const letters = []
  // A citation stands between the words, and is none of them.
  const isText = (node) => !node.parentElement.closest(".citation-chip")
  const nodes = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT, (node) =>
    isText(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
  )
  let block = null
  while (nodes.nextNode()) {
    const node = nodes.currentNode
    const around = node.parentElement.closest("p, h2, h3, h4, li, td, th, caption, blockquote")
    if (block && around !== block) letters.push([" ", null, 0])
    block = around
    for (let i = 0; i < node.data.length; i++) letters.push([node.data[i], node, i])
  }
  // White space is one space, however much of it there is.
  const isSpace = ([letter]) => /\s/.test(letter)
  const plain = letters.filter((it, i) => !isSpace(it) || !i || !isSpace(letters[i - 1]))
  const whole = plain.map(([letter]) => (/\s/.test(letter) ? " " : letter)).join("")
  const wanted = text.replace(/\s+/g, " ").trim()
  let best = -1
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at
  }
  if (best < 0) return null
  const [, first, from] = plain[best]
  const [, last, to] = plain[best + wanted.length - 1]
  if (!first || !last) return null
  const range = document.createRange()
  range.setStart(first, from)
  range.setEnd(last, to + 1)
  return range
}

if (panel) {
  panel.dataset.enhanced = ""
  form?.querySelector(".submit-row")?.append(jump)
  count()
  panel.addEventListener("click", go)
  if (form && "follows" in panel.dataset) follow()
}
