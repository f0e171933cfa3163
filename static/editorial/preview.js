// The page as readers would see it, beside the form, a second after typing stops.

const QUIET = 1000
const NOT_TYPED = /__prefix__/

const pane = document.getElementById("preview-pane")
const opener = document.getElementById("preview-open")
const form = document.querySelector(".change-form #content-main form[method=post]")

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? ""

function begin() {
  const frame = pane.querySelector("iframe")
  const stage = pane.querySelector(".preview-stage")
  const state = pane.querySelector(".preview-state")
  let width = 390
  let shown = ""
  let timer = 0
  let asked = 0

  const typed = () => {
    const fields = [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name))
    return new URLSearchParams(fields).toString()
  }

  async function update() {
    const text = typed()
    if (pane.hidden || text === shown) return
    const mine = ++asked
    try {
      const answer = await fetch("../preview/", {
        method: "POST",
        headers: { "X-CSRFToken": csrf(), "Content-Type": "application/x-www-form-urlencoded" },
        body: text,
      })
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText)
      const html = await answer.text()
      if (mine !== asked) return
      shown = text
      show(html)
      state.textContent = ""
    } catch {
      state.textContent = state.dataset.failed
    }
  }

  /** The first time as a whole; then its main part alone, so that it neither blinks nor jumps. */
  function show(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html")
    const main = frame.contentDocument?.querySelector("main")
    if (main) {
      main.replaceChildren(...fresh.querySelector("main").childNodes)
      return
    }
    // The frame runs none.
    for (const script of fresh.querySelectorAll("script")) script.remove()
    frame.srcdoc = `<!doctype html>${fresh.documentElement.outerHTML}`
  }

  /** A link in the preview would lose the preview: only those within the page are followed. */
  function stay(event) {
    const link = event.target.closest?.("a")
    if (!link) return
    event.preventDefault()
    const hash = link.getAttribute("href")?.match(/^#(.+)/)?.[1]
    if (hash) frame.contentDocument.getElementById(decodeURIComponent(hash))?.scrollIntoView()
  }

  function fit() {
    const scale = Math.min(1, stage.clientWidth / width)
    frame.style.width = `${width}px`
    frame.style.height = `${stage.clientHeight / scale}px`
    frame.style.transform = `scale(${scale})`
    frame.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`
  }

  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(update, QUIET)
  }

  function open() {
    pane.hidden = false
    document.body.classList.add("has-preview")
    opener.setAttribute("aria-expanded", "true")
    fit()
    update()
    document.getElementById("preview-heading").focus()
  }

  function close() {
    pane.hidden = true
    document.body.classList.remove("has-preview")
    opener.setAttribute("aria-expanded", "false")
    opener.focus()
  }

  opener.hidden = false
  opener.addEventListener("click", () => (pane.hidden ? open() : close()))
  document.getElementById("preview-close").addEventListener("click", close)
  const closeByKey = (event) => event.key === "Escape" && close()
  pane.addEventListener("keydown", closeByKey)
  frame.addEventListener("load", () => {
    frame.contentDocument.addEventListener("click", stay)
    frame.contentDocument.addEventListener("keydown", closeByKey)
  })
  for (const button of pane.querySelectorAll("[data-width]")) {
    button.addEventListener("click", () => {
      width = Number(button.dataset.width)
      for (const one of pane.querySelectorAll("[data-width]")) {
        one.setAttribute("aria-pressed", one === button)
      }
      fit()
    })
  }
  new ResizeObserver(fit).observe(stage)
  // The tools of the editor tell of no input, so every key and click may have changed the text.
  for (const kind of ["input", "change", "keyup", "click"]) form.addEventListener(kind, soon)
  for (const kind of ["formset:added", "formset:removed"]) document.addEventListener(kind, soon)
}

if (pane && opener && form) begin()
