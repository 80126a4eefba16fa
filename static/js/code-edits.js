/** What the keys of a code editor do to a text, as pure functions: each returns {from, to, text, start, end}. */

const INDENT = 4;
const OPENS_BLOCK = /[:{([]\s*$/u;

/** from..to is to be replaced by text, after which start..end is selected. null: nothing to change. */
function edit(from, to, text, start, end = start) {
  return { from, to, text, start, end };
}

/** Enter: a new line as far in as this one, and further after what opens a block. */
export function newLine(value, start, end) {
  const line = value.slice(lineStart(value, start), start);
  const margin = /^[ \t]*/u.exec(line)[0];
  const text = `\n${margin}${OPENS_BLOCK.test(line) ? " ".repeat(INDENT) : ""}`;
  return edit(start, end, text, start + text.length);
}

/** Tab: spaces up to the next stop; with a selection over several lines, each of them goes further in. */
export function indent(value, start, end) {
  if (!value.slice(start, end).includes("\n")) {
    const column = start - lineStart(value, start);
    const text = " ".repeat(INDENT - (column % INDENT));
    return edit(start, end, text, start + text.length);
  }
  return eachLine(value, start, end, (line) => (line ? " ".repeat(INDENT) + line : line));
}

/** Shift and Tab: the lines of the selection go further out. */
export function outdent(value, start, end) {
  const changed = eachLine(value, start, end, (line) => line.replace(/^(?:\t| {1,4})/u, ""));
  return value.slice(changed.from, changed.to) === changed.text ? null : changed;
}

function eachLine(value, start, end, change) {
  const from = lineStart(value, start);
  const last = end > start && value[end - 1] === "\n" ? end - 1 : end; // a line that is only touched stays
  const stop = value.indexOf("\n", last);
  const to = stop < 0 ? value.length : stop;
  const lines = value.slice(from, to).split("\n");
  const changed = lines.map(change);
  const text = changed.join("\n");
  const shift = changed[0].length - lines[0].length;
  const first = Math.max(from, start + shift);
  if (start === end) return edit(from, to, text, first);
  return edit(from, to, text, start === from ? from : first, Math.max(first, end + text.length - (to - from)));
}

function lineStart(value, at) {
  return value.lastIndexOf("\n", at - 1) + 1;
}
