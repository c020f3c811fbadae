// The row of buttons above an editor: one tab stop, arrow keys between buttons (the toolbar pattern of ARIA).
import { editCitation } from "./citing.js"
import { editLink, removeLink } from "./linking.js"

const TABLE = (settings) => {
  const { words } = settings
  return [
    ["bold", words.boldSign, words.bold, (editor) => editor.chain().focus().toggleBold().run()],
    ["italic", words.italicSign, words.italic, (editor) => editor.chain().focus().toggleItalic().run()],
    ["bulletList", "• —", words.bullets, (editor) => editor.chain().focus().toggleBulletList().run()],
    ["orderedList", "1. —", words.numbers, (editor) => editor.chain().focus().toggleOrderedList().run()],
    ["h3", words.heading, words.heading, (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run()],
    ["h4", words.subheading, words.subheading, (editor) => editor.chain().focus().toggleHeading({ level: 4 }).run()],
    ["link", words.link, words.linkTitle, (editor) => editLink(editor, settings)],
    ["unlink", words.unlink, words.unlink, (editor) => removeLink(editor)],
    ["citation", words.citation, `${words.citationLong} (Ctrl+Alt+C)`, (editor) => editCitation(editor, settings)],
    ["undo", "↶", words.undo, (editor) => editor.chain().focus().undo().run()],
    ["redo", "↷", words.redo, (editor) => editor.chain().focus().redo().run()],
  ]
}

const isActive = (editor, name) => {
  if (name === "h3" || name === "h4") return editor.isActive("heading", { level: Number(name[1]) })
  if (name === "link") return editor.isActive("link") || editor.isActive("itemLink")
  return editor.isActive(name)
}

export function toolbar(editor, settings, name) {
  const bar = document.createElement("div")
  bar.className = "desk-toolbar"
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", `${settings.words.toolbar}: ${name}`)
  const buttons = TABLE(settings).map(([key, sign, title, act], number) => {
    const button = document.createElement("button")
    button.type = "button"
    button.dataset.act = key
    button.textContent = sign
    button.title = title
    button.setAttribute("aria-label", title)
    button.tabIndex = number ? -1 : 0
    button.addEventListener("click", () => act(editor))
    bar.append(button)
    return button
  })
  // The caret stays in the text, so the letter that is typed right after a press is not lost.
  bar.addEventListener("mousedown", (event) => event.preventDefault())
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const shown = buttons.filter((button) => !button.hidden)
    const next = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length]
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  })
  const show = () => {
    for (const button of buttons) {
      const { act } = button.dataset
      if (act === "unlink") button.hidden = !isActive(editor, "link")
      else if (act === "undo" || act === "redo") button.disabled = !editor.can()[act]()
      else button.setAttribute("aria-pressed", String(isActive(editor, act)))
    }
  }
  editor.on("transaction", show)
  show()
  return bar
}
