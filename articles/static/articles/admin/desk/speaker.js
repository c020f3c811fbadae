// Where the source names nobody, no speaker can be chosen: the field says so at once, and the server says it again.
"use strict"
{
  document.addEventListener("DOMContentLoaded", () => {
    const attribution = document.getElementById("id_attribution")
    const row = document.querySelector(".form-row.field-expert")
    if (!attribution || !row) return
    const show = () => row.classList.toggle("is-not-asked", attribution.value === "unnamed")
    attribution.addEventListener("change", () => {
      show()
      if (attribution.value === "unnamed") window.django.jQuery("#id_expert").val(null).trigger("change")
    })
    show()
  })
}
