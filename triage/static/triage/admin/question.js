// A choice of one needs its reason: the fields for it are there only where one answer may be chosen, or hold words.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const several = document.getElementById("id_several")
  const row = document.querySelector(".form-row.field-exclusive_because_ru")
  if (!several || !row) return
  const fields = [...row.querySelectorAll("textarea, input")]
  const show = () => {
    row.hidden = several.checked && fields.every((field) => !field.value.trim())
  }
  several.addEventListener("change", show)
  show()
})
