// An open form tells of itself, and shows who else has it open, without a reload.

const EVERY = 20_000

const place = document.getElementById("beside")
const shown = document.getElementById("others")
const form = document.querySelector(".change-form #content-main form[method=post]")

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? ""

async function beat() {
  const body = new URLSearchParams()
  const lock = form?.elements.lock_number?.value
  if (lock) body.set("lock_number", lock)
  try {
    const headers = { "X-CSRFToken": csrf() }
    const answer = await fetch("../here/", { method: "POST", body, headers })
    if (answer.ok && !answer.redirected) show(await answer.text())
  } catch {
    // Without a connection nobody else can be seen; the next beat looks again.
  }
}

function show(html) {
  const fresh = document.createElement("div")
  fresh.innerHTML = html
  inOwnTime(fresh)
  // What is the same is left alone: a change is read out.
  if (fresh.textContent !== shown.textContent) shown.replaceChildren(...fresh.childNodes)
}

/** Times of the server in the hours of whoever reads them. */
function inOwnTime(root) {
  for (const time of root.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    })
  }
}

function leave() {
  const body = new URLSearchParams({ leaving: "1", csrfmiddlewaretoken: csrf() })
  navigator.sendBeacon("../here/", body)
}

if (place && shown) {
  inOwnTime(shown)
  beat()
  setInterval(beat, EVERY)
  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", (event) => event.persisted && beat())
}
