// Of people who are only quoted we say no more than the source: what else could be said is asked once they take part.
// What stands there already is never hidden.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const part = document.getElementById("id_part")
  const row = document.querySelector(".form-row.field-biography_ru")
  if (!part || !row) return
  const show = () => {
    const isFilled = [...row.querySelectorAll("textarea")].some((field) => field.value.trim())
    row.hidden = part.value !== "participates" && !isFilled
  }
  part.addEventListener("change", show)
  show()
})
