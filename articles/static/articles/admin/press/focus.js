// ?focus=quote:<id>:expert, from a list of problems. The form of an article, which has blocks to open, does this itself.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const column = (new URLSearchParams(window.location.search).get("focus") || "").split(":")[2]
  const field = column && !document.querySelector(".desk-blocks") && document.getElementById(`id_${column}`)
  if (!field) return
  const closed = field.closest("details:not([open])")
  if (closed) closed.open = true
  field.closest(".form-row")?.scrollIntoView({ block: "center" })
  if (field.matches(".admin-autocomplete")) window.django.jQuery(field).select2("focus")
  else field.focus()
})
