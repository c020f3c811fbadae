// “Still correct”: sent on its own, so that the form stays as it is with everything typed. Without this script the button
// sends a form of its own.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("desk-confirm")
  if (!form) return
  const announcer = document.getElementById("desk-announcer")

  function show(answer) {
    for (const [slot, html] of Object.entries(answer.fragments)) {
      const place = document.querySelector(`[data-steps="${slot}"]`)
      if (place) place.outerHTML = html
    }
    announcer.textContent = answer.said
  }

  async function answerTo(button) {
    const body = new FormData(form)
    body.set("confirm", button.value)
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } })
    return response.json()
  }

  function fail(button) {
    button.disabled = false
    button.textContent = form.dataset.failed
    announcer.textContent = form.dataset.failed
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=confirm]")
    if (!button || button.form !== form) return
    event.preventDefault()
    const near = button.closest(".desk-block")?.querySelector(".desk-toggle")
    button.disabled = true
    try {
      show(await answerTo(button))
    } catch {
      return fail(button)
    }
    // The button is gone, and the keyboard must not start again at the top of the page.
    near?.focus({ preventScroll: true })
  })
})
