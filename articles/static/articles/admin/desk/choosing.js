// A field that finds something by typing takes the typing at once, and has the name of its label: select2 opens its list
// without the focus in it, and draws a field of its own that no label belongs to.
"use strict"
{
  function name(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const words = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim().replace(/:$/, "")
      const chosen = [...select.selectedOptions].map((option) => option.textContent).join(", ")
      const label = [words, chosen].filter(Boolean).join(": ")
      const drawn = select.nextElementSibling
      if (!label || !drawn?.matches(".select2-container")) continue
      const parts = drawn.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")
      for (const part of parts) {
        part.removeAttribute("aria-labelledby")
        part.setAttribute("aria-label", label)
      }
    }
  }

  window.addEventListener("load", () => name(document))
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)))
  document.addEventListener("DOMContentLoaded", () => {
    // Behind what draws the fields, which on a short page comes after “load”.
    window.django?.jQuery(() => setTimeout(() => name(document)))
    window.django?.jQuery(document).on("change", "select.admin-autocomplete", () => name(document))
    window.django?.jQuery(document).on("select2:open", () => {
      const field = document.querySelector(".select2-container--open .select2-search__field")
      const opened = document.querySelector(".select2-container--open .select2-selection")
      field?.setAttribute("aria-label", opened?.getAttribute("aria-label") || "")
      field?.focus()
    })
  })
}
