// The text of a plain table, as the server reads and writes it: a row on each line, cells separated by bars or tabs.

const isRule = (line) => /^\|?[\s:|-]*-{3}[\s:|-]*$/.test(line)

function cells(line) {
  let bare = line.trim()
  if (isRule(bare)) return []
  if (bare.length > 1 && bare.startsWith("|") && bare.endsWith("|") && !bare.endsWith("\\|")) bare = bare.slice(1, -1)
  return bare
    .replaceAll("\t", "|")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim())
}

export const isFilled = (row) => row.some(Boolean)

export function even(rows, width = 0) {
  const widest = Math.max(width, ...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array(widest - row.length).fill("")])
}

export const read = (text) => even(text.split(/\r\n|[\n\r\u2028\u2029]/).map(cells).filter(isFilled))

function write(row) {
  const line = row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")
  // Bars at both ends would be read as edges, so edges are drawn.
  return row.length > 1 && !row[0] && !row.at(-1) ? `| ${line.trim()} |` : line.trimEnd()
}

export const written = (rows) => rows.filter(isFilled).map(write).join("\n")

// Rows and columns that hold a word.
export function size(rows) {
  const filled = rows.filter(isFilled)
  const columns = Math.max(0, ...filled.map((row) => row.findLastIndex(Boolean) + 1))
  return [filled.length, columns]
}
