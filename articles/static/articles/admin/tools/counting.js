// Lengths follow the typing: those of a block when it changes, and of the whole text. What a block shows of objects with
// forms of their own is counted by the server; after another one was chosen it is known again when the text is saved.
import { measure, plain } from "./measures.js"

const whole = document.querySelector(".desk-length-whole")
const form = whole?.closest("form")
const number = new Intl.NumberFormat(document.documentElement.lang)
const inHead = (field) => !field.closest(".desk-blocks") && !field.name.startsWith("slug")
const typed = ":is(input, textarea)[lang][name]"

function show(line, { words, characters }) {
  const all = { words: words + Number(line.dataset.sharedWords), characters: characters + Number(line.dataset.sharedCharacters) }
  Object.assign(line.dataset, { words, characters })
  const isKnown = !("unknown" in line.dataset)
  const shown = { ...all, minutes: Math.ceil(all.words / Number(line.dataset.rate)) }
  for (const [name, value] of Object.entries(shown)) {
    line.querySelector(`[data-shown=${name}]`).textContent = isKnown ? number.format(value) : "…"
  }
}

const count = (fields, language) =>
  measure(fields.filter((field) => field.lang === language).map(plain).join("\n"))

const linesOf = (block) => [...block.querySelectorAll(".desk-block-length [data-length]")]

function countBlock(block) {
  const fields = [...block.querySelectorAll(`.desk-block-body ${typed}`)]
  for (const line of linesOf(block)) {
    const known = { words: Number(line.dataset.words), characters: Number(line.dataset.characters) }
    // A language that somebody may only read has no fields, and the server's numbers hold.
    const isTyped = fields.some((field) => field.lang === line.dataset.length)
    show(line, isTyped ? count(fields, line.dataset.length) : known)
  }
}

function countWhole() {
  const fields = [...form.querySelectorAll(typed)].filter(inHead)
  const blocks = [...form.querySelectorAll(".desk-block:not(.is-removed)")]
  for (const line of whole.querySelectorAll("[data-length]")) {
    // What somebody may only read has no fields, and the server's numbers hold.
    if (!fields.some((field) => field.lang === line.dataset.length)) continue
    const parts = blocks.flatMap(linesOf).filter((one) => one.dataset.length === line.dataset.length)
    const sum = (name) => parts.reduce((total, one) => total + Number(one.dataset[name]), 0)
    const head = count(fields, line.dataset.length)
    line.dataset.sharedWords = sum("sharedWords")
    line.dataset.sharedCharacters = sum("sharedCharacters")
    show(line, { words: head.words + sum("words"), characters: head.characters + sum("characters") })
  }
}

let waiting = 0
function countSoon() {
  cancelAnimationFrame(waiting)
  waiting = requestAnimationFrame(countWhole)
}

if (form) {
  form.addEventListener("input", (event) => {
    const block = event.target.closest(".desk-block")
    if (block) countBlock(block)
    countSoon()
  })
  document.addEventListener("desk:changed", countSoon)
  // Pickers tell of a choice through jQuery alone.
  window.django.jQuery(form).on("change", ".desk-block select", (event) => {
    const block = event.target.closest(".desk-block")
    for (const line of linesOf(block)) {
      if (Number(line.dataset.sharedWords) || !block.querySelector(`.desk-block-body ${typed}`)) line.dataset.unknown = ""
    }
    countBlock(block)
  })
  for (const block of form.querySelectorAll(".desk-block")) countBlock(block)
  countWhole()
}
