// What a text may hold: exactly the vocabulary of the server's parser. A node that is missing here would be dropped
// from a text as soon as somebody opened it.
export function vocabulary(tiptap) {
  const { Bold, BulletList, Document, HardBreak, Heading, Italic, ListItem, Mark, OrderedList, Paragraph, Text } = tiptap
  const { Dropcursor, Gapcursor, UndoRedo } = tiptap

  const Foreign = Mark.create({
    name: "foreign",
    priority: 1100,
    addAttributes: () => ({
      lang: { default: null, parseHTML: (el) => el.getAttribute("lang"), renderHTML: ({ lang }) => ({ lang }) },
    }),
    parseHTML: () => [{ tag: "i[lang]" }, { tag: "span[lang]" }],
    renderHTML: ({ HTMLAttributes }) => ["i", HTMLAttributes, 0],
  })

  const Term = Mark.create({
    name: "term",
    inclusive: false,
    addAttributes: () => ({
      term: {
        default: null,
        parseHTML: (el) => el.getAttribute("data-term"),
        renderHTML: ({ term }) => ({ "data-term": term }),
      },
    }),
    parseHTML: () => [{ tag: "span[data-term]" }],
    renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  })

  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Bold,
    Italic.extend({ parseHTML: () => [{ tag: "em" }, { tag: "i:not([lang])" }] }),
    Heading.configure({ levels: [3, 4] }),
    BulletList,
    OrderedList,
    ListItem,
    Foreign,
    Term,
    UndoRedo,
    Dropcursor,
    Gapcursor,
  ]
}
