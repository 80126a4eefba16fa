/** A question's text as elements: its first paragraph, and the rest with what is code in monospace. Text only. */

import { el } from "./dom.js";

/** A signature or a call with what it returns, alone on its line. */
const CODE_LINE = /^\s*(?:(?:async\s+)?def\s+|func(?:tion)?\s+)?[A-Za-z_][\w.]*\(.*\)(?:\s*->\s*.+|\s+returns\s.*)?[:;{]?\s*$/u;
const FENCE = /^\s*```/u;

/** {head, rest}: nodes for a heading, and block elements for what comes after its first paragraph. */
export function questionParts(text) {
  const [head = { lines: [""] }, ...rest] = blocks(text.trim());
  return { head: inline(head.lines.join("\n")), rest: rest.map(element) };
}

/** Runs of lines that belong together: [{code, lines}]. An empty line or a change between prose and code ends one. */
function blocks(text) {
  const found = [];
  let fenced = false;
  let open = null;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (FENCE.test(line) && index > 0) {
      fenced = !fenced;
      open = null;
      continue;
    }
    if (!fenced && !line.trim()) {
      open = null;
      continue;
    }
    const code = index > 0 && (fenced || CODE_LINE.test(line));
    if (open?.code !== code) found.push((open = { code, lines: [] }));
    open.lines.push(line);
  }
  return found;
}

function element({ code, lines }) {
  const text = lines.join("\n");
  if (code) return el("pre", { class: "code", dir: "ltr" }, el("code", {}, text));
  return el("p", { dir: "auto" }, inline(text));
}

/** Words between backticks in monospace. */
function inline(text) {
  return text.split(/(`[^`\n]+`)/u).filter(Boolean).map((piece) => {
    const code = piece.length > 2 && piece.startsWith("`") && piece.endsWith("`");
    return code ? el("code", {}, piece.slice(1, -1)) : document.createTextNode(piece);
  });
}
