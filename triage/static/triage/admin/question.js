// A choice of one needs its reason: the fields for it are there only while only one answer may be chosen.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const several = document.getElementById("id_several")
  const reason = document.querySelector(".form-row.field-exclusive_because_ru")
  if (!several || !reason) return
  const show = () => reason.classList.toggle("is-not-asked", several.checked)
  several.addEventListener("change", show)
  show()
})
