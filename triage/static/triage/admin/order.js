// The questions of a protocol, moved by mouse and by their arrows; without this script the arrows post and the page
// comes back. What is typed above stays: the order is sent by itself.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const section = document.getElementById("triage-questions")
  const form = document.getElementById("triage-order")
  const list = section?.querySelector(".triage-list")
  if (!list || !form) return
  const announcer = document.getElementById("desk-announcer")
  const items = () => [...list.children]
  let before = items()

  function number() {
    for (const [at, item] of items().entries()) item.querySelector(".triage-number").textContent = at + 1
  }

  async function send(moved) {
    const inputs = [...form.querySelectorAll("[name=ids]")]
    for (const [at, item] of items().entries()) inputs[at].value = item.dataset.id
    let said = section.dataset.failed
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
      if (answer.ok) {
        before = items()
        said = section.dataset.moved.replace("%(number)s", before.indexOf(moved) + 1).replace("%(total)s", before.length)
      } else said = (await answer.json()).said || said
    } catch {
      // No network, or no JSON: said below in the same words.
    }
    if (before.indexOf(moved) !== items().indexOf(moved)) list.replaceChildren(...before)
    for (const [at, item] of items().entries()) inputs[at].value = item.dataset.id
    number()
    announcer.textContent = said
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]")
    if (!button) return
    event.preventDefault()
    const item = button.closest(".triage-item")
    const other = button.dataset.step === "-1" ? item.previousElementSibling : item.nextElementSibling
    if (!other) return
    if (button.dataset.step === "-1") other.before(item)
    else other.after(item)
    number()
    button.focus()
    item.scrollIntoView({ block: "nearest" })
    send(item)
  })

  // The head of a question is its handle.
  let dragged = null
  list.dataset.sorts = ""
  list.addEventListener("pointerdown", (event) => {
    const head = event.target.closest(".triage-head")
    for (const item of items()) item.draggable = false
    if (head && !event.target.closest("a, button")) head.closest(".triage-item").draggable = true
  })
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".triage-item")
    dragged?.classList.add("is-dragged")
    if (dragged) event.dataTransfer.effectAllowed = "move"
  })
  list.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest(".triage-item")
    if (!dragged) return
    event.preventDefault()
    if (!over || over === dragged) return
    const { top, height } = over.getBoundingClientRect()
    if (event.clientY < top + height / 2) over.before(dragged)
    else over.after(dragged)
  })
  list.addEventListener("drop", (event) => dragged && event.preventDefault())
  list.addEventListener("dragend", () => {
    if (!dragged) return
    const moved = dragged
    dragged = null
    moved.classList.remove("is-dragged")
    number()
    if (before.indexOf(moved) !== items().indexOf(moved)) send(moved)
  })
})
