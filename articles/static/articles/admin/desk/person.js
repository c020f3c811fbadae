// Of people who are only quoted we say no more than the source: the field for more is set back until they take part.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const part = document.getElementById("id_part")
  const row = document.querySelector(".form-row.field-biography_ru")
  if (!part || !row) return
  const show = () => row.classList.toggle("is-not-asked", part.value !== "participates")
  part.addEventListener("change", show)
  show()
})
