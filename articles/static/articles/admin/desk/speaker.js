// Where the source names nobody, no speaker can be chosen: the field says so at once, and the server says it again.
"use strict"
{
  document.addEventListener("DOMContentLoaded", () => {
    const attribution = document.getElementById("id_attribution")
    const row = document.querySelector(".form-row.field-expert")
    if (!attribution || !row) return
    const expert = document.getElementById("id_expert")
    let speaker = ""
    const show = () => row.classList.toggle("is-not-asked", attribution.value === "unnamed")
    attribution.addEventListener("change", () => {
      show()
      const isUnnamed = attribution.value === "unnamed"
      if (isUnnamed) speaker = expert.value
      // A choice made by mistake is taken back with the speaker that was there.
      if (isUnnamed || !expert.value) window.django.jQuery(expert).val(isUnnamed ? null : speaker).trigger("change")
    })
    show()
  })
}
