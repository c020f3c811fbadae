// A button that copies what stands in a field, and says that it has; without it the field is copied by hand.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies)
    const status = button.parentElement.querySelector("[role=status]")
    button.hidden = false
    field.addEventListener("focus", () => field.select())
    button.addEventListener("click", async () => {
      field.select()
      try {
        await navigator.clipboard.writeText(field.value)
        status.textContent = button.dataset.copied
      } catch {
        status.textContent = button.dataset.failed
      }
    })
  }
})
