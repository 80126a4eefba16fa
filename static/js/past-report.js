/** A finished interview as the hiring team reads it. */

import { el } from "./dom.js";
import { facts, head } from "./past-facts.js";
import { complete } from "./past-record.js";
import { delivery } from "./past-delivery.js";
import { completion, finding, prose, scores, unsent } from "./report.js";
import { overview } from "./report-charts.js";
import { pdfDownload } from "./report-pdf.js";
import { questionReport } from "./report-question.js";
import { usageLine } from "./report-scoring.js";
import { VERDICTS } from "./words.js";

/** stored: a line of interviews.json; onDelete is called by the button. */
export function renderRecord(stored, onDelete) {
  const record = complete(stored);
  const answers = record.questions_and_answers;
  const verdict = Object.hasOwn(VERDICTS, record.hire_recommendation ?? "") ? VERDICTS[record.hire_recommendation] : null;
  return el(
    "article",
    { class: "sheet" },
    head(record, verdict ? `${verdict.text} A person makes the decision.` : "There is no suggestion in this record.", onDelete, ...pdf(stored)),
    completion(record),
    record.overall_score === null || record.average_score === null ? null : scores(record),
    record.summary && el("p", { class: "summary", dir: "auto" }, prose(record.summary, record.candidate_name)),
    el(
      "div",
      { class: "findings" },
      finding("Strengths", "check", record.strengths, "Nothing stood out in these answers."),
      finding("What to improve", "arrow", record.weaknesses, "No gap stood out in these answers."),
      finding("Study next", "plus", record.recommendations, "Nothing in particular."),
    ),
    overview(record, () => "The record holds no score."),
    el("h2", { class: "part" }, "Question by question"),
    answers.length ? questions(stored.session_id, answers) : el("p", { class: "muted" }, "This record holds no questions and answers."),
    unsent(record),
    facts(record),
    usageLine(record.usage),
  );
}

/**
 * The PDF comes by the candidate's call. That is closed to the team where a user has signed in for the interview, and
 * knows no record that a script saved with less in it.
 */
function pdf(stored) {
  const whole = ["completion_method", "individual_scores", "score_interval", "started_at", "ended_at"].every((name) => name in stored);
  return whole && !stored.user_id ? pdfDownload(String(stored.session_id), "primary") : [];
}

/** answers: completed ones of this interview; noteFor(item) gives an element that stands above an answer, or null. */
export function questions(sessionId, answers, noteFor = textNote) {
  const evaluators = new Set(answers.map((item) => item.evaluator).filter(Boolean));
  return answers.map((item) => questionReport(item, evaluators.size > 1, { answerTitle: "Answer", note: noteFor(item), below: delivery(item, sessionId) }));
}

/** Feedback that was stored as text, by a script or an older system. */
function textNote(item) {
  return item.feedback_text ? el("p", { class: "past-text", dir: "auto" }, item.feedback_text) : null;
}
