/** An interview without a report, as far as it is known: going on, waiting for scores, or ended without an answer. */

import { el } from "./dom.js";
import { facts, head } from "./past-facts.js";
import { complete } from "./past-record.js";
import { questions } from "./past-report.js";
import { REASONS, named } from "./past-words.js";
import { questionWords, typed, unsent } from "./report.js";
import { overview } from "./report-charts.js";
import { plural, scoreText, sentence } from "./words.js";

/** known: what data/interview/ID/progress says; onDelete and onReload are called by buttons. */
export function renderProgress(known, onDelete, onReload) {
  const record = complete(known);
  const answers = record.questions_and_answers;
  return el(
    "article",
    { class: "sheet" },
    head(record, said(record), onDelete, ...lookAgain(record, onReload)),
    average(record),
    overview(record, pendingWords),
    answers.length ? el("h2", { class: "part" }, "Answers so far") : null,
    questions(known.session_id, answers, pendingNote),
    record.status === "in_progress" ? open(record) : unsent(record),
    facts(record),
  );
}

/** Whoever wrote nothing before the end has nothing to come. */
function lookAgain({ status }, onReload) {
  if (status === "abandoned") return [];
  return [el("button", { type: "button", class: status === "in_progress" ? "primary" : "secondary", onclick: onReload }, "Look again")];
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

function pendingNote(item) {
  if (item.evaluation !== "pending") return null;
  return el("p", { class: "past-pending", dir: "auto" }, `This answer has no score yet; ${pendingWords(item)}`);
}

/** Why an answer has no score yet. */
function pendingWords({ reason }) {
  return reason ? `the last try brought none: ${sentence(named(REASONS, reason))}` : "it waits for its evaluation.";
}

/** The question that its candidate sees now, with what is typed so far. */
function open(record) {
  const draft = typed(record);
  if (!record.unanswered_question && !draft) return null;
  return el(
    "section",
    { class: "qa", "aria-labelledby": "open-title" },
    el("h3", { id: "open-title" }, draft ? "Being typed now" : "Waits for an answer"),
    questionWords(record.unanswered_question),
    draft,
  );
}
