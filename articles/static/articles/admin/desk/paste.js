// Paste: what is on the clipboard goes through the server's parser, the same that reads the form, and what could not be
// kept is said beside the editor. Offline the editor pastes by itself, and the parser looks at it when it is saved.
let isOurs = false

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value

function note(place, words, sentences) {
  place.querySelector(".desk-paste-note")?.remove()
  if (!sentences.length) return
  const box = document.createElement("div")
  box.className = "desk-paste-note"
  box.setAttribute("role", "status")
  const list = document.createElement("ul")
  for (const sentence of sentences) {
    const item = document.createElement("li")
    item.textContent = sentence
    list.append(item)
  }
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = words.dismiss
  close.addEventListener("click", () => box.remove())
  box.append(words.pasted, list, close)
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
      note(place, settings.words, answer.problems)
    },
    () => {
      put(html || asHtml(text))
      note(place, settings.words, [settings.words.pastedOffline])
    },
  )
  return true
}
