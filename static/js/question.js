/** The question screen: what is asked, how far the interview is, the places for answer and code. */

import { codeLanguage, codeText, lockEditor, setCode } from "./code-editor.js";
import { byId, el } from "./dom.js";
import { questionParts } from "./question-text.js";
import { ANSWER_LIMIT, characters, growWithText, showCount, wellFormed } from "./textbox.js";
import { ADVICE, DEFAULT_ADVICE, plural } from "./words.js";
import { givenWork, isBlank, workOf } from "./work.js";

const answer = byId("answer");
const button = byId("submit");
const codePart = byId("code-part");
growWithText(answer);

export function showQuestion(state) {
  showText(state.question);
  showPlaces(state.question_kind, state.interview_type === "technical");
  byId("answer-help").textContent = ADVICE[state.question_kind] ?? DEFAULT_ADVICE;
  showProgress(state.question_number, state.total_questions);
  showEarlier(state.answers);
  clearFaults();
}

/** A question that has been answered, with its answer: there is no next one yet. */
export function showAnswered(state) {
  const last = state.answers.at(-1);
  const given = givenWork(last);
  showText(last.question);
  if (given.code) codePart.hidden = false;
  byId("answer-help").textContent = "";
  fill(given);
  showProgress(last.question_number, state.total_questions);
  showEarlier(state.answers.slice(0, -1));
  clearFaults();
}

function showText(text) {
  const { head, rest } = questionParts(text);
  byId("question").replaceChildren(...head);
  byId("question-rest").replaceChildren(...rest);
}

/** A coding question has its editor in sight; any other one of a technical interview, folded. */
function showPlaces(kind, technical) {
  const coding = kind === "coding";
  byId("question-screen").dataset.kind = kind ?? "";
  codePart.hidden = !coding && !technical;
  codePart.open = coding;
  byId("answer-label").textContent = coding ? "Your explanation" : "Your answer";
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
  byId("earlier-list").replaceChildren(...answers.map(earlierAnswer));
}

function earlierAnswer(item) {
  const { head, rest } = questionParts(item.question);
  return el(
    "li",
    { value: item.question_number },
    el("p", { class: "earlier-question", dir: "auto" }, head),
    rest.length > 0 && el("div", { class: "question-rest" }, rest),
    item.answer && el("p", { class: "earlier-answer", dir: "auto" }, item.answer),
    item.code_submission && el("pre", { class: "code", dir: "ltr" }, el("code", {}, item.code_submission)),
    item.evaluation === "pending" && el("p", { class: "earlier-note" }, "Saved; it will be scored later."),
  );
}

/** What stands in the places for answer and code. */
export function currentWork() {
  return workOf({ answer: wellFormed(answer.value), code: codePart.hidden ? "" : codeText(), language: codeLanguage() });
}

/** Shows this work; code needs its place even at a question that does not ask for any. */
export function fill(work) {
  answer.value = work.answer;
  setCode(work.code, work.language);
  if (work.code) {
    codePart.hidden = false;
    codePart.open = true;
  }
  countAnswer();
}

/** Adds this work below what stands there already. */
export function addWork(work) {
  const now = currentWork();
  const join = (before, after, gap) => [before, after].filter((part) => part.trim()).join(gap);
  fill(workOf({
    answer: join(now.answer, work.answer, "\n\n"),
    code: join(now.code, work.code, "\n\n"),
    language: now.language ?? work.language,
  }));
  answer.dispatchEvent(new Event("input", { bubbles: true }));
}

export function countAnswer() {
  showCount(byId("answer-count"), answer.value, ANSWER_LIMIT);
}

/** What is wrong with this work: {answer, code}, messages or "". codeAlone: whether code needs no words with it. */
export function faultsOf(work, codeAlone) {
  return { answer: faultOfAnswer(work, codeAlone), code: tooLong(work.code, "code") };
}

function faultOfAnswer(work, codeAlone) {
  if (isBlank(work)) return "Write an answer first. If you do not know, say so in your own words.";
  if (!work.answer.trim() && !codeAlone) return "Write a sentence about your code: it is not taken without words here.";
  return tooLong(work.answer, "answer");
}

function tooLong(text, name) {
  const over = characters(text) - ANSWER_LIMIT;
  return over > 0 ? `Please shorten your ${name} by ${plural(over, "character")}.` : "";
}

/** Shows these messages ("" for none) and moves the focus to the first; true when there is one. */
export function showFaults({ answer: answerFault, code: codeFault }) {
  showFault("answer", answerFault);
  showFault("code", codeFault);
  if (codeFault) codePart.open = true;
  if (answerFault) answer.focus();
  else if (codeFault) byId("code").focus();
  return Boolean(answerFault || codeFault);
}

export function clearFaults() {
  showFault("answer", "");
  showFault("code", "");
}

function showFault(name, message) {
  const line = byId(`${name}-error`);
  line.textContent = message;
  line.hidden = !message;
  if (message) byId(name).setAttribute("aria-invalid", "true");
  else byId(name).removeAttribute("aria-invalid");
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
  lockEditor(locked);
  button.textContent = label;
  for (const control of [button, byId("end")]) control.setAttribute("aria-disabled", String(locked));
}
