// Paste: what is on the clipboard goes through the server's parser, the same that reads the form, and what could not be
// kept is said beside the editor. Offline the editor pastes by itself, and the parser looks at it when it is saved.
let isOurs = false

export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value

export function note(place, words, sentences, offer = null) {
  place.querySelector(".desk-paste-note")?.remove()
  if (!sentences.length && !offer) return
  const box = document.createElement("div")
  box.className = "desk-paste-note"
  box.setAttribute("role", "status")
  const list = document.createElement("ul")
  for (const sentence of sentences) {
    const item = document.createElement("li")
    item.textContent = sentence
    list.append(item)
  }
  const buttons = document.createElement("p")
  buttons.className = "desk-paste-buttons"
  if (offer) {
    const take = document.createElement("button")
    take.type = "button"
    take.textContent = words.asTable
    take.addEventListener("click", () => {
      box.remove()
      offer()
    })
    buttons.append(take)
  }
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = words.dismiss
  close.addEventListener("click", () => box.remove())
  buttons.append(close)
  box.append(words.pasted, list, buttons)
  place.append(box)
}

const escaped = (text) => {
  const paragraph = document.createElement("p")
  paragraph.textContent = text
  return paragraph.innerHTML.replace(/\n/g, "<br>")
}

const asHtml = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/)
    .map((part) => `<p>${escaped(part)}</p>`)
    .join("")

async function read(html, settings) {
  const body = new FormData()
  body.append("html", html)
  body.append("csrfmiddlewaretoken", token())
  const answer = await fetch(settings.paste, { method: "POST", body })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

// A table that was pasted into a text stands there as paragraphs. It may become a block of its own instead: the
// paragraphs go, unless somebody has gone on typing meanwhile.
function offering(view, place, table) {
  const block = place.closest(".desk-block")
  if (!block || !document.querySelector("template[data-kind=table]")) return null
  const textarea = place.parentElement.querySelector("textarea[data-rich-text]")
  const pasted = view.state.doc
  return () => {
    if (view.state.doc.eq(pasted)) place.dispatchEvent(new CustomEvent("desk:undo"))
    const detail = { kind: "table", after: block, field: `cells_${textarea.lang}`, value: table }
    document.dispatchEvent(new CustomEvent("desk:offer", { detail }))
  }
}

export function handlePaste({ view, event, place, settings }) {
  const data = event.clipboardData
  if (isOurs || !data) return false
  const html = data.getData("text/html")
  const text = data.getData("text/plain")
  if (!html && !text) return false
  const put = (clean) => {
    isOurs = true
    try {
      view.pasteHTML(clean)
    } finally {
      isOurs = false
    }
  }
  read(html || asHtml(text), settings).then(
    (answer) => {
      if (answer.html) put(answer.html)
      const offer = answer.table ? offering(view, place, answer.table) : null
      note(place, settings.words, offer ? [settings.words.asTableHelp, ...answer.problems] : answer.problems, offer)
    },
    () => {
      put(html || asHtml(text))
      note(place, settings.words, [settings.words.pastedOffline])
    },
  )
  return true
}
