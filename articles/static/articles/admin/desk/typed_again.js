// Whoever is asked to confirm that it is them, and turns round, finds the form as they left it. What was typed waits in
// this window only, and is gone once it stands in the form again.
"use strict"
const PLACE = `desk-typed:${window.location.pathname}${window.location.search}`
// What a page carries for itself was made for that page, and files cannot be given back.
const NOT_TYPED = new Set(["hidden", "file", "password", "submit", "button"])

function keep() {
  const typed = [...document.querySelectorAll("textarea[data-typed]")].map((field) => [field.name, field.value])
  if (typed.length) sessionStorage.setItem(PLACE, JSON.stringify(typed))
  // Nothing is lost by leaving now, so the browser need not ask.
  document.dispatchEvent(new Event("desk:kept"))
}

function put(field, values, at) {
  const isOption = field.type === "checkbox" || field.type === "radio"
  const before = isOption ? field.checked : field.value
  if (isOption) field.checked = values.includes(field.value)
  else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value)
  else if (values[at] !== undefined) field.value = values[at]
  return before !== (isOption ? field.checked : field.value)
}

function giveBack(form, typed) {
  const seen = new Map()
  const fields = [...form.elements].filter((field) => field.name && !NOT_TYPED.has(field.type))
  const known = fields.filter((field) => typed.has(field.name))
  if (!known.length) return false
  for (const field of fields) {
    const at = seen.get(field.name) || 0
    seen.set(field.name, at + 1)
    if (!put(field, typed.get(field.name) || [], at)) continue
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.dispatchEvent(new Event("change", { bubbles: true }))
  }
  return true
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("a[data-turns-round]")?.addEventListener("click", keep)
  const kept = sessionStorage.getItem(PLACE)
  if (!kept || document.querySelector("textarea[data-typed]")) return
  sessionStorage.removeItem(PLACE)
  const typed = new Map()
  for (const [name, value] of JSON.parse(kept)) typed.set(name, [...(typed.get(name) || []), value])
  const forms = [...document.querySelectorAll("#content form[method=post]")]
  if (forms.filter((form) => giveBack(form, typed)).length === 0) return
  const note = document.getElementById("desk-typed-again")
  document.getElementById("content").prepend(note.content)
})
