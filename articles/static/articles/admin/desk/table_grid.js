// A plain table as a grid of cells over its text area, which stays the one that is sent. Typing, the toolbar and the
// clipboard change the rows; the text follows at once, so a form without this script holds the same table.
import { note, token } from "./paste.js"
import { even, isFilled, read, size, written } from "./table_text.js"
import { tools } from "./table_tools.js"

const settings = JSON.parse(document.getElementById("desk-editors").textContent)
const words = settings.grid
const MOST_COLUMNS = 8
const MOST_ROWS = 60
const grids = new Map()

const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name])
const say = (sentence) => {
  const announcer = document.getElementById("desk-announcer")
  if (announcer) announcer.textContent = sentence
}

const moved = (list, from, to) => {
  const copy = [...list]
  copy.splice(to, 0, ...copy.splice(from, 1))
  return copy
}

class Grid {
  constructor(textarea) {
    this.textarea = textarea
    const label = document.querySelector(`label[for="${textarea.id}"]`)
    this.name = label ? label.textContent.trim().replace(/\s+/g, " ").replace(/:$/, "") : ""
    this.at = [0, 0]
    this.before = []
    this.place = document.createElement("div")
    this.place.className = "desk-grid"
    this.scroller = document.createElement("div")
    this.scroller.className = "desk-grid-scroller"
    this.remark = document.createElement("p")
    this.remark.className = "desk-grid-remark"
    this.remark.setAttribute("role", "status")
    this.tools = tools(this, words)
    this.place.append(this.tools.element, this.scroller, this.remark)
    textarea.before(this.place)
    textarea.hidden = true
    this.scroller.addEventListener("focusin", (event) => this.focused(event))
    this.scroller.addEventListener("input", (event) => this.typed(event))
    this.scroller.addEventListener("keydown", (event) => this.key(event))
    this.scroller.addEventListener("paste", (event) => this.paste(event))
    this.load()
    this.helped(words.help)
  }

  // The help under the field speaks of the text; it stands once for both languages.
  helped(sentence) {
    const help = document.getElementById(`${this.textarea.id}_helptext`)?.firstElementChild
    if (!help) return
    this.help ??= help.textContent
    help.textContent = sentence ?? this.help
  }

  get other() {
    const id = this.textarea.id.replace(/_(ru|en)$/, (_, language) => (language === "ru" ? "_en" : "_ru"))
    return document.getElementById(id)
  }

  load() {
    this.rows = read(this.textarea.value)
    if (!this.rows.length) {
      const [rows, columns] = size(read(this.other?.value || ""))
      this.rows = even(Array.from({ length: rows || 3 }, () => []), columns || 2)
    }
    this.draw()
  }

  // What is drawn

  draw(focus = false) {
    const table = document.createElement("table")
    const caption = table.createCaption()
    caption.className = "visually-hidden"
    caption.textContent = this.name
    const body = table.createTBody()
    this.fields = this.rows.map((row, number) => {
      const line = body.insertRow()
      const gutter = document.createElement("th")
      gutter.className = "desk-grid-number"
      gutter.textContent = number || ""
      gutter.setAttribute("aria-hidden", "true")
      line.append(gutter)
      line.classList.toggle("is-heading", number === 0)
      return row.map((cell, column) => {
        const field = document.createElement("textarea")
        field.rows = 1
        field.value = cell
        field.lang = this.textarea.lang
        field.dataset.row = number
        field.dataset.column = column
        const holder = document.createElement(number ? "td" : "th")
        if (!number) holder.scope = "col"
        holder.append(field)
        line.append(holder)
        return field
      })
    })
    this.scroller.replaceChildren(table)
    for (const field of this.fields.flat()) this.fit(field)
    this.named()
    this.at = [Math.min(this.at[0], this.rows.length - 1), Math.min(this.at[1], this.rows[0].length - 1)]
    this.tools.show(this.before.length > 0)
    this.remarks()
    if (focus) this.focus()
  }

  named() {
    for (const field of this.fields.flat()) {
      const row = Number(field.dataset.row)
      const column = Number(field.dataset.column)
      const heading = this.rows[0][column]
      const sentence = row === 0 ? words.heading : heading ? words.cellUnder : words.cell
      field.setAttribute("aria-label", `${this.name}: ${filled(sentence, { row, column: column + 1, heading })}`)
    }
  }

  fit(field) {
    if (CSS.supports("field-sizing", "content")) return
    field.style.height = "auto"
    field.style.height = `${field.scrollHeight}px`
  }

  remarks() {
    const found = []
    if (size(this.rows)[0] && !isFilled(this.rows[0])) found.push(words.noHeading)
    if (this.rows[0].length > MOST_COLUMNS) found.push(filled(words.tooWide, { limit: MOST_COLUMNS }))
    if (this.rows.length > MOST_ROWS) found.push(filled(words.tooLong, { limit: MOST_ROWS }))
    const other = size(read(this.other?.value || ""))
    const own = size(this.rows)
    if (other[0] && own[0] && String(other) !== String(own)) {
      const [ru, en] = (this.textarea.lang === "ru" ? [own, other] : [other, own]).map((one) => one.join(" × "))
      found.push(filled(words.shape, { ru, en }))
    }
    const sentence = found.join(" ")
    if (this.remark.textContent !== sentence) this.remark.textContent = sentence
  }

  focus() {
    const field = this.fields[this.at[0]]?.[this.at[1]]
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }

  focused(event) {
    if (!event.target.dataset.row) return
    this.at = [Number(event.target.dataset.row), Number(event.target.dataset.column)]
    for (const field of this.fields.flat()) {
      field.parentElement.classList.toggle(
        "is-near",
        Number(field.dataset.row) === this.at[0] || Number(field.dataset.column) === this.at[1],
      )
    }
  }

  // What changes

  store() {
    this.textarea.value = written(this.rows)
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }))
    this.remarks()
    grids.get(this.other)?.remarks()
  }

  typed({ target }) {
    const words = target.value.replace(/\s*[\r\n]+\s*/g, " ")
    if (words !== target.value) target.value = words
    this.rows[target.dataset.row][target.dataset.column] = words.trim()
    this.fit(target)
    if (target.dataset.row === "0") this.named()
    this.store()
  }

  change(rows, at, sentence) {
    this.before.push(this.rows.map((row) => [...row]))
    this.rows = rows.length && rows[0].length ? rows : even([[], []], 2)
    this.at = at
    this.store()
    this.draw(true)
    say(sentence)
  }

  undo() {
    if (!this.before.length) return
    this.rows = this.before.pop()
    this.store()
    this.draw(true)
    say(words.undone)
  }

  addRow() {
    const at = this.at[0] + 1
    const rows = this.rows.toSpliced(at, 0, Array(this.rows[0].length).fill(""))
    this.change(rows, [at, this.at[1]], filled(words.rowAdded, { count: rows.length }))
  }

  addColumn() {
    const at = this.at[1] + 1
    const rows = this.rows.map((row) => row.toSpliced(at, 0, ""))
    this.change(rows, [this.at[0], at], filled(words.columnAdded, { count: rows[0].length }))
  }

  moveRow(step) {
    const to = this.at[0] + step
    if (to < 0 || to >= this.rows.length) return
    this.change(moved(this.rows, this.at[0], to), [to, this.at[1]], filled(words.rowMoved, { number: to + 1 }))
  }

  moveColumn(step) {
    const to = this.at[1] + step
    if (to < 0 || to >= this.rows[0].length) return
    const rows = this.rows.map((row) => moved(row, this.at[1], to))
    this.change(rows, [this.at[0], to], filled(words.columnMoved, { number: to + 1 }))
  }

  deleteRow() {
    const rows = this.rows.toSpliced(this.at[0], 1)
    this.change(rows, [Math.max(this.at[0] - 1, 0), this.at[1]], filled(words.rowDeleted, { count: rows.length }))
  }

  deleteColumn() {
    const rows = this.rows.map((row) => row.toSpliced(this.at[1], 1))
    const count = rows[0].length
    this.change(rows, [this.at[0], Math.max(this.at[1] - 1, 0)], filled(words.columnDeleted, { count }))
  }

  asText(isText) {
    this.textarea.hidden = !isText
    this.scroller.hidden = isText
    this.remark.hidden = isText
    this.helped(isText ? undefined : words.help)
    if (!isText) this.load()
    else this.textarea.focus()
  }

  // Keys: Enter goes down and makes a row at the end, as in a spreadsheet; Tab leaves as everywhere.

  key(event) {
    const { target, key } = event
    const [row, column] = this.at
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[key]
    if (event.altKey && step) {
      event.preventDefault()
      event.stopPropagation()
      if (key === "ArrowUp" || key === "ArrowDown") this.moveRow(step)
      else this.moveColumn(step)
    } else if (key === "Enter") {
      event.preventDefault()
      if (row + 1 === this.rows.length) this.addRow()
      else this.go(row + 1, column)
    } else if (key === "ArrowDown" && target.selectionEnd === target.value.length) {
      if (this.go(row + 1, column)) event.preventDefault()
    } else if (key === "ArrowUp" && target.selectionStart === 0) {
      if (this.go(row - 1, column, 0)) event.preventDefault()
    }
  }

  go(row, column, caret) {
    const field = this.fields[row]?.[column]
    field?.focus()
    const place = caret ?? field?.value.length
    field?.setSelectionRange(place, place)
    return Boolean(field)
  }

  // What is pasted: a table goes through the server's reader; anything else is words of this cell.

  paste(event) {
    const html = event.clipboardData.getData("text/html")
    const text = event.clipboardData.getData("text/plain")
    if (!/<table/i.test(html) && !text.includes("\t")) return
    event.preventDefault()
    const [row, column] = this.at
    const body = new FormData()
    for (const [name, value] of Object.entries({ html, text, csrfmiddlewaretoken: token() })) body.append(name, value)
    const offline = () => ({ rows: read(text), problems: [words.pastedOffline] })
    fetch(settings.pasteTable, { method: "POST", body })
      .then((answer) => (answer.ok ? answer.json() : offline()), offline)
      .then(({ rows, problems }) => {
        if (rows.length) this.fill(rows, row, column)
        note(this.place, { pasted: words.look, dismiss: words.dismiss }, problems)
      })
  }

  fill(pasted, row, column) {
    if (pasted.length === 1 && pasted[0].length === 1) {
      const field = this.fields[row][column]
      field.setRangeText(pasted[0][0], field.selectionStart, field.selectionEnd, "end")
      field.dispatchEvent(new Event("input", { bubbles: true }))
      return
    }
    const isEmpty = !size(this.rows)[0]
    const start = isEmpty ? [0, 0] : [row, column]
    const rows = isEmpty ? [] : this.rows.map((one) => [...one])
    for (const [number, line] of pasted.entries()) {
      while (rows.length <= start[0] + number) rows.push([])
      for (const [place, cell] of line.entries()) rows[start[0] + number][start[1] + place] = cell
    }
    const holes = even(rows.map((one) => Array.from(one, (cell) => cell ?? "")))
    this.change(holes, start, filled(words.filled, { rows: pasted.length, columns: pasted[0].length }))
  }
}

const isBlank = (textarea) => textarea.id.includes("__prefix__")
const isClosed = (textarea) => textarea.closest("[hidden]:not(textarea)") !== null

function mount(textarea) {
  if (!grids.has(textarea)) grids.set(textarea, new Grid(textarea))
  return grids.get(textarea)
}

function mountIn(root) {
  for (const textarea of root.querySelectorAll("textarea[data-table-grid]")) {
    if (!isBlank(textarea) && !isClosed(textarea)) mount(textarea)
  }
}

document.addEventListener("desk:opened", (event) => mountIn(event.target))
document.addEventListener("desk:filled", (event) => grids.get(event.target)?.load())
document.addEventListener("desk:focus", (event) => {
  if (event.target.matches("textarea[data-table-grid]")) mount(event.target).focus()
})
mountIn(document)
