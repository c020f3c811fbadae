// A citation in the text: «Allen 2012, p. 351». It is kept as the source's id and the place in it, never as its name.
import { editCitation } from "./citing.js"

const known = new Map()

export const nameOf = (settings, id) => known.get(id) || settings.known[id] || settings.words.unknownSource

export const remember = (id, name) => known.set(id, name)

export function citation({ Node }, settings) {
  return Node.create({
    name: "citation",
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({
      source: {
        default: null,
        parseHTML: (el) => el.getAttribute("data-source"),
        renderHTML: ({ source }) => ({ "data-source": source }),
      },
      locator: {
        default: "",
        parseHTML: (el) => el.getAttribute("data-locator") || "",
        renderHTML: ({ locator }) => (locator ? { "data-locator": locator } : {}),
      },
    }),
    parseHTML: () => [{ tag: "cite[data-source]" }],
    renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes],
    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = document.createElement("cite")
        const show = ({ source, locator }) => {
          dom.textContent = [nameOf(settings, source), locator].filter(Boolean).join(", ")
        }
        show(node.attrs)
        dom.addEventListener("dblclick", () => {
          editor.commands.setNodeSelection(getPos())
          editCitation(editor, settings)
        })
        return {
          dom,
          update: (changed) => changed.type === node.type && (show(changed.attrs), true),
        }
      }
    },
    addKeyboardShortcuts() {
      return {
        "Mod-Alt-c": () => editCitation(this.editor, settings),
        Enter: () => this.editor.isActive("citation") && editCitation(this.editor, settings),
      }
    },
  })
}
