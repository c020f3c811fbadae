// How long a text is, counted as articles/content/measures.py counts: a word stands between spaces and holds a letter or
// a digit; characters are counted with one space between words.
const decoder = document.createElement("textarea")

// The words of the editor's HTML; the inside of a citation is only its label.
export function storedWords(html) {
  if (!/[<&]/.test(html)) return html
  decoder.innerHTML = html
    .replace(/<cite\b[^>]*>.*?<\/cite>/gs, "")
    .replace(/<(?:\/?(?:p|h[1-6]|[uo]l|li)\b[^>]*|br[ /]*)>/g, "\n")
    .replace(/<[^>]*>/g, "")
  return decoder.value
}

// What a field says, without the bars between the cells of a table.
export function plain(field) {
  if (field.matches("[data-rich-text]")) return storedWords(field.value)
  return /cells_(?:ru|en)$/.test(field.name) ? field.value.replace(/\\?\|/g, " ") : field.value
}

export function measure(text) {
  const pieces = text.split(/\s+/).filter(Boolean)
  return {
    words: pieces.filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length,
    characters: [...pieces.join(" ")].length,
  }
}
