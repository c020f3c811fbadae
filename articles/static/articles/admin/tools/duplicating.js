// A block once more, below itself, with everything that is typed in it now, saved or not.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  // Kept by the list of blocks, or by the server.
  const own = new Set(["id", "parent", "ordering", "region", "DELETE"])

  function copyChoice(from, to) {
    for (const chosen of from.selectedOptions) {
      const known = [...to.options].find((option) => option.value === chosen.value)
      if (known) known.selected = true
      else to.append(new Option(chosen.text, chosen.value, true, true))
    }
    const picker = window.django.jQuery(to)
    picker.trigger("change")
    if (picker.data("select2")) picker.select2("close")
  }

  function copyField(from, to) {
    if (from.matches("select")) copyChoice(from, to)
    else if (from.matches("[type=checkbox], [type=radio]")) to.checked = from.checked
    else to.value = from.value
    to.dispatchEvent(new Event("input", { bubbles: true }))
    to.dispatchEvent(new CustomEvent("desk:filled", { bubbles: true }))
  }

  document.querySelector(".desk-blocks")?.addEventListener("click", (event) => {
    const block = event.target.closest("[data-duplicate]")?.closest(".desk-block")
    if (!block) return
    const kind = block.dataset.prefix.replace(/-\d+$/, "")
    block.dispatchEvent(new CustomEvent("desk:insert", { bubbles: true, detail: kind }))
    const copy = block.nextElementSibling
    for (const field of block.querySelectorAll(".desk-block-body [name]")) {
      const name = field.name.slice(block.dataset.prefix.length + 1)
      const target = !own.has(name) && copy.querySelector(`[name="${copy.dataset.prefix}-${name}"]`)
      // An editor of rich text is made of its text area after this, and takes the words from there.
      if (target) copyField(field, target)
    }
  })
})
