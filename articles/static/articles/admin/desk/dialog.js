// A small dialog, and a field that finds something by typing (the combobox pattern of the ARIA Authoring Practices).
let count = 0

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

export function ask({ title, submit, words, parts, onSubmit, onCancel, onRemove }) {
  const heading = make("h2", { id: `desk-dialog-${++count}` }, title)
  const error = make("p", { class: "desk-dialog-error", role: "alert" })
  const send = make("button", { type: "submit", class: "default" }, submit)
  const cancel = make("button", { type: "button" }, words.cancel)
  const buttons = make("p", { class: "desk-dialog-buttons" }, send, cancel)
  const form = make("form", { method: "dialog", novalidate: "" }, heading, ...parts, error, buttons)
  const dialog = make("dialog", { class: "desk-dialog", "aria-labelledby": heading.id }, form)
  let done = false
  const finish = (act) => {
    done = true
    dialog.close()
    act()
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const problem = onSubmit()
    if (problem) error.textContent = problem
    else finish(() => {})
  })
  cancel.addEventListener("click", () => dialog.close())
  if (onRemove) {
    const remove = make("button", { type: "button" }, words.remove)
    remove.addEventListener("click", () => finish(onRemove))
    buttons.append(remove)
  }
  dialog.addEventListener("close", () => {
    dialog.remove()
    if (!done) onCancel()
  })
  // Outside the article's form: a form in a form is not allowed, and Enter would save the article.
  document.body.append(dialog)
  dialog.showModal()
  form.querySelector("input:not([type=hidden])")?.select()
}

export function field(label, help, value) {
  const id = `desk-field-${++count}`
  const input = make("input", { id, type: "text", autocomplete: "off", "aria-describedby": `${id}-help` })
  input.value = value || ""
  const element = make(
    "div",
    { class: "desk-field" },
    make("label", { for: id }, label),
    input,
    make("p", { class: "help", id: `${id}-help` }, help || ""),
  )
  return { element, input }
}

export function picker({ label, help, url, words, chosen = null, text = "" }) {
  const { element, input } = field(label, help, chosen ? chosen.name : text)
  const list = make("ul", { id: `${input.id}-list`, role: "listbox", "aria-label": label, class: "desk-options" })
  const status = make("p", { class: "visually-hidden", role: "status" })
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value)
  }
  input.setAttribute("aria-autocomplete", "list")
  input.after(list, status)
  const api = { element, input, value: chosen, choose }
  let options = []
  let active = -1
  let timer
  let asked = 0

  function choose(option) {
    api.value = option
    input.value = option.name
    show([])
  }

  function show(found) {
    options = found
    active = -1
    list.replaceChildren(
      ...found.map((option, number) => {
        const item = make("li", { id: `${list.id}-${number}`, role: "option", "aria-selected": "false" })
        item.append(make("strong", {}, option.name), option.detail ? make("span", {}, option.detail) : "")
        item.addEventListener("mousedown", (event) => {
          event.preventDefault()
          choose(option)
        })
        return item
      }),
    )
    input.setAttribute("aria-expanded", String(found.length > 0))
    input.removeAttribute("aria-activedescendant")
  }

  function move(step) {
    if (!options.length) return
    active = (active + step + options.length) % options.length
    for (const [number, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(number === active))
    }
    input.setAttribute("aria-activedescendant", list.children[active].id)
    list.children[active].scrollIntoView({ block: "nearest" })
  }

  async function search() {
    const number = ++asked
    const address = new URL(url, window.location.href)
    address.searchParams.set("q", input.value)
    const answer = await fetch(address).catch(() => null)
    if (number !== asked || !answer?.ok || !input.isConnected) return
    const { results } = await answer.json()
    show(results)
    // Enter takes the first that fits, as in the other fields that find by typing.
    if (results.length && input.value) move(1)
    status.textContent = results.length ? words.found.replace("%s", results.length) : words.nothing
  }

  input.addEventListener("input", () => {
    api.value = null
    clearTimeout(timer)
    timer = setTimeout(search, 150)
  })
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (!options.length) search()
      move(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && options.length && (active >= 0 || options.length === 1)) {
      event.preventDefault()
      choose(options[Math.max(active, 0)])
    } else if (event.key === "Escape" && options.length) {
      event.preventDefault()
      show([])
    }
  })
  return api
}
