// The row of buttons above a grid: one tab stop, arrow keys between buttons. Each acts on the cell that was last in use.

const TABLE = [
  ["row", "+", "addRow", (grid) => grid.addRow()],
  ["row", "↑", "rowUp", (grid) => grid.moveRow(-1)],
  ["row", "↓", "rowDown", (grid) => grid.moveRow(1)],
  ["row", "×", "deleteRow", (grid) => grid.deleteRow()],
  ["column", "+", "addColumn", (grid) => grid.addColumn()],
  ["column", "←", "columnLeft", (grid) => grid.moveColumn(-1)],
  ["column", "→", "columnRight", (grid) => grid.moveColumn(1)],
  ["column", "×", "deleteColumn", (grid) => grid.deleteColumn()],
  ["", "↶", "undo", (grid) => grid.undo()],
]

function button(sign, title, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = sign
  made.title = title
  made.setAttribute("aria-label", title)
  made.addEventListener("click", act)
  return made
}

export function tools(grid, words) {
  const element = document.createElement("div")
  element.className = "desk-toolbar desk-grid-tools"
  element.setAttribute("role", "toolbar")
  element.setAttribute("aria-label", `${words.tools}: ${grid.name}`)
  const groups = new Map()
  const made = TABLE.map(([group, sign, title, act]) => {
    if (!groups.has(group)) {
      const place = document.createElement("span")
      place.className = "desk-grid-group"
      if (group) place.append(words[group])
      groups.set(group, place)
      element.append(place)
    }
    const one = button(sign, words[title], () => act(grid))
    one.dataset.act = title
    groups.get(group).append(one)
    return one
  })
  const text = button(words.asText, words.asText, () => {
    const isText = text.getAttribute("aria-pressed") !== "true"
    text.setAttribute("aria-pressed", String(isText))
    for (const one of made) one.hidden = isText
    for (const [group, place] of groups) place.hidden = isText && group !== ""
    grid.asText(isText)
  })
  text.setAttribute("aria-pressed", "false")
  element.append(text)
  const buttons = [...made, text]
  for (const [number, one] of buttons.entries()) one.tabIndex = number ? -1 : 0
  element.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step || event.altKey) return
    event.preventDefault()
    const shown = buttons.filter((one) => !one.hidden && !one.disabled)
    const next = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length]
    for (const one of buttons) one.tabIndex = one === next ? 0 : -1
    next.focus()
  })
  const undo = made.find((one) => one.dataset.act === "undo")
  return {
    element,
    show(canUndo) {
      undo.disabled = !canUndo
    },
  }
}
