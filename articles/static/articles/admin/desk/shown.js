// Under the picker of a shared object: what that object says in both languages, asked for when the block is opened, when
// another one is chosen, and when it was changed in a window of its own.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  async function show(place) {
    const block = place.closest(".desk-block")
    const picker = block.querySelector(`select[name="${block.dataset.prefix}-${place.dataset.shown}"]`)
    const id = picker?.value || ""
    if (!id) return place.replaceChildren()
    const answer = await fetch(`${place.dataset.address}?id=${encodeURIComponent(id)}`).catch(() => null)
    // Meanwhile something else may have been chosen.
    if (!answer?.ok || picker.value !== id) return
    place.innerHTML = await answer.text()
  }

  const showIn = (root) => {
    for (const place of root.querySelectorAll(".desk-block.is-open .desk-shown")) show(place)
  }

  document.addEventListener("desk:opened", (event) => showIn(event.target.parentElement))
  window.django?.jQuery(document).on("change", ".desk-block select.admin-autocomplete", (event) => {
    const place = event.target.closest(".desk-block").querySelector(".desk-shown")
    if (place) show(place)
  })
  window.addEventListener("focus", () => showIn(document))
  showIn(document)
})
