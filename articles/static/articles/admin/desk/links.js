// Links: to an address, and to an article of ours, which is kept by its id and follows when the address changes.
export function links({ Mark }) {
  const Link = Mark.create({
    name: "link",
    inclusive: false,
    excludes: "link itemLink",
    addAttributes: () => ({ href: { default: null } }),
    parseHTML: () => [{ tag: "a[href]:not([data-item])" }],
    renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  })

  const ItemLink = Mark.create({
    name: "itemLink",
    inclusive: false,
    excludes: "link itemLink",
    addAttributes: () => ({
      kind: {
        default: "article",
        parseHTML: (el) => el.getAttribute("data-kind"),
        renderHTML: ({ kind }) => ({ "data-kind": kind }),
      },
      item: {
        default: null,
        parseHTML: (el) => el.getAttribute("data-item"),
        renderHTML: ({ item }) => ({ "data-item": item }),
      },
    }),
    parseHTML: () => [{ tag: "a[data-item]" }],
    renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  })

  return [Link, ItemLink]
}
