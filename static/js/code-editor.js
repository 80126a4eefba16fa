/** A text area made fit for code: line numbers, Tab indents, Enter keeps the margin, Escape lets Tab leave. */

import { byId } from "./dom.js";
import { indent, newLine, outdent } from "./code-edits.js";
import { ANSWER_LIMIT, showCount, wellFormed } from "./textbox.js";

const area = byId("code");
const numbers = byId("code-numbers");
const language = byId("code-language");
let leaving = false; // after Escape the next Tab moves the focus, as it does everywhere else
let lines = 0;

area.addEventListener("keydown", pressed);
area.addEventListener("input", showLines);
area.addEventListener("scroll", alignNumbers);
area.addEventListener("blur", () => setLeaving(false));
showLines();

/** onChange(): the code or its language differs now. */
export function startEditor(onChange) {
  area.addEventListener("input", onChange);
  language.addEventListener("change", onChange);
}

export function codeText() {
  return wellFormed(area.value);
}

export function codeLanguage() {
  return language.value;
}

/** Fills the editor; without a language the choice goes back to the first one. */
export function setCode(code, ofLanguage) {
  area.value = code;
  const names = [...language.options].map((option) => option.value);
  language.value = names.includes(ofLanguage) ? ofLanguage : names[ofLanguage ? names.length - 1 : 0];
  showLines();
  area.scrollTop = 0;
}

export function lockEditor(locked) {
  area.readOnly = locked;
  language.disabled = locked;
}

function pressed(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return setLeaving(true);
  if (event.key === "Tab" && !leaving) return change(event, event.shiftKey ? outdent : indent);
  if (event.key === "Enter") change(event, newLine);
  if (event.key !== "Shift" && event.key !== "Tab") setLeaving(false);
}

function setLeaving(value) {
  leaving = value;
  const words = value ? "Tab now leaves the editor." : "";
  if (byId("code-said").textContent !== words) byId("code-said").textContent = words;
}

function change(event, make) {
  if (area.readOnly) return; // Tab moves on: there is nothing to indent
  event.preventDefault();
  const edit = make(area.value, area.selectionStart, area.selectionEnd);
  if (!edit) return;
  area.setSelectionRange(edit.from, edit.to);
  // the old command is the one way to write into a text area that undo knows of
  const known = edit.text ? document.execCommand("insertText", false, edit.text) : document.execCommand("delete");
  if (!known) {
    area.setRangeText(edit.text, edit.from, edit.to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(edit.start, edit.end);
}

function showLines() {
  showCount(byId("code-count"), area.value, ANSWER_LIMIT);
  const count = area.value.split("\n").length;
  if (count !== lines) {
    lines = count;
    numbers.textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
    numbers.parentElement.style.setProperty("--digits", Math.max(2, String(count).length));
  }
  alignNumbers();
}

function alignNumbers() {
  numbers.style.setProperty("--scrolled", `${area.scrollTop}px`);
}
