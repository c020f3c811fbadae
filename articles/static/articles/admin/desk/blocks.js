// Blocks of a text, options of a table, accounts: opened and closed, moved, inserted, deleted, by mouse and by keyboard.
// The order of the list is the order of the rows; the hidden fields follow it.
"use strict"
document.addEventListener("DOMContentLoaded", () => {
  const section = document.querySelector(".desk-blocks")
  const list = section?.querySelector(".desk-block-list")
  const announcer = document.getElementById("desk-announcer")

  const blocks = () => [...list.children]
  const input = (block, name) => block.querySelector(`[name="${block.dataset.prefix}-${name}"]`)

  function say(sentence, block) {
    const all = blocks()
    announcer.textContent = sentence
      .replace("%(number)s", all.indexOf(block) + 1)
      .replace("%(total)s", all.length)
  }

  function renumber() {
    for (const [number, block] of blocks().entries()) input(block, "ordering").value = (number + 1) * 10
  }

  // Fields that scripts draw (finding by typing, cells of a grid) have no name and belong to one that has.
  const isOwn = (field) => field.name !== ""

  // A closed block says what it holds, also before it was saved.
  function name(block) {
    const words = block.querySelector(".desk-words")
    // What a row is about comes first in it: the words of its first field, or what its first picker chose.
    const first = block.querySelector(".desk-block-body :is(textarea, input[type=text], select)")
    const picked = first?.matches("select.admin-autocomplete") ? first.selectedOptions[0] : null
    const fields = [...block.querySelectorAll(".desk-block-body :is(textarea, input[type=text])")].filter(isOwn)
    const typed = fields.map((field) => {
      const editor = field.parentElement.querySelector(".ProseMirror")
      return (editor && field.matches("textarea") ? editor.innerText : field.value).replace(/\s+/g, " ").trim()
    })
    const questions = [...block.querySelectorAll(".desk-block-body select[multiple] option:checked")]
    // Unless the form says which field names the row.
    const naming = block.querySelector(".desk-block-body [data-names-row]")?.value.trim()
    const text = naming || picked?.textContent || typed.find(Boolean) || questions.map((one) => one.textContent).join(" · ")
    if (text) words.textContent = text.length > 80 ? `${text.slice(0, 79)}…` : text
  }

  function open(block, isOpen = true) {
    if (!isOpen && block.querySelector(".ProseMirror, select, input[type=text]")) name(block)
    block.classList.toggle("is-open", isOpen)
    block.querySelector(".desk-toggle").setAttribute("aria-expanded", String(isOpen))
    block.querySelector(".desk-block-body").hidden = !isOpen
    if (isOpen) block.dispatchEvent(new CustomEvent("desk:opened", { bubbles: true }))
  }

  function move(block, step, focused) {
    const other = step < 0 ? block.previousElementSibling : block.nextElementSibling
    if (!other) return
    if (step < 0) other.before(block)
    else other.after(block)
    renumber()
    // Moving an element in the page takes the focus from it.
    focused.focus()
    block.scrollIntoView({ block: "nearest" })
    say(section.dataset.moved, block)
    changed()
  }

  function insert(prefix, after, values = {}) {
    const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`)
    const blank = section.querySelector(`template[data-blank="${prefix}"]`)
    const holder = document.createElement("ol")
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value)
    const block = holder.firstElementChild
    total.value = Number(total.value) + 1
    if (after) after.after(block)
    else list.prepend(block)
    renumber()
    for (const [field, value] of Object.entries(values)) input(block, field).value = value
    block.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }))
    open(block)
    say(section.dataset.inserted, block)
    focusFirst(block)
    changed()
  }

  function focusField(field) {
    if (field.matches("textarea[data-rich-text], textarea[data-table-grid]")) {
      field.dispatchEvent(new CustomEvent("desk:focus", { bubbles: true }))
    } else if (field.matches(".admin-autocomplete")) window.django.jQuery(field).select2("open")
    else field.focus()
  }

  function focusFirst(block) {
    const field = block.querySelector(".desk-block-body :is(textarea, select, input:not([type=hidden]))")
    if (field) focusField(field)
  }

  function remove(block, button) {
    const field = input(block, "DELETE")
    field.checked = !field.checked
    block.classList.toggle("is-removed", field.checked)
    button.setAttribute("aria-pressed", String(field.checked))
    if (field.checked) open(block, false)
    announcer.textContent = field.checked ? section.dataset.removed : section.dataset.kept
    changed()
  }

  const changed = () => document.dispatchEvent(new CustomEvent("desk:changed"))

  // One menu for all places: 150 blocks would carry 150 of them.
  const blank = section?.querySelector("template[data-insert-menu]")
  const menu = blank?.content.firstElementChild.cloneNode(true)

  function closeMenu(focus = false) {
    const button = menu?.isConnected && menu.parentElement.querySelector(".desk-insert-button")
    if (!button) return
    button.setAttribute("aria-expanded", "false")
    menu.remove()
    if (focus) button.focus()
  }

  function openMenu(button) {
    closeMenu()
    button.setAttribute("aria-expanded", "true")
    button.after(menu)
    menu.querySelector("button").focus({ preventScroll: true })
    menu.scrollIntoView({ block: "nearest" })
  }

  // Arrows go through the kinds, Home and End to the first and the last, a letter to the next kind that begins with it.
  function onMenuKey(event) {
    const kinds = [...menu.querySelectorAll("button")]
    const at = kinds.indexOf(event.target)
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: kinds.length - 1 }
    if (event.key === "Escape") return closeMenu(true)
    let next = kinds[steps[event.key]]
    if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const ring = [...kinds.slice(at + 1), ...kinds.slice(0, at + 1)]
      next = ring.find((kind) => kind.innerText.toLowerCase().startsWith(event.key.toLowerCase()))
    }
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  function onClick(event) {
    const button = event.target.closest("button")
    if (!button) return
    const block = button.closest(".desk-block")
    if (button.matches(".desk-toggle")) open(block, button.getAttribute("aria-expanded") !== "true")
    else if (button.dataset.move) move(block, Number(button.dataset.move), button)
    else if ("remove" in button.dataset) remove(block, button)
    else if (button.dataset.insert) {
      closeMenu()
      insert(button.dataset.insert, block)
    } else if (button.matches(".desk-insert-button")) {
      if (button.getAttribute("aria-expanded") === "true") closeMenu()
      else openMenu(button)
    } else if ("openAll" in button.dataset) for (const one of blocks()) open(one)
    else if ("closeAll" in button.dataset) for (const one of blocks()) open(one, false)
  }

  function onKey(event) {
    // Enter at the end of a heading is a habit of typing, not a wish to save the article.
    if (event.key === "Enter" && event.target.matches(".desk-block-body input:not([type=checkbox])")) event.preventDefault()
    if (menu?.contains(event.target)) onMenuKey(event)
    else if (event.altKey && event.target.matches(".desk-toggle") && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault()
      move(event.target.closest(".desk-block"), event.key === "ArrowUp" ? -1 : 1, event.target)
    }
  }

  // Somebody else's script has something for a block: the next one of the kind, if that is still empty, else a new one.
  function onOffer(event) {
    const { kind, after, field, value } = event.detail
    const prefix = section.querySelector(`template[data-kind="${kind}"]`)?.dataset.blank
    if (!prefix) return
    const next = after.nextElementSibling
    const place = next?.dataset.prefix.startsWith(`${prefix}-`) && input(next, field)
    if (place && !place.value) {
      open(next)
      place.value = value
      place.dispatchEvent(new CustomEvent("desk:filled", { bubbles: true }))
      changed()
    } else insert(prefix, after, { [field]: value })
  }

  // The head of a block is its handle.
  let dragged = null
  function drag() {
    list.addEventListener("pointerdown", (event) => {
      const head = event.target.closest(".desk-block-head")
      for (const block of blocks()) block.draggable = false
      if (head && !event.target.closest(".desk-block-tools")) head.closest(".desk-block").draggable = true
    })
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest?.(".desk-block")
      if (!dragged || event.target !== dragged) dragged = null
      else event.dataTransfer.effectAllowed = "move"
      dragged?.classList.add("is-dragged")
    })
    list.addEventListener("dragover", (event) => {
      const over = dragged && event.target.closest(".desk-block")
      if (!dragged) return
      event.preventDefault()
      if (!over || over === dragged) return
      const { top, height } = over.getBoundingClientRect()
      if (event.clientY < top + height / 2) over.before(dragged)
      else over.after(dragged)
    })
    list.addEventListener("drop", (event) => dragged && event.preventDefault())
    list.addEventListener("dragend", () => {
      if (!dragged) return
      dragged.classList.remove("is-dragged")
      renumber()
      say(section.dataset.moved, dragged)
      dragged = null
      changed()
    })
  }

  // ?focus=textblock:<id>:text_ru, from a list of problems.
  function followLink() {
    const [model, id, column] = (new URLSearchParams(window.location.search).get("focus") || "").split(":")
    if (!model) return
    const block = id && blocks().find((one) => one.dataset.id === id)
    if (block) open(block)
    const named = (name) => (block ? input(block, name) : document.getElementById(`id_${name}`))
    // What concerns both languages leads to the first.
    const field = column && (named(column) || named(`${column}_ru`))
    const target = field || block?.querySelector(".desk-toggle")
    if (target) goTo(target)
  }

  function goTo(target) {
    const block = target.closest(".desk-block")
    if (block && !target.matches(".desk-toggle")) open(block)
    const closed = target.closest("details:not([open])")
    if (closed) closed.open = true
    target.closest(".form-row, .desk-block")?.scrollIntoView({ block: "center" })
    focusField(target)
  }

  // What the server has to say must be seen: its answer stays in sight until typing goes on, a refusal is gone to.
  function returnTo(place) {
    if (document.querySelector("[data-reopened]")) return
    const fault = document.querySelector("#content-main .form-row .errorlist, #content-main .errorlist")
    if (fault) return fault.scrollIntoView({ block: "center" })
    const answer = document.querySelector(".messagelist")
    const form = section.closest("form")
    answer?.classList.add("is-pinned")
    for (const event of ["input", "change"]) {
      form.addEventListener(event, () => answer?.classList.remove("is-pinned"), { once: true })
    }
    window.scrollTo(0, place)
  }

  // A save comes back to the same open blocks and the same place; the browser carries the fragment over the redirect.
  function comeBack() {
    const form = section.closest("form")
    form.addEventListener("submit", () => {
      const kept = blocks().filter((block) => !block.classList.contains("is-removed"))
      const opened = kept.flatMap((block, number) => (block.classList.contains("is-open") ? [number] : []))
      const { pathname, search, hash } = window.location
      if (hash && !hash.startsWith("#open=")) return
      form.action = `${pathname}${search}#open=${opened.join(".")}&y=${Math.round(window.scrollY)}`
    })
    const state = new URLSearchParams(window.location.hash.slice(1))
    if (!state.has("open")) return
    const all = blocks()
    for (const number of state.get("open").split(".")) if (number && all[number]) open(all[number])
    setTimeout(() => returnTo(Number(state.get("y"))), 100)
  }

  if (section) {
    comeBack()
    section.addEventListener("click", onClick)
    section.addEventListener("keydown", onKey)
    // A new block stays open, and is found among others by what it says.
    section.addEventListener("focusout", (event) => {
      const block = event.target.closest(".desk-block-body") && event.target.closest(".desk-block")
      if (block) name(block)
    })
    section.addEventListener("desk:insert", (event) => insert(event.detail, event.target.closest(".desk-block")))
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".desk-insert")) closeMenu()
    })
    document.addEventListener("desk:offer", onOffer)
    // From the list of what is missing, to fields in closed blocks too.
    document.addEventListener("desk:go", (event) => goTo(event.target))
    // A new quote is most likely in the article's own language.
    section.addEventListener(
      "click",
      (event) => {
        const link = event.target.closest(".desk-block[data-kind=quote] .add-related")
        if (!link) return
        const address = new URL(link.href)
        address.searchParams.set("original_language", document.getElementById("id_original_language").value)
        link.href = address
      },
      true,
    )
    drag()
    for (const block of blocks()) if (input(block, "DELETE")?.checked) block.classList.add("is-removed")
    // After autocomplete and editors have set themselves up.
    window.addEventListener("load", followLink)
  }
})
