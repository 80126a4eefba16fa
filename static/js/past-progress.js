/** An interview without a report, as far as it is known: going on, waiting for scores, or ended without an answer. */

import { el } from "./dom.js";
import { facts, head } from "./past-facts.js";
import { complete } from "./past-record.js";
import { questions } from "./past-report.js";
import { unsent } from "./report.js";
import { plural, scoreText, sentence } from "./words.js";

/** known: what data/interview/ID/progress says; onDelete and onReload are called by buttons. */
export function renderProgress(known, onDelete, onReload) {
  const record = complete(known);
  const answers = record.questions_and_answers;
  const again = el("button", { type: "button", class: "primary", onclick: onReload }, "Look again");
  return el(
    "article",
    { class: "sheet" },
    head(record, said(record), onDelete, again),
    average(record),
    answers.length ? el("h2", { class: "part" }, "Answers so far") : null,
    questions(answers, pendingNote),
    open(record),
    unsent(record),
    facts(record),
  );
}

function said({ status, completed_questions: done, total_questions: total }) {
  const count = `${done} of ${plural(total, "question")} answered`;
  if (status === "abandoned") return "It was ended without an answer, so there is no report.";
  if (status === "awaiting_evaluation") return `It is over, with ${count}. The report follows when each answer has its score.`;
  return `It is in progress, with ${count}.`;
}

function average({ average_score: score, questions_and_answers: answers }) {
  const scored = answers.filter((item) => item.score !== null).length;
  if (score === null) return null;
  return el("p", { class: "past-average" }, `Average so far: ${scoreText(score)} of 10, from ${plural(scored, "scored answer")}.`);
}

function pendingNote({ evaluation, reason }) {
  if (evaluation !== "pending") return null;
  const words = reason ? `This answer has no score yet; the last try brought none: ${sentence(reason)}` : "This answer has no score yet; it waits for its evaluation.";
  return el("p", { class: "past-pending", dir: "auto" }, words);
}

function open({ unanswered_question: question }) {
  if (!question) return null;
  return el(
    "section",
    { class: "qa" },
    el("p", { class: "qa-meta" }, "Waits for an answer"),
    el("h3", { dir: "auto" }, question),
  );
}
