// One dialog for both kinds of links: an address is typed, an article of ours is found by words of its title.
import { ask, picker } from "./dialog.js"

// As addresses are spoken and copied: www.example.org/page.
const BARE = /^([\p{L}\d-]+\.)+\p{L}{2,}(\/\S*)?$/u
const ADDRESS = /^(https?:\/\/[^\s/]+|mailto:[^\s@]+@|tel:[+\d])/i

export function editLink(editor, settings) {
  const { words } = settings
  const current = editor.getAttributes("link").href || ""
  const target = picker({ label: words.linkField, help: words.linkHelp, url: settings.items, words, text: current })
  const mark = (name, attrs) => {
    const chain = editor.chain().focus()
    const around = editor.isActive("link") ? "link" : editor.isActive("itemLink") ? "itemLink" : ""
    if (around) chain.extendMarkRange(around).unsetMark(around)
    if (editor.state.selection.empty && !around) {
      const text = attrs.href || target.value.name
      chain.insertContent({ type: "text", text, marks: [{ type: name, attrs }] }).run()
    } else {
      chain.setMark(name, attrs).run()
    }
  }
  ask({
    title: words.linkTitle,
    submit: current ? words.change : words.insert,
    words,
    parts: [target.element],
    onSubmit: () => {
      const given = target.input.value.trim()
      const typed = BARE.test(given) ? `https://${given}` : given
      if (target.value) mark("itemLink", { kind: target.value.kind, item: target.value.id })
      else if (ADDRESS.test(typed)) mark("link", { href: typed })
      else return words.linkWrong
      return ""
    },
    onCancel: () => editor.commands.focus(),
  })
  return true
}

export const removeLink = (editor) =>
  editor.chain().focus().extendMarkRange("link").unsetMark("link").extendMarkRange("itemLink").unsetMark("itemLink").run()
