// What is typed is kept by the server every 20 seconds and on leaving; what cannot reach it is
// held in this browser until it can.

const EVERY = 20_000
const NOT_TYPED = /__prefix__|^csrfmiddlewaretoken$|^_/

const place = document.getElementById("beside")
const notes = document.getElementById("keeping")
const form = document.querySelector(".change-form #content-main form[method=post]")

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? ""
const key = () => `kept:${place.dataset.person}:${place.dataset.version}`
const isWaiting = () => !!document.getElementById("kept-offer")

let stored = ""
let lastKept = ""
let isSending = false
let isLeaving = false

function typed() {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name))
  return new URLSearchParams(fields).toString()
}

const isKept = () => typed() === lastKept

// --- in this browser ------------------------------------------------------------------------

function hold(text) {
  try {
    localStorage.setItem(key(), text)
  } catch {
    // No room, or none allowed: the server still keeps it.
  }
}

const held = () => localStorage.getItem(key())
const letGo = () => localStorage.removeItem(key())

// --- on the server --------------------------------------------------------------------------

/** Send it. Returns "kept", "refused", "signed out" or "unreached". */
async function send(text, options = {}, address = "../keep/") {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": csrf(), "Content-Type": "application/x-www-form-urlencoded" },
      body: text,
      ...options,
    })
    if (answer.redirected) return { outcome: "signed out" }
    if (answer.status >= 500) return { outcome: "unreached" }
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json")
    const told = isJson ? await answer.json() : {}
    return answer.ok ? { outcome: "kept", ...told } : { outcome: "refused", ...told }
  } catch {
    return { outcome: "unreached" }
  }
}

async function keep() {
  const text = typed()
  if (isSending || isLeaving || text === lastKept) return "kept"
  hold(text)
  if (isWaiting()) {
    complain(notes.dataset.waiting)
    return "waiting"
  }
  isSending = true
  const { outcome, kept_at: keptAt, refused } = await send(text)
  isSending = false
  if (outcome === "kept") {
    lastKept = text
    letGo()
    reassure(keptAt)
  } else {
    const words = { unreached: notes.dataset.unreached, "signed out": notes.dataset.signedOut }
    complain(words[outcome] ?? refused ?? notes.dataset.unreached)
  }
  tell()
  return outcome
}

/** Whether the page may be left without a question: see unsaved.js. */
function tell() {
  form.dataset.kept = isKept() ? "yes" : "no"
}

// --- what is said ---------------------------------------------------------------------------

function reassure(keptAt) {
  const time = new Date(keptAt)
  const words = time.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })
  say(".keeping-good", `${notes.dataset.kept} ${words}`)
  say(".keeping-bad", "")
}

function complain(words) {
  say(".keeping-bad", words)
  say(".keeping-good", "")
}

function say(where, words) {
  notes.hidden = false
  const line = notes.querySelector(where)
  if (line.textContent !== words) line.textContent = words
}

// --- saving ---------------------------------------------------------------------------------

/** A form is sent once the server has what is in it: a sent form that meets no server is gone. */
async function submit(event) {
  if (event.defaultPrevented || isLeaving) return
  // Signing in again in another tab changes the token.
  form.elements.csrfmiddlewaretoken.value = csrf() || form.elements.csrfmiddlewaretoken.value
  if (typed() === stored) return
  event.preventDefault()
  const { submitter } = event
  const { outcome } = await (isWaiting() ? send("", {}, "../here/") : send(typed()))
  if (outcome === "unreached" || outcome === "signed out") {
    hold(typed())
    complain(outcome === "unreached" ? notes.dataset.unsaved : notes.dataset.signedOut)
    return
  }
  letGo()
  isLeaving = true
  form.requestSubmit(submitter)
}

function leave() {
  if (isLeaving || isKept()) return
  const text = typed()
  hold(text)
  // Held here as well: a browser sends no more than 64 kB of what is left behind.
  if (!isWaiting()) send(text, { keepalive: true })
}

async function bringBack() {
  const text = held()
  if (!text || isWaiting() || "restored" in place.dataset) return
  if (text === stored) return letGo()
  const { outcome } = await send(text)
  if (outcome === "kept" || outcome === "refused") letGo()
  if (outcome === "kept") location.reload()
}

// --- begin ----------------------------------------------------------------------------------

function begin() {
  document.querySelector(".submit-row")?.append(notes)
  stored = lastKept = typed()
  tell()
  bringBack()
  // An editor that has just been made may write its text anew: that is nobody's typing.
  document.addEventListener("prose-editor:ready", () => {
    const isUntouched = !form.dataset.touched
    setTimeout(() => {
      if (isUntouched) stored = lastKept = typed()
    })
  })
  for (const kind of ["input", "change", "keydown", "pointerdown"]) {
    form.addEventListener(kind, () => (form.dataset.touched = "yes"), { once: true })
  }
  form.addEventListener("input", () => (form.dataset.kept = "no"))
  setInterval(keep, EVERY)
  form.addEventListener("submit", submit)
  window.addEventListener("pagehide", leave)
  document.addEventListener("visibilitychange", () => document.hidden && keep())
  window.addEventListener("online", keep)
}

if (place && notes && form) begin()
