/** The hints of the current question. Each costs half a point; one that was given is given again for nothing. */

import { post } from "./api.js";
import { byId, el } from "./dom.js";
import { explain, plural, scoreText } from "./words.js";

const place = byId("hints");
const list = byId("hint-list");
const button = byId("hint");
let sessionId = null;
let questionNumber = null;
let asking = false;

button.addEventListener("click", askForHint);

/** Shows what the server says has been given, and whether there is more. */
export function showHints(state) {
  sessionId = state.session_id;
  questionNumber = state.question_number;
  const given = state.hints ?? [];
  place.hidden = given.length + (state.hints_left ?? 0) === 0;
  if (given.length !== list.children.length || given.some((hint, i) => list.children[i].textContent !== hint)) {
    list.replaceChildren(...given.map((hint) => el("li", { dir: "auto" }, hint)));
  }
  showLeft(state.hints_left ?? 0, state.highest_score);
  showFault("");
}

export function hideHints() {
  place.hidden = true;
}

async function askForHint() {
  if (asking) return;
  asking = true;
  button.setAttribute("aria-disabled", "true");
  showFault("");
  const number = list.children.length + 1;
  const of = sessionId;
  const question = questionNumber;
  try {
    const reply = await post("request-hint", { session_id: of, question_number: question, hint_number: number });
    if (of !== sessionId || question !== questionNumber || list.children.length + 1 !== number) return; // the page has moved on
    list.append(el("li", { dir: "auto" }, reply.hint));
    showLeft(reply.hints_left, reply.highest_score);
  } catch (error) {
    showFault(explain(error));
  } finally {
    asking = false;
    button.removeAttribute("aria-disabled");
  }
}

function showLeft(left, highest) {
  if (left === 0 && document.activeElement === button) focusLastHint(); // the button goes away: not the focus with it
  button.hidden = left === 0;
  button.textContent = `Get a hint (${plural(left, "hint")} left)`;
  const price = left === 0 ? "" : "Each lowers the highest score of this question by half a point.";
  const paid = list.children.length && Number.isFinite(highest) ? `The highest score is now ${scoreText(highest)}.` : "";
  byId("hint-cost").textContent = [price, paid].filter(Boolean).join(" ");
}

function focusLastHint() {
  const hint = list.lastElementChild;
  hint?.setAttribute("tabindex", "-1");
  hint?.focus();
}

function showFault(message) {
  byId("hint-error").textContent = message;
  byId("hint-error").hidden = !message;
}
