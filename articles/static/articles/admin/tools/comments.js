// Comments beside the parts of a form. They are sent by themselves: nothing of the form is saved or lost with them. What
// is half typed is kept in this tab, so that it outlives a save of the form.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const blank = document.getElementById("desk-comment-new")
  if (!blank) return
  const panels = [...document.querySelectorAll(".desk-comments")]
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value
  const kept = (panel) => `desk-comment:${panel.dataset.url}`
  const box = (panel) => panel.querySelector("textarea")

  function open(panel, isOpen = true) {
    panel.hidden = !isOpen
    for (const badge of document.querySelectorAll(`.desk-comment-badge[data-thread="${panel.dataset.part}"]`)) {
      badge.setAttribute("aria-expanded", String(isOpen))
    }
    if (!isOpen) return
    panel.closest("details")?.setAttribute("open", "")
    box(panel).focus({ preventScroll: true })
    panel.scrollIntoView({ block: "nearest" })
  }

  async function send(panel, verb, fields) {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const headers = { Accept: "application/json", "X-CSRFToken": token() }
    const answer = await fetch(`${panel.dataset.url}${verb}`, { method: "POST", body, headers })
    if (answer.status === 422) return { problems: (await answer.json()).problems }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
    return answer.json()
  }

  function show(panel, found) {
    panel.querySelector("[data-comments]").innerHTML = found.thread
    document.querySelector("[data-open-comments]").innerHTML = found.summary
    for (const badge of document.querySelectorAll(`.desk-comment-badge[data-thread="${panel.dataset.part}"]`)) {
      badge.querySelector("[data-count]").textContent = found.open || (found.count ? "✓" : "")
      badge.classList.toggle("has-open", found.open > 0)
      badge.setAttribute("aria-label", found.words)
    }
  }

  async function act(panel, verb, fields, done) {
    const said = panel.querySelector("[data-said]")
    said.textContent = ""
    try {
      const found = await send(panel, verb, fields)
      if (found.problems) {
        said.textContent = found.problems.join(" ")
        return false
      }
      show(panel, found)
      said.textContent = done
      return true
    } catch {
      said.textContent = blank.dataset.failed
      return false
    }
  }

  async function add(panel) {
    const field = box(panel)
    const button = panel.querySelector("[data-send]")
    if (button.disabled || !field.value.trim()) return field.focus()
    button.disabled = true
    if (await act(panel, "", { text: field.value }, blank.dataset.sent)) {
      field.value = ""
      sessionStorage.removeItem(kept(panel))
    }
    button.disabled = false
  }

  for (const panel of panels) {
    // The way to the page without a script is needed no more.
    panel.querySelector(".desk-comment-way")?.remove()
    panel.append(blank.content.cloneNode(true))
    const field = box(panel)
    field.value = sessionStorage.getItem(kept(panel)) || ""
    if (field.value) panel.hidden = false
    // A comment is no change of the form, which must not ask before it is left.
    for (const kind of ["input", "change"]) panel.addEventListener(kind, (event) => event.stopPropagation())
    field.addEventListener("input", () => sessionStorage.setItem(kept(panel), field.value))
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add(panel)
      if (event.key === "Escape" && !field.value) open(panel, false)
    })
    panel.addEventListener("click", (event) => {
      const button = event.target.closest("button")
      if (!button) return
      if ("send" in button.dataset) add(panel)
      else if (button.dataset.verb) {
        act(panel, `${button.dataset.verb}/`, button.dataset.comment ? { comment: button.dataset.comment } : {}, blank.dataset.done)
      }
    })
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-thread]")
    const panel = link && panels.find((one) => one.dataset.part === link.dataset.thread)
    if (!panel || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open(panel, !link.matches(".desk-comment-badge") || panel.hidden)
  })

  for (const badge of document.querySelectorAll(".desk-comment-badge")) {
    badge.setAttribute("role", "button")
    badge.setAttribute("aria-expanded", "false")
    badge.addEventListener("keydown", (event) => {
      if (event.key !== " ") return
      event.preventDefault()
      badge.click()
    })
  }

  const wanted = new URLSearchParams(window.location.search).get("comments")
  const panel = panels.find((one) => one.dataset.part === wanted)
  if (panel) {
    open(panel)
    setTimeout(() => panel.scrollIntoView({ block: "center" }))
  }
})
