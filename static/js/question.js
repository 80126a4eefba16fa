/** The question screen: what is asked, how far the interview is, the answer box. */

import { byId, el } from "./dom.js";
import { ANSWER_LIMIT, characters, growWithText, showCount, wellFormed } from "./textbox.js";
import { ADVICE, DEFAULT_ADVICE, plural } from "./words.js";

const answer = byId("answer");
const button = byId("submit");
growWithText(answer);

export function showQuestion(state) {
  byId("question").textContent = state.question;
  byId("answer-help").textContent = ADVICE[state.question_kind] ?? DEFAULT_ADVICE;
  showProgress(state.question_number, state.total_questions);
  showEarlier(state.answers);
  showFault("");
}

/** A question that has been answered, with its answer: there is no next one yet. */
export function showAnswered(state) {
  const last = state.answers.at(-1);
  byId("question").textContent = last.question;
  byId("answer-help").textContent = "";
  answer.value = last.answer;
  countAnswer();
  showProgress(last.question_number, state.total_questions);
  showEarlier(state.answers.slice(0, -1));
  showFault("");
}

function showProgress(number, total) {
  byId("progress-text").textContent = `Question ${number} of ${total}`;
  const bar = byId("progress-bar");
  bar.setAttribute("aria-valuemax", total);
  bar.setAttribute("aria-valuenow", number - 1);
  bar.setAttribute("aria-valuetext", `${number - 1} of ${total} answered`);
  const mark = (i) => (i < number ? "done" : i === number ? "now" : "");
  bar.replaceChildren(...Array.from({ length: total }, (_, i) => el("span", { class: mark(i + 1) })));
}

export function showEarlier(answers) {
  byId("earlier").hidden = answers.length === 0;
  byId("earlier-title").textContent = `Your ${answers.length === 1 ? "earlier answer" : `${answers.length} earlier answers`}, saved on the server`;
  byId("earlier-list").replaceChildren(
    ...answers.map((item) =>
      el(
        "li",
        { value: item.question_number },
        el("p", { class: "earlier-question", dir: "auto" }, item.question),
        el("p", { class: "earlier-answer", dir: "auto" }, item.answer),
        item.evaluation === "pending" && el("p", { class: "earlier-note" }, "Saved; it will be scored later."),
      ),
    ),
  );
}

export function answerText() {
  return wellFormed(answer.value);
}

export function setAnswer(text) {
  answer.value = text;
  answer.dispatchEvent(new Event("input", { bubbles: true }));
}

export function countAnswer() {
  showCount(byId("answer-count"), answer.value, ANSWER_LIMIT);
}

/** What is wrong with this text, or "". */
export function faultOf(text) {
  if (!text.trim()) return "Write an answer first. If you do not know, say so in your own words.";
  const over = characters(text) - ANSWER_LIMIT;
  return over > 0 ? `Please shorten your answer by ${plural(over, "character")}.` : "";
}

export function showFault(message) {
  const line = byId("answer-error");
  line.textContent = message;
  line.hidden = !message;
  if (message) answer.setAttribute("aria-invalid", "true");
  else answer.removeAttribute("aria-invalid");
}

/** While an answer is on its way or being read it can be read but not changed; the focus stays where it is. */
export function lock(label) {
  setLocked(true, label);
}

export function unlock() {
  setLocked(false, "Submit answer");
}

function setLocked(locked, label) {
  answer.readOnly = locked;
  button.textContent = label;
  for (const control of [button, byId("end")]) control.setAttribute("aria-disabled", String(locked));
}
