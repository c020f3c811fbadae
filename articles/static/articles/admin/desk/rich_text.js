// Rich text: a text area becomes an editor when it comes into sight, so a page with 150 blocks opens at once.
// The text area stays the one that is sent; without this script it holds the same text as HTML.
import { citation } from "./citation.js"
import { links } from "./links.js"
import { vocabulary } from "./vocabulary.js"
import { toolbar } from "./toolbar.js"
import { handlePaste } from "./paste.js"

const settings = JSON.parse(document.getElementById("desk-editors").textContent)
const library = import(settings.editor)
const editors = new WeakMap()

const nameOf = (textarea) => {
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  const block = textarea.closest(".desk-block")
  const words = label ? label.textContent.trim().replace(/\s+/g, " ").replace(/:$/, "") : ""
  if (!block) return words
  const number = [...block.parentElement.children].indexOf(block) + 1
  return `${number}. ${words}`
}

async function mount(textarea) {
  if (editors.has(textarea)) return editors.get(textarea)
  const promise = library.then((tiptap) => {
    const place = document.createElement("div")
    place.className = "prose-editor desk-editor"
    textarea.before(place)
    textarea.hidden = true
    const name = nameOf(textarea)
    const editor = new tiptap.Editor({
      element: place,
      extensions: [...vocabulary(tiptap), ...links(tiptap), citation(tiptap, settings)],
      content: textarea.value,
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": name,
          lang: textarea.lang || "",
          spellcheck: "true",
        },
        handlePaste: (view, event) => handlePaste({ view, event, place, settings }),
      },
      onUpdate: ({ editor: changed }) => {
        textarea.value = changed.isEmpty ? "" : changed.getHTML()
        textarea.dispatchEvent(new Event("input", { bubbles: true }))
      },
    })
    place.prepend(toolbar(editor, settings, name))
    place.addEventListener("desk:undo", () => editor.commands.undo())
    return editor
  })
  editors.set(textarea, promise)
  return promise
}

const isTemplate = (textarea) => textarea.id.includes("__prefix__")
const isClosed = (textarea) => textarea.closest("[hidden]:not(textarea)") !== null

function mountIn(root) {
  for (const textarea of root.querySelectorAll("textarea[data-rich-text]")) {
    if (!isTemplate(textarea) && !isClosed(textarea)) mount(textarea)
  }
}

document.addEventListener("desk:opened", (event) => mountIn(event.target))

document.addEventListener("desk:changed", () => {
  for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) {
    editors.get(textarea)?.then((editor) => editor.view.dom.setAttribute("aria-label", nameOf(textarea)))
  }
})

// Somebody asks for one field: a link from a list of problems, or a new block.
document.addEventListener("desk:focus", async (event) => {
  const textarea = event.target.matches("textarea[data-rich-text]") ? event.target : null
  if (textarea) (await mount(textarea)).commands.focus()
})

mountIn(document)
