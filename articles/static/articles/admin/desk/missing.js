// What is missing before publishing: each sentence leads to its field, and falls silent while that field is typed in.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".desk-missing")?.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]")
    const field = link && document.getElementById(link.dataset.go)
    if (!field) return
    event.preventDefault()
    if (document.querySelector(".desk-blocks")) {
      field.dispatchEvent(new CustomEvent("desk:go", { bubbles: true }))
      return
    }
    const closed = field.closest("details:not([open])")
    if (closed) closed.open = true
    field.closest(".form-row")?.scrollIntoView({ block: "center" })
    if (field.matches(".admin-autocomplete")) window.django.jQuery(field).select2("focus")
    else field.focus()
  })
  const quiet = (event) => {
    const { id } = event.target
    if (id) document.getElementById(`${id}_notes`)?.classList.add("is-touched")
  }
  document.addEventListener("input", quiet)
  document.addEventListener("change", quiet)
  // Not on its `change`, which it also sends while the page sets itself up.
  window.django?.jQuery(document).on("select2:select select2:unselect", "select.admin-autocomplete", quiet)
})
