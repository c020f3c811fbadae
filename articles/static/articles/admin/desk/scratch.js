// What is typed and not saved is sent as a scratch copy a few seconds after typing stops, and when the page is left. It
// never touches the draft. While nobody is signed in, or no server answers, it is kept in this window.
const settings = JSON.parse(document.getElementById("desk-scratch")?.textContent || "null")
const form = document.querySelector("[name=_scratch]")?.form

const QUIET = 2500
const LONGEST = 15000
const ASKED = 15000
const ASKED_HIDDEN = 60000
// Browsers send no more than this after a page is gone.
const SMALL = 60000
const STORED = `desk-scratch:${window.location.pathname}`

const token = () => {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))
  return cookie ? cookie.slice("csrftoken=".length) : form.querySelector("[name=csrfmiddlewaretoken]").value
}

function newPage() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

// Every name with its values, as the form would send them; never a password or a file.
function typed() {
  const found = new Map()
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || name === "csrfmiddlewaretoken" || name.includes("password")) continue
    found.set(name, [...(found.get(name) || []), value])
  }
  return found
}

const isSame = (one, other) => one.length === other.length && one.every((value, at) => value === other[at])

function differences(before, now) {
  const changed = new Map([...now].filter(([name, values]) => !before.has(name) || !isSame(before.get(name), values)))
  return { changed, gone: [...before.keys()].filter((name) => !now.has(name)) }
}

function start() {
  const field = form.querySelector("[name=_scratch]")
  const state = document.getElementById("desk-scratch-state")
  const announcer = document.getElementById("desk-announcer")
  // What the page held when it came, and what the server has of it; null where it has nothing.
  const opened = typed()
  let kept = null
  let number = settings.number
  let isSending = false
  let isLeft = false
  let isStopped = false
  let waiting = 0
  let since = 0

  function say(sentence, isWarning = false, mayReturn = false) {
    const said = state.querySelector("[data-scratch-said]")
    const hasFile = [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length)
    const whole = sentence && !isWarning && hasFile ? `${sentence}. ${settings.words.files}` : sentence
    if (isWarning && said.textContent !== whole) announcer.textContent = whole
    said.textContent = whole
    state.classList.toggle("is-warning", isWarning)
    state.querySelector("[data-scratch-sign-in]").hidden = !mayReturn
  }

  function bodyOf(page, values, about) {
    const body = new URLSearchParams()
    for (const [name, all] of values) for (const value of all) body.append(name, value)
    body.set("_scratch", page)
    body.set("_scratch_user", settings.user)
    body.set("_scratch_object", settings.object)
    for (const [name, all] of Object.entries(about)) for (const value of [all].flat()) body.append(`_scratch_${name}`, value)
    return body
  }

  const post = (url, body, keepalive = false) =>
    fetch(url, { method: "POST", body, keepalive, headers: { Accept: "application/json", "X-CSRFToken": token() } })

  function store() {
    const values = { page: field.value, user: settings.user, number: number + 1, typed: [...typed()] }
    try {
      sessionStorage.setItem(STORED, JSON.stringify(values))
    } catch {
      // The window has no room left; the page itself still holds everything.
    }
  }

  function show(answer) {
    const beside = document.querySelector(".desk-beside")
    for (const name of ["people", "newer"]) {
      const place = beside.querySelector(`[data-${name}]`)
      if (place.textContent !== answer[name]) place.textContent = answer[name]
    }
  }

  const isUnsaved = () => {
    const { changed, gone } = differences(kept || opened, typed())
    return changed.size > 0 || gone.length > 0 || (kept === null && document.querySelector("[data-unsaved]") !== null)
  }

  // What went wrong, in words; whether to try again at once.
  function fail(status, code) {
    if (status === 401) {
      store()
      say(settings.words.signedOut, true, true)
    } else if (code === "finished") {
      // This form was saved and somebody came back to it: what is typed now is other work.
      field.value = newPage()
      kept = null
      number = 0
      return true
    } else if (code === "unknown" && kept) {
      kept = null
      return true
    } else if (code === "foreign" || code === "too-large" || code === "too-many") {
      store()
      say(settings.words[code], true, code === "foreign")
    } else {
      store()
      say(settings.words.offline, true)
    }
    return false
  }

  async function send() {
    clearTimeout(waiting)
    waiting = since = 0
    if (isSending || isLeft || isStopped || !isUnsaved()) return
    isSending = true
    number += 1
    const now = typed()
    let again = false
    try {
      const response = await post(settings.url, bodyOf(field.value, now, { number }))
      const answer = await response.json().catch(() => ({}))
      if (response.ok) {
        kept = now
        sessionStorage.removeItem(STORED)
        say(answer.said)
        show(answer)
      } else again = fail(response.status, answer.code)
    } catch {
      fail(0, "")
    }
    isSending = false
    if (again) schedule()
  }

  function schedule() {
    since ||= Date.now()
    clearTimeout(waiting)
    waiting = setTimeout(send, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())))
  }

  // Only what changed since the server last said that it has all: small enough to go out while the page goes.
  function sendLast() {
    if (isStopped || !isUnsaved()) return
    number += 1
    const now = typed()
    const { changed, gone } = differences(kept || new Map(), now)
    const body = bodyOf(field.value, kept ? changed : now, kept ? { number, part: "1", gone } : { number })
    const isSmall = body.toString().length < SMALL
    if (!isSmall) store()
    post(settings.url, body, isSmall).catch(store)
  }

  async function ask() {
    if (!isLeft && !isStopped) {
      if (isUnsaved()) await send()
      else if (settings.beside) {
        try {
          const body = new URLSearchParams({ seen_version: form.querySelector("[name=seen_version]")?.value || "" })
          const response = await post(settings.beside, body)
          if (response.ok) {
            show(await response.json())
            if (state.classList.contains("is-warning")) say("")
          } else if (response.status === 401) say(settings.words.signedOut, true, true)
        } catch {
          // Nothing is unsaved, so there is nothing to say.
        }
      }
    }
    setTimeout(ask, document.hidden ? ASKED_HIDDEN : ASKED)
  }

  // What an earlier page of this window could not send.
  async function sendStored() {
    const stored = JSON.parse(sessionStorage.getItem(STORED) || "null")
    if (!stored || stored.user !== settings.user) return
    const body = bodyOf(stored.page, stored.typed, { number: stored.number })
    const response = await post(settings.url, body).catch(() => null)
    const answer = response ? await response.json().catch(() => ({})) : {}
    if (!response || (!response.ok && answer.code !== "finished")) return
    sessionStorage.removeItem(STORED)
    // The page offers it once it is known to the server; not while the form is on its way, nor where what it shows is saved
    // nowhere else.
    const isBusy = isLeft || isUnsaved() || document.querySelector("[data-unsaved]")
    if (response.ok && stored.page !== field.value && !isBusy) window.location.reload()
  }

  form.addEventListener("input", schedule)
  form.addEventListener("change", schedule)
  document.addEventListener("desk:changed", schedule)
  form.addEventListener("submit", (event) => {
    // A save that never arrives loses nothing either. Whichever comes last: a saved form takes no scratch copy.
    sendLast()
    isLeft = !event.defaultPrevented
    setTimeout(() => {
      isLeft = false
    }, 5000)
  })
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !isLeft) sendLast()
  })
  window.addEventListener("pagehide", () => {
    if (!isLeft) sendLast()
    isStopped = true
  })
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return
    isStopped = isLeft = false
    schedule()
  })
  sendStored().finally(() => {
    if (isUnsaved()) schedule()
    ask()
  })
}

if (settings && form) start()
