// Choosing a source by typing, with its place, or making a new one in a window of its own: the text stays as it is.
import { nameOf, remember } from "./citation.js"
import { ask, field, picker } from "./dialog.js"

const NEW = "desk-new-source"

export function editCitation(editor, settings) {
  const { words } = settings
  const current = editor.isActive("citation") ? editor.getAttributes("citation") : { source: "", locator: "" }
  const source = picker({
    label: words.sourceField,
    url: settings.sources,
    words,
    chosen: current.source ? { id: current.source, name: nameOf(settings, current.source) } : null,
  })
  const locator = field(words.locator, words.locatorHelp, current.locator)
  ask({
    title: words.citationLong,
    submit: current.source ? words.change : words.insert,
    words,
    parts: [source.element, newSource(settings, source), locator.element],
    onRemove: current.source ? () => editor.chain().focus().deleteSelection().run() : null,
    onSubmit: () => {
      if (!source.value) return words.choose
      remember(source.value.id, source.value.name)
      const attrs = { source: source.value.id, locator: locator.input.value.trim() }
      editor.chain().focus().insertContent({ type: "citation", attrs }).run()
      return ""
    },
    onCancel: () => editor.commands.focus(),
  })
  return true
}

// Django's popup answers into the input that the link's id names.
function newSource(settings, source) {
  const box = document.createElement("p")
  const answer = document.createElement("input")
  answer.type = "hidden"
  answer.id = NEW
  const link = document.createElement("a")
  link.id = `add_${NEW}`
  link.href = `${settings.newSource}?_popup=1&_to_field=id`
  link.textContent = settings.words.newSource
  link.title = settings.words.newSourceHelp
  link.addEventListener("click", (event) => {
    event.preventDefault()
    window.showRelatedObjectPopup(link)
  })
  window.django.jQuery(answer).on("change", async () => {
    const url = new URL(settings.sources, window.location.href)
    url.searchParams.set("id", answer.value)
    const { results } = await (await fetch(url)).json()
    if (results[0]) source.choose(results[0])
  })
  box.append(link, answer)
  return box
}
