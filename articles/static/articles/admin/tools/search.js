// The key “/” leads to the search box from everywhere but a field. On a Russian keyboard the same key gives a full stop.
"use strict"
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("desk-search")
  const isKey = event.key === "/" || (event.code === "Slash" && !event.shiftKey)
  if (!box || !isKey || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (event.target.closest("input, textarea, select, [contenteditable], [role=combobox], dialog")) return
  event.preventDefault()
  box.focus()
  box.select()
})
