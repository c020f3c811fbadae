// Nothing typed is lost: the browser asks before it leaves a form that was changed and not saved. A form is sent once,
// however often the button is pressed, or the second sending would meet the first as if it were somebody else's.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#content-main form[method=post]")
  if (!form) return
  let isChanged = document.querySelector("[data-unsaved]") !== null
  let isSent = false
  const change = () => {
    isChanged = true
  }
  // Still here: the sending was stopped (Escape, no network), and nobody knows what was saved.
  const stay = (wasChanged) => {
    isSent = false
    isChanged ||= wasChanged
  }
  form.addEventListener("input", change)
  form.addEventListener("change", change)
  document.addEventListener("desk:changed", change)
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault()
    else setTimeout(stay, 5000, isChanged)
    isChanged = false
    isSent = true
  })
  window.addEventListener("pageshow", () => {
    isSent = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault()
  })
  document.addEventListener("keydown", (event) => {
    const save = form.querySelector("button[type=submit].default")
    if (event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey && save) {
      event.preventDefault()
      save.click()
    }
  })
})
