/** The list of suggestions under the topics: an ARIA listbox whose active option the text field names. */

import { byId, el } from "./dom.js";
import { plural } from "./words.js";

const input = byId("topics");
const list = byId("topics-options");
let active = -1; // index of the active option, -1 for none
let shown = [];

list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the text field

/** items: [{topic, questions, coding_questions}]; take(topic) is called for the one that is clicked. */
export function showSuggestions(items, take) {
  shown = items;
  list.replaceChildren(...items.map((item, index) => option(item, index, take)));
  list.hidden = items.length === 0;
  list.scrollTop = 0;
  input.setAttribute("aria-expanded", String(items.length > 0));
  activate(-1);
}

export function hideSuggestions() {
  showSuggestions([]);
}

export function areShown() {
  return !list.hidden;
}

/** The topic of the active option, or null. */
export function activeSuggestion() {
  return shown[active]?.topic ?? null;
}

/** Moves the active option by so many, past the ends to the other one. */
export function moveActive(by) {
  if (!shown.length) return;
  if (active < 0) activate(by > 0 ? 0 : shown.length - 1);
  else activate((active + by + shown.length) % shown.length);
}

function activate(index) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = index;
  const chosen = list.children[active];
  if (!chosen) return input.removeAttribute("aria-activedescendant");
  chosen.setAttribute("aria-selected", "true");
  chosen.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", chosen.id);
}

function option({ topic, questions, coding_questions: coding }, index, take) {
  const note = [questions && plural(questions, "question"), coding && `${coding} with code`].filter(Boolean).join(", ");
  const node = el(
    "li",
    { id: `topics-option-${index}`, role: "option", "aria-selected": "false" },
    el("span", {}, topic),
    note && el("span", { class: "option-note" }, note),
  );
  node.addEventListener("click", () => take(topic));
  return node;
}
