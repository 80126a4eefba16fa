/** The field for topics: typed or picked ones become chips. A combobox after the ARIA authoring practices. */

import { get } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { MOST_TOPICS, faultOfTopic, isChosen, matching, tidy } from "./topics-list.js";
import { activeSuggestion, areShown, hideSuggestions, moveActive, showSuggestions } from "./topics-suggestions.js";

const input = byId("topics");
const chips = byId("topics-chosen");
const said = byId("topics-said");
let chosen = [];
let known = [];
let loaded = null; // the promise of the known topics, once they were asked for
let tell = { changed: () => {}, fault: () => {} };
let locked = false;

/** changed(): topics or typed text differ now; fault(message): why a topic was not taken, "" for no fault. */
export function startTopics(handlers) {
  tell = handlers;
  input.addEventListener("keydown", pressed);
  input.addEventListener("input", typed);
  input.addEventListener("click", suggest);
  input.addEventListener("blur", hideSuggestions);
  byId("topics-box").addEventListener("click", (event) => event.target === event.currentTarget && input.focus());
  input.addEventListener("focus", () => (loaded ??= loadKnown()));
}

export function chosenTopics() {
  return [...chosen];
}

/** What stands in the field and is no chip yet. */
export function typedTopic() {
  return input.value;
}

export function restoreTopics(topics, text) {
  chosen = [];
  for (const topic of topics) if (!isChosen(topic, chosen) && !faultOfTopic(topic, chosen)) chosen.push(topic);
  input.value = text;
  draw();
}

/** Makes a chip of what was typed and not confirmed; returns why that cannot be, or "". */
export function takeTyped() {
  const text = tidy(input.value);
  return text === "" || add(text) ? "" : faultOfTopic(text, chosen);
}

export function lockTopics(value) {
  locked = value;
  input.readOnly = value;
  for (const button of chips.querySelectorAll("button")) button.disabled = value;
}

async function loadKnown() {
  try {
    known = (await get("topics")).topics;
  } catch {
    known = []; // topics can be typed without suggestions
  }
}

/** At once with what is known; the first time again when the known topics have come. */
function suggest() {
  const wanted = input.value;
  suggestNow();
  if (!known.length) loaded?.then(() => input.value === wanted && suggestNow());
}

function suggestNow() {
  if (!locked && document.activeElement === input) showSuggestions(matching(known, tidy(input.value), chosen), add);
}

function typed(event) {
  tell.fault("");
  if (event.isComposing || !input.value.includes(",")) {
    if (tidy(input.value)) suggest();
    else hideSuggestions();
    return tell.changed();
  }
  const parts = input.value.split(",");
  input.value = parts.pop().trimStart(); // what follows the last comma is still being typed
  const rest = input.value;
  const refused = parts.map(tidy).filter((topic) => topic && !add(topic));
  input.value = [...refused, rest].filter(Boolean).join(" ");
  tell.changed();
}

function pressed(event) {
  if (event.isComposing || locked) return;
  const empty = input.value === "";
  if (event.key === "Enter") {
    event.preventDefault(); // in this field it adds a topic, and never starts the interview
    const picked = areShown() ? activeSuggestion() : null;
    if (picked) add(picked);
    else takeTyped();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!areShown()) suggest();
    moveActive(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    if (areShown()) return hideSuggestions();
    if (!empty) tell.fault(""); // it was about what stood here
    input.value = "";
    tell.changed();
  } else if (event.key === "Backspace" && empty && chosen.length) {
    event.preventDefault();
    remove(chosen.at(-1));
  }
}

/** False when the topic is not taken; the field then says why. One that is chosen already is dropped. */
function add(topic) {
  hideSuggestions();
  const there = isChosen(topic, chosen);
  const fault = there ? "" : faultOfTopic(topic, chosen);
  tell.fault(fault);
  if (fault) return false;
  input.value = "";
  if (!there) chosen.push(topic);
  draw();
  say(there ? `${topic} is chosen already.` : `${topic} added.`);
  return true;
}

function remove(topic) {
  chosen = chosen.filter((other) => other !== topic);
  draw();
  say(`${topic} removed.`);
  tell.fault("");
  input.focus();
}

function say(words) {
  said.textContent = `${words} ${chosen.length} of ${MOST_TOPICS} topics.`;
  tell.changed();
}

function draw() {
  chips.replaceChildren(...chosen.map(chip));
}

function chip(topic) {
  const button = el("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${topic}` }, icon("cross"));
  button.addEventListener("click", () => remove(topic));
  return el("li", { class: "chip" }, el("bdi", {}, topic), button);
}
