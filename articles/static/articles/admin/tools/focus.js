// ?focus=model:id:column where the field is not in sight: in a closed part of the form, or in a row below it.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const [, id, column] = (new URLSearchParams(window.location.search).get("focus") || "").split(":")
  if (!column) return
  const closed = document.getElementById(`id_${column}`)?.closest("details:not([open])")
  if (closed) closed.open = true
  if (document.querySelector(".desk-blocks")) return
  const key = [...document.querySelectorAll("input[type=hidden][name$='-id']")].find((one) => one.value === id)
  const field = key && document.querySelector(`[name="${key.name.slice(0, -2)}${column}"]`)
  if (!field) return
  field.closest("details:not([open])")?.setAttribute("open", "")
  field.closest(".form-row, tr")?.scrollIntoView({ block: "center" })
  field.focus()
})
