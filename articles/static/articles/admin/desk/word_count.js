// How many words an answer has, beside its field; more than it may have is said, never cut off.
import { measure } from "../tools/measures.js"

for (const field of document.querySelectorAll("[data-most-words]")) {
  const most = Number(field.dataset.mostWords)
  const place = document.createElement("p")
  place.className = "desk-count"
  place.id = `${field.id}_count`
  field.after(place)
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), place.id].filter(Boolean).join(" "))
  const count = () => {
    const { words } = measure(field.value)
    const sentence = words > most ? field.dataset.tooMany : field.dataset.words
    place.textContent = sentence.replace("%(count)s", words).replace("%(most)s", most)
    place.classList.toggle("is-too-many", words > most)
  }
  field.addEventListener("input", count)
  count()
}
