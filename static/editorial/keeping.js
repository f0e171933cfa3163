// What is typed is kept by the server every 20 seconds and on leaving; what cannot reach it is
// held in this browser until it can. `hasUnsaved` and `keepNow` are for whoever leads away.

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
let isChoosing = false // Between what is kept and what this browser holds.

function typed() {
  const fields = [...new FormData(form)].filter(([name]) => !NOT_TYPED.test(name))
  return new URLSearchParams(fields).toString()
}

const isKept = () => typed() === lastKept

// --- in this browser ------------------------------------------------------------------------

function hold(text) {
  if (isChoosing) return
  try {
    localStorage.setItem(key(), JSON.stringify({ text, at: Date.now() }))
  } catch {
    // No room, or none allowed: the server still keeps it.
  }
}

/** {text, at}, or nothing. */
function held() {
  try {
    return JSON.parse(localStorage.getItem(key()))
  } catch {
    return null // Written by an older page: plain text, of no known time.
  }
}

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
    complain(isChoosing ? notes.dataset.choose : notes.dataset.waiting)
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
  say(".keeping-good", `${notes.dataset.kept} ${clock(keptAt)}`)
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
  const { text, at } = held() ?? {}
  if (!text || "restored" in place.dataset) return
  if (text === stored || isOffered(text)) return letGo()
  if (isWaiting()) return offer(text, at)
  const { outcome } = await send(text)
  if (outcome === "kept" || outcome === "refused") letGo()
  if (outcome === "kept") location.reload()
}

/** Whether the server offers just this text. */
function isOffered(text) {
  const offered = document.getElementById("kept-data")
  if (!offered) return false
  const fields = Object.entries(JSON.parse(offered.textContent))
  const pairs = fields.flatMap(([name, values]) => values.map((value) => [name, value]))
  // A database may keep the fields in an order of its own.
  const inOrder = (them) => JSON.stringify([...them].map(String).sort())
  return inOrder(pairs) === inOrder(new URLSearchParams(text))
}

/** The server offers one text, and this browser holds another that never reached it. */
function offer(text, at) {
  const button = document.getElementById("held-restore")
  isChoosing = true
  button.hidden = false
  button.textContent = button.textContent.replace("%s", clock(at))
  button.addEventListener("click", async () => {
    const { outcome, refused } = await send(text)
    if (outcome !== "kept") return complain(refused ?? notes.dataset.unreached)
    letGo()
    location.search = "?restore=1"
  })
  // Whoever takes the other text has been shown that there was this one.
  document.querySelector("#kept-offer a").addEventListener("click", letGo)
}

// --- for whoever leads away -----------------------------------------------------------------

export const openedAt = new Date()
export const clock = (at) =>
  new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })

/** Whether the form says something that is not saved. */
export function hasUnsaved() {
  if (!place || !notes || !form) return false
  const isRefused = !!form.querySelector(".errornote")
  return isRefused || "restored" in place.dataset || typed() !== stored
}

/** Keep what is typed before its page is left: what is done there may end the right to. */
export async function keepNow() {
  while (isSending) await new Promise((resolve) => setTimeout(resolve, 50))
  isLeaving = ["kept", "waiting"].includes(await keep())
  // Held in this browser it is offered again, beside what was kept before.
  if (isLeaving) form.dataset.kept = "yes"
  return isLeaving
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
  window.addEventListener("pageshow", () => (isLeaving = false))
  document.addEventListener("visibilitychange", () => document.hidden && keep())
  window.addEventListener("online", keep)
}

if (place && notes && form) begin()
