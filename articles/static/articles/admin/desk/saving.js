// Nothing typed is lost: the browser asks before it leaves a form that was changed and not saved. A form is sent once,
// however often the button is pressed, or the second sending would meet the first as if it were somebody else's.
"use strict"
// The form for something new, once it was saved: going back to it shows it empty, and saving it makes an empty second.
const SAVED_NEW = "desk-saved-new"
const isNew = window.location.pathname.endsWith("/add/")

function leaveSavedForm(isKept) {
  if (!isNew) return
  const isBack = isKept || performance.getEntriesByType("navigation")[0]?.type === "back_forward"
  if (!isBack) sessionStorage.removeItem(SAVED_NEW)
  else if (sessionStorage.getItem(SAVED_NEW) === window.location.pathname) window.location.replace("../")
}

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
  document.addEventListener("desk:kept", () => {
    isChanged = false
  })
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault()
    else setTimeout(stay, 5000, isChanged)
    isChanged = false
    isSent = true
    if (isNew) sessionStorage.setItem(SAVED_NEW, window.location.pathname)
  })
  window.addEventListener("pageshow", (event) => {
    isSent = false
    leaveSavedForm(event.persisted)
  })
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault()
  })
  // On the way down to the field: a picker of select2 lets no key come up again.
  const onKey = (event) => {
    const save = form.querySelector("button[type=submit].default")
    if (event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey && save) {
      event.preventDefault()
      save.click()
    }
  }
  document.addEventListener("keydown", onKey, true)
})
